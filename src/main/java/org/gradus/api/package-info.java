/**
 * Gradus as a library, see docs/library.md: {@link org.gradus.api.Experiment} from a configuration to a result in one call,
 * {@link org.gradus.api.Session} with its parts in hand. Nothing here prints, catches signals or keeps anything for the next run.
 */
package org.gradus.api;
