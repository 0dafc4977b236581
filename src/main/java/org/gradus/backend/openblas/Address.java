package org.gradus.backend.openblas;

import org.bytedeco.javacpp.Pointer;

/** A pointer to memory that it does not own, and that can be turned to other memory without a new object. */
final class Address extends Pointer {

    Address() {
        super((Pointer) null);
    }

    Address at(long bytes) {
        address = bytes;
        return this;
    }

    /** Makes the next {@code bytes} zero. */
    void clear(long bytes) {
        Pointer.memset(this, 0, bytes);
    }
}
