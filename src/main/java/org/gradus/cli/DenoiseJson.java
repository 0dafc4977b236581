package org.gradus.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.gradus.denoise.DeepDescent;
import org.gradus.denoise.Denoised;
import org.gradus.denoise.Denoised.Estimate;
import org.gradus.denoise.Plateau;
import org.gradus.denoise.Quality;

/** A denoising as one JSON object; see docs/formats.md. */
final class DenoiseJson {
    private DenoiseJson() {}

    static Map<String, Object> of(DenoiseResult result, Path output) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("input", result.input().file().toString());
        object.put("output", output.toString());
        object.put("kind", result.input().picture() ? "picture" : "matrix");
        object.put("rows", result.input().channels().get(0).rows());
        object.put("columns", result.input().channels().get(0).cols());
        object.put(
                "added_noise",
                result.input()
                        .added()
                        .map(noise -> Map.of("standard_deviation", noise.standardDeviation(), "seed", noise.seed()))
                        .orElse(null));
        object.put("rule", result.rule().name());
        object.put("depth", result.terms().depth());
        object.put("solver", result.denseDifference().isPresent() ? "dense" : "modes");
        object.put("dense_difference", nullable(result.denseDifference()));
        List<Map<String, Object>> channels = new ArrayList<>();
        for (int i = 0; i < result.channels().size(); i++) {
            channels.add(channel(result.input().name(i), result.channels().get(i)));
        }
        object.put("channels", channels);
        object.put(
                "estimates",
                result.compared().stream().map(DenoiseJson::estimate).toList());
        return object;
    }

    private static Map<String, Object> channel(String name, Denoised channel) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", name);
        object.put("step", channel.stop().step());
        object.put("rank", channel.stop().rank());
        object.put("effective_rank", channel.effectiveRank(Estimate.DESCENT));
        object.put("noise_level", nullable(channel.stop().noiseLevel()));
        object.put("plateau_first", channel.stop().plateau().map(Plateau::first).orElse(null));
        object.put(
                "plateau_last",
                channel.stop()
                        .plateau()
                        .filter(plateau -> !plateau.forEver())
                        .map(Plateau::last)
                        .orElse(null));
        object.put("scale", channel.descent().map(DeepDescent::scale).orElse(null));
        object.put("step_size", channel.descent().map(DeepDescent::stepSize).orElse(null));
        object.put(
                "monotone_limit",
                channel.descent().map(DeepDescent::monotoneLimit).orElse(null));
        object.put("soft_threshold", channel.softThreshold());
        object.put("reason", channel.stop().reason());
        return object;
    }

    private static Map<String, Object> estimate(DenoiseResult.Row row) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put(
                "name",
                switch (row.kind()) {
                    case NOISY -> "noisy";
                    case DESCENT -> "descent";
                    case TRUNCATED -> "truncated_svd";
                    case SOFTENED -> "soft_svd";
                });
        object.put("ranks", row.ranks());
        object.put("effective_ranks", row.effectiveRanks());
        object.put("residual", row.residual());
        object.put("psnr", row.quality().map(Quality::psnr).orElse(null));
        object.put("relative_error", row.quality().map(Quality::relativeError).orElse(null));
        return object;
    }

    private static Double nullable(OptionalDouble value) {
        return value.isPresent() ? (Double) value.getAsDouble() : null;
    }
}
