package org.gradus.bench;

import java.util.Locale;
import org.gradus.backend.Precision;

/** Number format and arithmetic of products. */
public enum Arithmetic {
    FLOAT64(Precision.FLOAT64),
    FLOAT32(Precision.FLOAT32),
    /** FLOAT32 whose products round their inputs to TF32; CUDA only. */
    TF32(Precision.FLOAT32);

    private final Precision precision;

    Arithmetic(Precision precision) {
        this.precision = precision;
    }

    Precision precision() {
        return precision;
    }

    /** The name that configurations use. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
