/** Named experiments: a claim, the configurations that put it to the test, and a verdict measured against it. */
package org.gradus.reproduce;
