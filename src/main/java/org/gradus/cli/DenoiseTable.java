package org.gradus.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.gradus.denoise.DeepDescent;
import org.gradus.denoise.Denoised;
import org.gradus.denoise.Denoised.Estimate;
import org.gradus.denoise.Quality;

/** A denoising for people. */
final class DenoiseTable {
    private final DenoiseResult result;

    DenoiseTable(DenoiseResult result) {
        this.result = result;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("input      " + result.input().describe());
        for (int i = 0; i < result.channels().size(); i++) {
            Denoised channel = result.channels().get(i);
            String name = result.channels().size() == 1 ? "" : result.input().name(i) + ": ";
            channel.descent().ifPresent(descent -> lines.add("descent    " + name + describe(descent)));
            lines.add("stopped    " + name + stopped(channel));
            lines.add("because    " + name + because(channel));
        }
        result.denseDifference()
                .ifPresent(difference -> lines.add(String.format(
                        Locale.ROOT, "dense      the factors' own descent differs by %.1e, relative", difference)));
        lines.add("");
        lines.add(row("estimate", "rank", "effective rank", "residual", "PSNR (dB)", "relative error"));
        result.compared().forEach(row -> lines.add(row(row)));
        lines.add("");
        lines.add("residual: ‖input − estimate‖_F/√(number of entries); soft threshold: σ_{rank+1} = "
                + joined(channel -> four(channel.softThreshold())));
        return lines;
    }

    private static String describe(DeepDescent descent) {
        return String.format(
                Locale.ROOT,
                "depth %d, scale %.4g per factor (product %.4g), step size %.4g (monotone to %.4g)",
                descent.depth(),
                descent.scale(),
                Math.pow(descent.scale(), descent.depth()),
                descent.stepSize(),
                descent.monotoneLimit());
    }

    private static String stopped(Denoised channel) {
        return String.format(
                Locale.ROOT,
                "step %,d, rank %d (values at least half recovered), effective rank %s",
                channel.stop().step(),
                channel.stop().rank(),
                two(channel.effectiveRank(Estimate.DESCENT)));
    }

    private String because(Denoised channel) {
        String level = channel.stop().noiseLevel().stream()
                .mapToObj(sigma -> ", σ = " + four(sigma))
                .findFirst()
                .orElse("");
        String plateau = channel.stop()
                .plateau()
                .map(found -> String.format(
                        Locale.ROOT,
                        ", steps %,d to %s",
                        found.first(),
                        found.forEver() ? "ever" : String.format(Locale.ROOT, "%,d", found.last())))
                .orElse("");
        return result.rule().name() + ": " + channel.stop().reason() + plateau + level;
    }

    private String joined(Function<Denoised, String> each) {
        return result.channels().stream().map(each).collect(Collectors.joining(", "));
    }

    private static String row(DenoiseResult.Row row) {
        return row(
                row.kind().title(),
                row.ranks().stream().map(String::valueOf).collect(Collectors.joining("/")),
                row.effectiveRanks().stream().map(DenoiseTable::two).collect(Collectors.joining("/")),
                four(row.residual()),
                row.quality().map(Quality::psnr).map(DenoiseTable::two).orElse("-"),
                row.quality()
                        .map(Quality::relativeError)
                        .map(DenoiseTable::four)
                        .orElse("-"));
    }

    private static String row(String name, String rank, String effective, String residual, String psnr, String error) {
        return String.format(
                Locale.ROOT, "%-20s  %11s  %17s  %10s  %9s  %14s", name, rank, effective, residual, psnr, error);
    }

    private static String two(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.2f", value) : NumberText.near(value);
    }

    private static String four(double value) {
        return Double.isFinite(value) && value != 0
                ? String.format(Locale.ROOT, "%.4g", value)
                : NumberText.near(value);
    }
}
