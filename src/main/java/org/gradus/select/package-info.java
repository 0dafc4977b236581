/** Which backend is used, and why: the one place that knows all implementations. */
package org.gradus.select;
