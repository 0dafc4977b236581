/** One HTML page of many runs, with everything that it needs inside it; see docs/formats.md. */
package org.gradus.page;
