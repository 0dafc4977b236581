package org.gradus.backend.cuda;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A native library of JCuda that asks for libraries of other names, as long as the old: CUDA 13's in place of CUDA 12's,
 * whose functions have the same prototypes. The names lie in {@code .dynstr}; {@code DT_NEEDED} (the library) and
 * {@code .gnu.version_r} (the version of its functions, which NVIDIA names like the library) point at them, the latter
 * with the name's hash.
 *
 * <p>ELF64, little endian (System V ABI, chapters 4 and 5; Linux Standard Base, symbol versioning): Dyn {tag 8, value 8};
 * Verneed {version 2, count 2, file 4, aux 4, next 4}; Vernaux {hash 4, flags 2, other 2, name 4, next 4}.
 */
final class RenamedNatives {
    private static final int SECTION = 64;
    private static final int SHT_DYNAMIC = 6;
    private static final int SHT_GNU_VERNEED = 0x6FFFFFFE;
    private static final int DT_NEEDED = 1;

    private final ByteBuffer bytes;
    /** Where .dynstr begins and ends. */
    private int names;

    private int namesEnd;
    /** Of each needed library, where its name lies. */
    private final Map<String, Integer> needed = new TreeMap<>();
    /** Where the records of the versions needed of each library lie. */
    private final Map<String, List<Integer>> versions = new TreeMap<>();

    private RenamedNatives(byte[] library) throws IOException {
        bytes = ByteBuffer.wrap(library.clone()).order(ByteOrder.LITTLE_ENDIAN);
        try {
            readNeeded(section(SHT_DYNAMIC, "dynamic section"));
            readVersions(section(SHT_GNU_VERNEED, "list of needed versions"));
        } catch (IndexOutOfBoundsException | IllegalArgumentException damaged) {
            throw new IOException("it is damaged: its tables lie outside of the file", damaged);
        }
    }

    /**
     * A copy that needs {@code renames}' values in place of its keys, and nothing else is changed.
     *
     * @throws IOException if the library does not need each key, in exactly the version of the key's name, or needs another
     *     library of NVIDIA's: the message says which
     */
    static byte[] rename(byte[] library, Map<String, String> renames) throws IOException {
        RenamedNatives natives = new RenamedNatives(library);
        for (String name : natives.needed.keySet()) {
            boolean foreign = name.startsWith("libcu") || name.startsWith("libnv");
            require(!foreign || renames.containsKey(name), "it needs " + name + " as well");
        }
        for (Map.Entry<String, String> each : renames.entrySet()) {
            natives.rename(each.getKey(), each.getValue());
        }
        return natives.bytes.array();
    }

    private void rename(String from, String to) throws IOException {
        require(from.length() == to.length(), from + " and " + to + " differ in length");
        require(needed.containsKey(from), "it does not need " + from);
        List<Integer> wanted = versions.getOrDefault(from, List.of());
        require(wanted.size() == 1, "it needs " + wanted.size() + " versions of " + from + " in place of one");
        int version = wanted.get(0);
        boolean named = name(bytes.getInt(version + 8)).equals(from) && bytes.getInt(version) == hash(from);
        require(named, "the version that it needs of " + from + " has another name");
        write(needed.get(from), to);
        write(names + bytes.getInt(version + 8), to);
        bytes.putInt(version, hash(to));
    }

    private void write(int at, String name) throws IOException {
        require(bytes.get(at - 1) == 0, name + " would change another name as well");
        byte[] letters = name.getBytes(StandardCharsets.US_ASCII);
        bytes.put(at, letters);
    }

    private int section(int type, String what) throws IOException {
        require(bytes.capacity() >= SECTION && bytes.getInt(0) == 0x464C457F, "it is no ELF file");
        int sections = Math.toIntExact(bytes.getLong(40));
        for (int i = 0; i < Short.toUnsignedInt(bytes.getShort(60)); i++) {
            int at = sections + i * SECTION;
            if (bytes.getInt(at + 4) == type) {
                int strings = sections + bytes.getInt(at + 40) * SECTION;
                names = (int) bytes.getLong(strings + 24);
                namesEnd = names + (int) bytes.getLong(strings + 32);
                return at;
            }
        }
        throw new IOException("it has no " + what);
    }

    private void readNeeded(int section) throws IOException {
        int from = (int) bytes.getLong(section + 24);
        int to = from + (int) bytes.getLong(section + 32);
        for (int at = from; at < to; at += 16) {
            if (bytes.getLong(at) == DT_NEEDED) {
                int offset = (int) bytes.getLong(at + 8);
                require(needed.put(name(offset), names + offset) == null, "it needs " + name(offset) + " twice");
            }
        }
    }

    private void readVersions(int section) throws IOException {
        int at = (int) bytes.getLong(section + 24);
        for (int libraries = bytes.getInt(section + 44); libraries > 0; libraries--) {
            List<Integer> found = versions.computeIfAbsent(name(bytes.getInt(at + 4)), file -> new ArrayList<>());
            int version = at + bytes.getInt(at + 8);
            for (int count = Short.toUnsignedInt(bytes.getShort(at + 2)); count > 0; count--) {
                found.add(version);
                version += bytes.getInt(version + 12);
            }
            at += bytes.getInt(at + 12);
        }
    }

    private String name(int offset) throws IOException {
        int at = names + offset;
        require(offset > 0 && at < namesEnd, "a name lies outside of the table of names");
        int end = at;
        while (bytes.get(end) != 0) {
            end++;
        }
        return new String(bytes.array(), at, end - at, StandardCharsets.US_ASCII);
    }

    /** h ← 16h + c, its upper four bits folded in: the ABI's hash of a name. */
    static int hash(String name) {
        int hash = 0;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash << 4) + name.charAt(i);
            int upper = hash & 0xF0000000;
            hash = (hash ^ upper >>> 24) & ~upper;
        }
        return hash;
    }

    private static void require(boolean holds, String otherwise) throws IOException {
        if (!holds) {
            throw new IOException(otherwise);
        }
    }
}
