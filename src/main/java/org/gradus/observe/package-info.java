/** What is looked at, when, and what follows from it. */
package org.gradus.observe;
