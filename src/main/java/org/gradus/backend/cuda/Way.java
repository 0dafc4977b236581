package org.gradus.backend.cuda;

import java.util.Optional;
import org.gradus.backend.BackendException;

/** A way by which CUDA's libraries come to a machine. */
interface Way {
    /**
     * The whole installation that lies on this way; empty where nothing does.
     *
     * @throws BackendException if what lies there is not whole, or not there though it was named
     */
    Optional<Toolkit> find();

    /** Whether the user named it: it is taken or refused, and no other way is gone in its place. */
    default boolean named() {
        return false;
    }
}
