package org.gradus.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gradus.backend.Backend;
import org.gradus.dynamics.MemoryPlan;
import org.gradus.experiment.Config.SolverKind;
import org.gradus.init.Balanced;

/** Runs of one group, put together so that each batch has one solver and fits the memory. */
final class Batches {
    /** Of runs whose directories are open at the same time, and of which an interrupt can leave none done. */
    static final int MOST_TOGETHER = 256;

    private Batches() {}

    /**
     * What one solver can carry out together: modes share one basis, a stop at a step known beforehand ends all runs, and a
     * subspace is that of one start.
     */
    private static List<Object> together(Plan plan, int index) {
        SolverKind kind = plan.solver().kind();
        return List.of(
                kind,
                plan.start() instanceof Balanced,
                plan.stop().step().orElse(-1),
                kind == SolverKind.SUBSPACE ? index : 0);
    }

    /**
     * The batches in the order of their first runs, as indices into {@code plans}.
     *
     * @param plans that differ in start and step size only, at most {@value #MOST_TOGETHER}
     */
    static List<List<Integer>> of(List<Plan> plans, SharedData shared, Backend backend) {
        Map<List<Object>, List<Integer>> groups = new LinkedHashMap<>();
        for (int i = 0; i < plans.size(); i++) {
            groups.computeIfAbsent(together(plans.get(i), i), key -> new ArrayList<>())
                    .add(i);
        }
        List<List<Integer>> batches = new ArrayList<>();
        for (List<Integer> group : groups.values()) {
            int from = 0;
            for (int size : sizes(plans.get(group.get(0)), group.size(), shared, backend)) {
                batches.add(List.copyOf(group.subList(from, from + size)));
                from += size;
            }
        }
        return batches;
    }

    private static List<Integer> sizes(Plan plan, int total, SharedData shared, Backend backend) {
        if (plan.solver().kind() != SolverKind.DENSE) {
            return List.of(total);
        }
        int snapshots = MemoryPlan.fitting(plan.demand(), backend, total).snapshots();
        int limit = Room.mostOnHost(plan.dimensions(), shared.source().hostNumbers(), snapshots, total);
        return MemoryPlan.slices(plan.demand(), backend, total, limit);
    }

    /** The plans of a batch with the memory that it needs. */
    static List<Plan> planned(List<Plan> batch, Backend backend) {
        Plan first = batch.get(0);
        if (first.solver().kind() != SolverKind.DENSE) {
            return batch;
        }
        MemoryPlan memory = MemoryPlan.fitting(first.demand(), backend, batch.size());
        return batch.stream().map(plan -> plan.with(memory)).toList();
    }
}
