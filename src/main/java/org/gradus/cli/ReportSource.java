package org.gradus.cli;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where a run of a report lies.
 *
 * @param name by which the report calls it
 * @param directory of the run, which need not be there
 * @param named whether the user named this very directory: then it must be readable
 * @param row of sweep.csv, by column; empty where no such table tells of it
 */
record ReportSource(String name, Path directory, boolean named, Map<String, String> row) {
    ReportSource(String name, Path directory, boolean named) {
        this(name, directory, named, Map.of());
    }

    ReportSource within(String group) {
        return new ReportSource(group + "/" + name, directory, named, row);
    }

    ReportSource named(String other) {
        return new ReportSource(other, directory, named, row);
    }
}
