/** Dense matrices and one-off decompositions in host memory: set-up work, never in the descent's loop. */
package org.gradus.linalg;
