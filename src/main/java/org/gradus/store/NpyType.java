package org.gradus.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * A numeric type of the npy format, such as {@code <f8}: byte order, kind, bytes.
 *
 * @param kind f, i, u or b: float, signed, unsigned, bool
 * @param size bytes of one element
 */
record NpyType(char kind, int size, ByteOrder order) {
    private static final int FEW = 4096;

    /** @throws IllegalArgumentException with the reason why such elements are not read */
    static NpyType parse(String descr) {
        if (!descr.matches("[<>=|][a-zA-Z]\\d{0,9}")) {
            throw new IllegalArgumentException("malformed descr " + InputFiles.quoted(descr));
        }
        char kind = descr.charAt(1);
        String digits = descr.substring(2);
        String refusal = switch (kind) {
            case 'O' -> "object arrays are pickled code and never read";
            case 'c' -> "complex numbers are not read";
            case 'V' -> "structured types are not read";
            case 'f', 'i', 'u', 'b' -> null;
            default -> "only real numbers are read";
        };
        boolean known = switch (kind + digits) {
            case "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "b1" -> true;
            default -> false;
        };
        if (refusal == null && !known) {
            refusal = "only f4, f8, i1 to i8, u1 to u8 and b1 are read";
        }
        if (refusal == null && descr.charAt(0) == '|' && !digits.equals("1")) {
            refusal = "the byte order is missing";
        }
        if (refusal != null) {
            throw new IllegalArgumentException("descr " + InputFiles.quoted(descr) + ": " + refusal);
        }
        return new NpyType(kind, Integer.parseInt(digits), order(descr.charAt(0)));
    }

    private static ByteOrder order(char mark) {
        return switch (mark) {
            case '<' -> ByteOrder.LITTLE_ENDIAN;
            case '>' -> ByteOrder.BIG_ENDIAN;
            default -> ByteOrder.nativeOrder();
        };
    }

    /**
     * Decodes elements from the beginning of a buffer in this type's order; 64-bit integers beyond 2^53 are rounded to
     * nearest even.
     */
    void decode(ByteBuffer buffer, double[] out, int count) {
        if (kind == 'f' && size == 8) {
            buffer.asDoubleBuffer().get(out, 0, count);
        } else if (kind == 'f') {
            widen(buffer.asFloatBuffer(), out, count);
        } else {
            for (int n = 0; n < count; n++) {
                out[n] = integer(buffer, n * size);
            }
        }
    }

    /** Through an array: three times the rate of asking the buffer for each element. */
    private static void widen(FloatBuffer floats, double[] out, int count) {
        float[] few = new float[Math.min(count, FEW)];
        for (int first = 0; first < count; first += few.length) {
            int taken = Math.min(few.length, count - first);
            floats.get(few, 0, taken);
            for (int n = 0; n < taken; n++) {
                out[first + n] = few[n];
            }
        }
    }

    private double integer(ByteBuffer buffer, int at) {
        return switch (kind) {
            case 'b' -> buffer.get(at) == 0 ? 0 : 1;
            case 'i' ->
                switch (size) {
                    case 1 -> buffer.get(at);
                    case 2 -> buffer.getShort(at);
                    case 4 -> buffer.getInt(at);
                    default -> buffer.getLong(at);
                };
            default ->
                switch (size) {
                    case 1 -> Byte.toUnsignedInt(buffer.get(at));
                    case 2 -> Short.toUnsignedInt(buffer.getShort(at));
                    case 4 -> Integer.toUnsignedLong(buffer.getInt(at));
                    default -> unsigned(buffer.getLong(at));
                };
        };
    }

    /** Halving keeps the lowest bit as a sticky bit, so that the rounding of (double) is that of the whole number. */
    private static double unsigned(long bits) {
        return bits >= 0 ? bits : 2.0 * ((bits >>> 1) | (bits & 1));
    }
}
