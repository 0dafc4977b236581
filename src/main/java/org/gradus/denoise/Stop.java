package org.gradus.denoise;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Where a descent was stopped, and why.
 *
 * @param step k
 * @param rank how many values are at least half recovered there
 * @param noiseLevel σ, given or estimated, where the rule has one
 * @param plateau where the rule took one
 * @param reason one clause
 */
public record Stop(long step, int rank, OptionalDouble noiseLevel, Optional<Plateau> plateau, String reason) {}
