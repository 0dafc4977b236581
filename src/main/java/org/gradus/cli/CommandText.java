package org.gradus.cli;

import java.util.List;
import java.util.stream.Collectors;

/** A command line as text that a shell reads back to the same arguments. */
final class CommandText {
    private CommandText() {}

    static String of(List<String> arguments) {
        return arguments.stream().map(CommandText::quoted).collect(Collectors.joining(" ", "gradus ", ""));
    }

    private static String quoted(String argument) {
        return argument.matches("[\\w@%+=:,./-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
