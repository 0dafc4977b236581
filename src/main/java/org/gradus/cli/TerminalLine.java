package org.gradus.cli;

import java.io.PrintStream;

/**
 * One line of a terminal that is written over in place, each time in a single write, and wiped at the end. It knows no
 * escape sequences: blanks cover what a longer line left.
 */
final class TerminalLine {
    private final PrintStream out;
    private int shown;

    TerminalLine(PrintStream out) {
        this.out = out;
    }

    /** @param line shorter than the terminal is wide */
    void show(String line) {
        write("\r" + line + " ".repeat(Math.max(0, shown - line.length())));
        shown = line.length();
    }

    void clear() {
        if (shown > 0) {
            write("\r" + " ".repeat(shown) + "\r");
            shown = 0;
        }
    }

    private void write(String text) {
        out.print(text);
        out.flush();
    }
}
