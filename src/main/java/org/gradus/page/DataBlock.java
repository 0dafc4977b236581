package org.gradus.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gradus.report.Predicted;
import org.gradus.store.JsonFile;

/** What the page's scripts draw, as JSON; docs/formats.md lists the keys. */
final class DataBlock {
    /** Of the block's layout. */
    private static final int FORMAT = 1;

    private DataBlock() {}

    /**
     * JSON for an element {@code script}: no text in it can end the element, begin a comment or a line. These characters
     * stand in strings only, where their escapes mean the same.
     */
    static String of(Report report) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("format", FORMAT);
        data.put("title", report.title());
        data.put("parameters", Differences.inConfiguration(report));
        data.put("swept", report.swept());
        data.put("runs", report.runs().stream().map(run -> run(report, run)).toList());
        return embedded(JsonFile.compact(data));
    }

    static String embedded(String json) {
        return json.replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    private static Map<String, Object> run(Report report, ReportedRun run) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("name", run.name());
        data.put("status", run.ending().status());
        data.put("good", run.ending().isGood());
        data.put("reason", run.ending().reason());
        Map<String, Object> parameters = new LinkedHashMap<>();
        for (String key : Differences.inConfiguration(report)) {
            if (run.isWhole() || run.configuration().containsKey(key)) {
                parameters.put(key, run.configuration().get(key));
            }
        }
        data.put("parameters", parameters);
        Map<String, Object> outcomes = new LinkedHashMap<>();
        run.outcomes().forEach((name, value) -> outcomes.put(name, Digits.rounded(value)));
        data.put("outcomes", outcomes);
        run.curves().ifPresent(curves -> {
            data.put("steps", whole(curves.steps()));
            Map<String, Object> columns = new LinkedHashMap<>();
            curves.columns().forEach((name, values) -> columns.put(name, Digits.rounded(values)));
            data.put("columns", columns);
        });
        data.put("target", Digits.rounded(run.target()));
        data.put(
                "crossings",
                run.predicted().crossings().stream().map(DataBlock::crossing).toList());
        data.put(
                "plateaus",
                run.predicted().plateaus().stream().map(DataBlock::band).toList());
        data.put(
                "found",
                run.found().stream()
                        .map(found -> Arrays.asList(found.first(), found.last(), Digits.rounded(found.rank())))
                        .toList());
        data.put("pictures", pictures(run.pictures()));
        return data;
    }

    private static long[] whole(double[] steps) {
        return Arrays.stream(steps).mapToLong(step -> (long) step).toArray();
    }

    /** {index, level, step, lower, upper}; bounds that are not known are null. */
    private static List<Object> crossing(Predicted.Crossing crossing) {
        return Arrays.asList(
                crossing.index(),
                Digits.rounded(crossing.level()),
                crossing.step(),
                crossing.lower(),
                crossing.upper());
    }

    /** {rank, first, last, certified first, certified last}. */
    private static List<Object> band(Predicted.Band band) {
        return Arrays.asList(band.rank(), band.first(), band.last(), band.certifiedFirst(), band.certifiedLast());
    }

    private static List<Object> pictures(List<ReportedRun.Picture> pictures) {
        List<Object> list = new ArrayList<>();
        for (ReportedRun.Picture picture : pictures) {
            Map<String, Object> data = new LinkedHashMap<>();
            data.put("step", picture.step());
            data.put("png", Base64.getEncoder().encodeToString(picture.png()));
            list.add(data);
        }
        return list;
    }
}
