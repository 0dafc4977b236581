/** What is known before a run: host mathematics that imports nothing of the rest. */
package org.gradus.theory;
