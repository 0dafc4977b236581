/** Random numbers that depend on a seed and a position only: the same bits on every backend and thread count. */
package org.gradus.random;
