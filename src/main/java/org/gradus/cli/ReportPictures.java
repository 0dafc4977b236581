package org.gradus.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gradus.page.ReportedRun.Picture;
import org.gradus.store.StoreException;
import org.gradus.store.Thumbnail;

/** The recorded products of runs as small pictures, as many as a page bears. */
final class ReportPictures {
    private static final Pattern NAME = Pattern.compile("step_([0-9]{1,18})\\.png");

    private final List<String> remarks;
    private long room = ReportLimits.PICTURE_BYTES;
    private boolean told;

    /** @param remarks to which is added what was left out */
    ReportPictures(List<String> remarks) {
        this.remarks = remarks;
    }

    /** Evenly among those recorded, the first and the last always; none where the run has none or the page is full. */
    List<Picture> of(Path run, ReportLimits limits) {
        List<Map.Entry<Long, Path>> files =
                List.copyOf(files(run.resolve("products")).entrySet());
        int count = Math.min(files.size(), limits.pictures());
        List<Picture> pictures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int at = count == 1 ? 0 : (int) ((long) i * (files.size() - 1) / (count - 1));
            try {
                byte[] png = Thumbnail.png(files.get(at).getValue(), limits.side());
                if (!take(png.length)) {
                    break;
                }
                pictures.add(new Picture(files.get(at).getKey(), png));
            } catch (StoreException e) {
                remarks.add("A picture is left out: " + Failure.of(e).line());
            }
        }
        return pictures;
    }

    private boolean take(int bytes) {
        room -= (bytes + 2L) / 3 * 4;
        if (room < 0 && !told) {
            told = true;
            remarks.add("Pictures of products beyond the first 3 MB are left out.");
        }
        return room >= 0;
    }

    private static Map<Long, Path> files(Path folder) {
        Map<Long, Path> files = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return files;
        }
        try (DirectoryStream<Path> content = Files.newDirectoryStream(folder)) {
            for (Path file : content) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    files.put(Long.parseLong(name.group(1)), file);
                }
            }
        } catch (IOException e) {
            throw new StoreException(folder + ": cannot be read: " + e.getMessage(), e);
        }
        return files;
    }
}
