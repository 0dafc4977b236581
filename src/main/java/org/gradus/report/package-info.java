/** Pictures of a run, fit for a paper. */
package org.gradus.report;
