package org.gradus.backend.openblas;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.indexer.DoubleRawIndexer;
import org.bytedeco.javacpp.indexer.FloatRawIndexer;
import org.gradus.backend.Precision;

/**
 * Single entries of native memory, for what the library has no routine for. A load or a store here is one instruction and a
 * comparison with the length; those of a pointer are native calls.
 */
interface Numbers {

    double get(long position);

    /** Rounds to the memory's precision. */
    void put(long position, double value);

    /** The first {@code length} numbers of {@code memory}. */
    static Numbers of(Pointer memory, Precision precision, long length) {
        return precision == Precision.FLOAT64
                ? new Doubles(new DoubleRawIndexer(new DoublePointer(memory).limit(length)))
                : new Floats(new FloatRawIndexer(new FloatPointer(memory).limit(length)));
    }

    /** float64. */
    record Doubles(DoubleRawIndexer memory) implements Numbers {
        @Override
        public double get(long position) {
            return memory.getRaw(position);
        }

        @Override
        public void put(long position, double value) {
            memory.putRaw(position, value);
        }
    }

    /** float32. */
    record Floats(FloatRawIndexer memory) implements Numbers {
        @Override
        public double get(long position) {
            return memory.getRaw(position);
        }

        @Override
        public void put(long position, double value) {
            memory.putRaw(position, (float) value);
        }
    }
}
