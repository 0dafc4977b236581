package org.gradus.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.gradus.denoise.DeepDescent;
import org.gradus.denoise.Denoised;
import org.gradus.denoise.Denoised.Estimate;
import org.gradus.denoise.Plateau;
import org.gradus.denoise.Quality;
import org.gradus.linalg.Matrix;
import org.gradus.observe.Ranks;
import org.gradus.report.ContactSheet;
import org.gradus.report.ContactSheet.Panel;

/**
 * The panels of a contact sheet: the noisy input, the descent at plateaus of growing ranks up to twice that of the estimate, the
 * estimate, what it is compared with, and the clean picture.
 */
final class DenoiseSheet {
    private static final int PLATEAUS = 6;

    private final DenoiseResult result;

    DenoiseSheet(DenoiseResult result) {
        this.result = result;
    }

    /** Pictures are shown from 0 to 1, matrices over the range of the clean one or else of the input. */
    void write(Path path, int width) {
        double low = 0;
        double high = 1;
        if (!result.input().picture()) {
            List<Matrix> shown = result.input().clean().orElse(result.input().channels());
            low = shown.stream()
                    .flatMapToDouble(matrix -> DoubleStream.of(matrix.data()))
                    .min()
                    .orElseThrow();
            double range = Quality.range(shown);
            high = range > 0 ? low + range : low + 1;
        }
        ContactSheet.write(path, panels(), width, low, high);
    }

    private List<Panel> panels() {
        List<Panel> panels = new ArrayList<>();
        panels.add(estimate(Estimate.NOISY));
        for (int rank : ranks()) {
            plateau(rank).ifPresent(panels::add);
        }
        panels.add(estimate(Estimate.DESCENT));
        panels.add(estimate(Estimate.TRUNCATED));
        panels.add(estimate(Estimate.SOFTENED));
        result.input().clean().ifPresent(clean -> panels.add(new Panel("clean", List.of(), clean)));
        return panels;
    }

    /** At most six ranks in geometric progression from 1 to twice the estimate's, without the estimate's own. */
    private SortedSet<Integer> ranks() {
        int chosen = result.channels().stream()
                .mapToInt(channel -> channel.stop().rank())
                .max()
                .orElseThrow();
        int largest = Math.min(
                2 * chosen,
                result.channels().stream()
                        .flatMap(channel -> channel.descent().stream())
                        .mapToInt(DeepDescent::ranks)
                        .min()
                        .orElse(0));
        SortedSet<Integer> ranks = new TreeSet<>();
        for (int i = 0; i < PLATEAUS && largest > 0; i++) {
            ranks.add((int) Math.round(Math.pow(largest, (double) i / (PLATEAUS - 1))));
        }
        ranks.remove(chosen);
        return ranks;
    }

    /** The middle of a plateau that every channel has. */
    private Optional<Panel> plateau(int rank) {
        List<Matrix> products = new ArrayList<>();
        List<Long> steps = new ArrayList<>();
        List<Double> effective = new ArrayList<>();
        for (Denoised channel : result.channels()) {
            Optional<Plateau> plateau = channel.descent().flatMap(descent -> descent.plateau(rank));
            if (channel.descent().isPresent() && plateau.isEmpty()) {
                return Optional.empty();
            }
            long step = plateau.map(Plateau::middle).orElse(0L);
            products.add(channel.at(step));
            channel.descent().ifPresent(descent -> {
                steps.add(step);
                effective.add(Ranks.effective(descent.recovered(step)));
            });
        }
        Optional<Quality> quality = result.input()
                .clean()
                .map(clean -> Quality.of(products, clean, result.input().peak()));
        return Optional.of(new Panel("rank " + rank, lines(steps, effective, quality), products));
    }

    private Panel estimate(Estimate kind) {
        DenoiseResult.Row row = result.row(kind);
        List<Matrix> matrices = kind == Estimate.DESCENT
                ? result.estimate()
                : result.channels().stream()
                        .map(channel -> channel.matrix(kind))
                        .toList();
        String rank = row.ranks().stream().distinct().map(String::valueOf).collect(Collectors.joining("/"));
        String title = switch (kind) {
            case NOISY -> "noisy input";
            case DESCENT -> "estimate: deep descent, rank " + rank;
            case TRUNCATED -> "truncated SVD, rank " + rank;
            case SOFTENED -> "soft-thresholded SVD, rank " + rank;
        };
        List<Long> steps = kind == Estimate.DESCENT
                ? result.channels().stream()
                        .map(channel -> channel.stop().step())
                        .toList()
                : List.of();
        return new Panel(title, lines(steps, row.effectiveRanks(), row.quality()), matrices);
    }

    private static List<String> lines(List<Long> steps, List<Double> effective, Optional<Quality> quality) {
        List<String> lines = new ArrayList<>();
        String rank = "effective rank " + span(effective);
        lines.add(steps.isEmpty() ? rank : "step " + span(steps) + ", " + rank);
        quality.ifPresent(q -> lines.add(String.format(Locale.ROOT, "%.2f dB", q.psnr())));
        return lines;
    }

    private static String span(List<? extends Number> numbers) {
        if (numbers.get(0) instanceof Double) {
            double low = numbers.stream().mapToDouble(Number::doubleValue).min().orElseThrow();
            double high =
                    numbers.stream().mapToDouble(Number::doubleValue).max().orElseThrow();
            String from = String.format(Locale.ROOT, "%.2f", low);
            String to = String.format(Locale.ROOT, "%.2f", high);
            return from.equals(to) ? from : from + "–" + to;
        }
        LongStream steps = numbers.stream().mapToLong(Number::longValue);
        long[] sorted = steps.sorted().toArray();
        String from = String.format(Locale.ROOT, "%,d", sorted[0]);
        String to = String.format(Locale.ROOT, "%,d", sorted[sorted.length - 1]);
        return from.equals(to) ? from : from + "–" + to;
    }
}
