package org.gradus.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gradus.backend.Backend;
import org.gradus.backend.BackendException;
import org.gradus.store.StoreException;

/**
 * Plans for some runs of one group, and how they go together.
 *
 * @param plans by the runs' numbers
 * @param failures of runs that cannot be planned
 * @param batches numbers of runs that are carried out together
 */
record SweepPlans(Map<Integer, Plan> plans, Map<Integer, RuntimeException> failures, List<List<Integer>> batches) {

    /** @param numbers of one group, at most {@link Batches#MOST_TOGETHER} */
    static SweepPlans of(Sweep sweep, List<Integer> numbers, SharedData shared, Backend backend) {
        Map<Integer, Plan> plans = new LinkedHashMap<>();
        Map<Integer, RuntimeException> failures = new LinkedHashMap<>();
        for (int number : numbers) {
            try {
                plans.put(number, Plan.of(sweep.config(number), shared, backend));
            } catch (ConfigException | StoreException | BackendException | ArithmeticException e) {
                failures.put(number, e);
            }
        }
        List<Integer> planned = List.copyOf(plans.keySet());
        List<List<Integer>> batches = new ArrayList<>();
        for (List<Integer> batch : Batches.of(List.copyOf(plans.values()), shared, backend)) {
            batches.add(batch.stream().map(planned::get).toList());
        }
        return new SweepPlans(plans, failures, batches);
    }

    /** The plans of a batch, with the memory that it needs. */
    List<Plan> of(List<Integer> batch, Backend backend) {
        return Batches.planned(batch.stream().map(plans::get).toList(), backend);
    }
}
