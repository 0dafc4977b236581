package org.gradus.store;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The ids behind the rows or columns of a matrix: a csv file {@code index,id}, UTF-8, indices from 0. */
public final class LabelsFile {
    private LabelsFile() {}

    /**
     * Quotes what has commas, quotes or line ends, as RFC 4180 does.
     *
     * @throws StoreException if the file cannot be written; what was there is then untouched
     */
    public static void write(Path path, List<String> labels) {
        AtomicFile.write(path, out -> {
            CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out, StandardCharsets.UTF_8);
            csv.writeRecord("index", "id");
            int index = 0;
            for (String label : labels) {
                csv.writeRecord(Integer.toString(index++), label);
            }
            csv.flush();
        });
    }
}
