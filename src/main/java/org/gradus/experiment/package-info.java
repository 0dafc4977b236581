/** From a configuration to a finished run directory. */
package org.gradus.experiment;
