/** Gradient descent, and the state it is in. */
package org.gradus.dynamics;
