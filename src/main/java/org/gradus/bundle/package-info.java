/** The archive that runs on a Linux machine without JDK, Maven, network or fonts. */
package org.gradus.bundle;
