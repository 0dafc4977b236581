/** What is fitted: the loss, its gradient and the error against the truth. */
package org.gradus.problem;
