package org.gradus.backend;

/** The number format of a {@link MatrixBatch}; fixed when it is allocated, never mixed within one operation. */
public enum Precision {
    FLOAT64(8),
    FLOAT32(4);

    private final int bytes;

    Precision(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes that one number takes. */
    public int bytes() {
        return bytes;
    }
}
