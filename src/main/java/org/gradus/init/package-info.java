/** Where the descent starts. */
package org.gradus.init;
