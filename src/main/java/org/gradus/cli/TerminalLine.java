package org.gradus.cli;

import java.io.PrintStream;

/**
 * One line of a terminal that is written over in place, each time in a single write, and wiped at the end. It knows no
 * escape sequences: blanks cover what a longer line left.
 */
final class TerminalLine {
    private final PrintStream out;
    private final int columns;
    private int shown;

    /** @param columns of the terminal; 0 where there is none, and nothing is written */
    TerminalLine(PrintStream out, int columns) {
        this.out = out;
        this.columns = columns;
    }

    /** Columns that a line may fill: in the last one a terminal would wrap. */
    int width() {
        return Math.max(0, columns - 1);
    }

    /** @param line at most {@link #width} long */
    void show(String line) {
        write("\r" + line + " ".repeat(Math.max(0, shown - line.length())));
        shown = line.length();
    }

    /** The whole line, since the terminal's own ^C may stand behind ours. */
    void clear() {
        if (shown > 0) {
            write("\r" + " ".repeat(width()) + "\r");
            shown = 0;
        }
    }

    private void write(String text) {
        if (width() > 0) {
            out.print(text);
            out.flush();
        }
    }
}
