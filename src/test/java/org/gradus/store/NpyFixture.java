package org.gradus.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Writes npy files of any type, order and number of axes, element by element as the format's description says. */
final class NpyFixture {
    private NpyFixture() {}

    /** @param values in C order */
    static Path write(Path path, String descr, boolean fortranOrder, int[] shape, double[] values) throws IOException {
        int size = descr.charAt(2) - '0';
        ByteOrder order = descr.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        ByteBuffer elements = ByteBuffer.allocate(values.length * size).order(order);
        for (int n = 0; n < values.length; n++) {
            double value = values[fortranOrder ? inCOrder(n, shape) : n];
            switch (descr.substring(1)) {
                case "f8" -> elements.putDouble(value);
                case "f4" -> elements.putFloat((float) value);
                case "i2" -> elements.putShort((short) value);
                case "u1" -> elements.put((byte) value);
                default -> throw new IllegalArgumentException(descr);
            }
        }
        byte[] header = header(descr, fortranOrder, shape);
        byte[] file = Arrays.copyOf(header, header.length + elements.capacity());
        System.arraycopy(elements.array(), 0, file, header.length, elements.capacity());
        return Files.write(path, file);
    }

    static byte[] header(String descr, boolean fortranOrder, int... shape) {
        String lengths = Arrays.stream(shape).mapToObj(n -> n + ",").collect(Collectors.joining(" "));
        String text = "{'descr': '" + descr + "', 'fortran_order': " + (fortranOrder ? "True" : "False")
                + ", 'shape': (" + lengths + ")}\n";
        return ByteBuffer.allocate(10 + text.length())
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0x93)
                .put("NUMPY\1\0".getBytes(StandardCharsets.US_ASCII))
                .putShort((short) text.length())
                .put(text.getBytes(StandardCharsets.US_ASCII))
                .array();
    }

    /** Of element n in Fortran order, whose first index runs fastest, the number in C order. */
    private static int inCOrder(int n, int[] shape) {
        int rest = n;
        int weight = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        int number = 0;
        for (int length : shape) {
            weight /= length;
            number += rest % length * weight;
            rest /= length;
        }
        return number;
    }
}
