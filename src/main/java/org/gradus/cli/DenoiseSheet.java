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
import org.gradus.denoise.Denoised;
import org.gradus.denoise.Denoised.Estimate;
import org.gradus.denoise.Plateau;
import org.gradus.denoise.Quality;
import org.gradus.linalg.Matrix;
import org.gradus.observe.Ranks;
import org.gradus.report.ContactSheet;
import org.gradus.report.ContactSheet.Panel;

/**
 * The panels of a contact sheet: the noisy input, the descent at successive plateaus, the estimate among them, up to twice its
 * rank, what it is compared with, and the clean picture.
 */
final class DenoiseSheet {
    /** Below the estimate's rank. */
    private static final int PLATEAUS = 4;

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
        int chosen = result.channels().stream()
                .mapToInt(channel -> channel.stop().rank())
                .max()
                .orElseThrow();
        List<Panel> panels = new ArrayList<>();
        panels.add(estimate(Estimate.NOISY));
        ranksBelow(chosen).forEach(rank -> plateau(rank).ifPresent(panels::add));
        panels.add(estimate(Estimate.DESCENT));
        plateau(2 * chosen).ifPresent(panels::add);
        panels.add(estimate(Estimate.TRUNCATED));
        panels.add(estimate(Estimate.SOFTENED));
        result.input().clean().ifPresent(clean -> panels.add(new Panel("clean", List.of(), clean)));
        return panels;
    }

    /** In geometric progression from 1. */
    private static SortedSet<Integer> ranksBelow(int chosen) {
        SortedSet<Integer> ranks = new TreeSet<>();
        for (int i = 0; i < PLATEAUS && chosen > 0; i++) {
            ranks.add((int) Math.round(Math.pow(chosen, (double) i / PLATEAUS)));
        }
        return ranks.headSet(chosen);
    }

    /** The middle of a plateau that every channel has; channels that are zero have every one, unless all are. */
    private Optional<Panel> plateau(int rank) {
        List<Matrix> products = new ArrayList<>();
        List<Long> steps = new ArrayList<>();
        List<Double> effective = new ArrayList<>();
        for (Denoised channel : result.channels()) {
            Optional<Plateau> plateau = channel.descent()
                    .filter(descent -> rank >= 1 && rank <= descent.ranks())
                    .flatMap(descent -> descent.plateau(rank));
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
        if (steps.isEmpty()) {
            return Optional.empty();
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
            case DESCENT -> "estimate, rank " + rank;
            case TRUNCATED -> "truncated SVD, rank " + rank;
            case SOFTENED -> "soft SVD, rank " + rank;
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
        if (!steps.isEmpty()) {
            lines.add("step " + span(steps));
        }
        lines.add("effective rank " + span(effective));
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
