package org.gradus.backend.cuda;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.gradus.elf.Sections;
import org.gradus.elf.Sections.Section;

/**
 * The functions that a shared library of Linux on x86-64 exports and those that it expects of others: the global symbols of
 * its {@code .dynsym}, defined and undefined. A symbol has 24 bytes: name (at 0), type and binding (4), section (6).
 */
final class Elf {
    private static final int SYMBOL = 24;
    private static final int SHT_DYNSYM = 11;
    private static final int STB_GLOBAL = 1;
    private static final int STB_WEAK = 2;

    /** Longer names are not compared; no entry point of CUDA has half as many letters. */
    private static final int LONGEST_NAME = 255;

    private Elf() {}

    /** @throws IOException if the file cannot be read or is no such library; the message says what is wrong with it */
    static Set<String> exports(Path path) throws IOException {
        return names(path, true);
    }

    /** @throws IOException as {@link #exports} */
    static Set<String> imports(Path path) throws IOException {
        return names(path, false);
    }

    private static Set<String> names(Path path, boolean defined) throws IOException {
        try (Sections sections = Sections.open(path)) {
            Section symbols =
                    sections.find(SHT_DYNSYM).orElseThrow(() -> new IOException("it has no table of dynamic symbols"));
            if (symbols.entry() != SYMBOL) {
                throw new IOException("its symbols do not have 24 bytes");
            }
            ByteBuffer names = sections.namesOf(symbols, "symbols");
            return names(sections.content(symbols, "symbols"), names, defined);
        }
    }

    private static Set<String> names(ByteBuffer symbols, ByteBuffer names, boolean defined) throws IOException {
        Set<String> found = new HashSet<>();
        for (int at = 0; at + SYMBOL <= symbols.capacity(); at += SYMBOL) {
            int binding = symbols.get(at + 4) >>> 4 & 0xF;
            boolean isDefined = symbols.getShort(at + 6) != 0;
            if (isDefined == defined && (binding == STB_GLOBAL || binding == STB_WEAK)) {
                Sections.name(names, symbols.getInt(at), LONGEST_NAME, "a symbol")
                        .ifPresent(found::add);
            }
        }
        return found;
    }
}
