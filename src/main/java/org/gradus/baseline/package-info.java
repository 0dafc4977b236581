/** Estimates to compare gradient descent with: convex programs with certificates, truncated SVD, depth-1 descent's limit. */
package org.gradus.baseline;
