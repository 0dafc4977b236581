/**
 * The boundary between algorithms and devices: batches of matrices, arenas that own them, the verbs {@link
 * org.gradus.backend.Ops} and recorded sequences of them. Imports nothing of its implementations.
 */
package org.gradus.backend;
