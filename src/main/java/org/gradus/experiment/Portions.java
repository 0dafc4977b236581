package org.gradus.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.gradus.backend.Backend;
import org.gradus.experiment.Config.BackendKind;
import org.gradus.experiment.Config.ComputeSection;
import org.gradus.init.Dimensions;
import org.gradus.linalg.OpenBlas;
import org.gradus.problem.Sensing;

/**
 * Whether a batch is carried out by all threads together, or cut into portions with a thread each, side by side with those of other
 * batches. Results do not depend on it: what is cut has the same bits with any number of threads and in any batch. Sensing is never
 * cut, since its sums over operators are formed by thread, nor is what the library's own threads decompose.
 */
final class Portions {
    /** Up to so many rows or columns one thread is faster than two. */
    private static final int SMALL = 90;

    private Portions() {}

    /** The threads that a section asks for, as many as cores where it does not. */
    static int threads(ComputeSection compute) {
        return compute.threads().orElse(Runtime.getRuntime().availableProcessors());
    }

    /** The section for one thread of the CPU. */
    static ComputeSection single(ComputeSection compute) {
        return new ComputeSection(
                BackendKind.CPU, compute.precision(), OptionalInt.of(1), compute.device(), compute.singularValues());
    }

    /**
     * The portions of a batch as lists of indices, as equal as possible; empty for one that is carried out by all threads.
     *
     * @param plans of the batch
     * @param left how many runs are still to come, those of the batch included
     */
    static Optional<List<List<Integer>>> of(List<Plan> plans, SharedData shared, Backend backend, int left) {
        Plan first = plans.get(0);
        int threads = threads(first.config().compute());
        int largest = (plans.size() + threads - 1) / threads;
        if (threads == 1
                || !backend.name().equals("cpu")
                || first.data().problem() instanceof Sensing
                || (widest(first.dimensions()) > SMALL && left < 2 * threads)
                || !isIndependentOfThreads(first)
                || !fits(plans.subList(0, largest), shared, backend, threads)) {
            return Optional.empty();
        }
        List<List<Integer>> portions = new ArrayList<>();
        int count = Math.min(threads, plans.size());
        for (int i = 0, from = 0; i < count; i++) {
            int size = plans.size() / count + (i < plans.size() % count ? 1 : 0);
            List<Integer> portion = new ArrayList<>();
            for (int end = from + size; from < end; from++) {
                portion.add(from);
            }
            portions.add(portion);
        }
        return Optional.of(portions);
    }

    private static int widest(Dimensions dimensions) {
        return dimensions.sizes().stream().mapToInt(Integer::intValue).max().orElse(1);
    }

    private static boolean isIndependentOfThreads(Plan plan) {
        int widest = plan.measures().factors()
                ? widest(plan.dimensions())
                : Math.min(plan.dimensions().rows(), plan.dimensions().cols());
        return OpenBlas.threadsForSpectrum(widest, widest, 2) == 1;
    }

    /** On every thread one, and on the heap twice as many with their data, since as many wait for their turn. */
    private static boolean fits(List<Plan> portion, SharedData shared, Backend backend, int threads) {
        Plan first = Batches.planned(portion, backend).get(0);
        int snapshots = first.memory().snapshots();
        long numbers = 2L * threads * shared.source().hostNumbers();
        int together = threads * portion.size();
        return first.memory().bytes() <= backend.availableBytes() / threads
                && Room.holdsOnHost(first.dimensions(), numbers, snapshots, together);
    }
}
