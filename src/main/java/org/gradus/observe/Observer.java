package org.gradus.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import org.gradus.dynamics.State;
import org.gradus.init.Dimensions;

/** One or more columns of the table, computed from a state. */
public interface Observer {

    /** Names of the columns, in order. */
    List<String> columns();

    /** Writes the values of {@link #columns} for one run to out[at], out[at + 1], … */
    void observe(State state, int run, double[] out, int at);

    /** L. */
    static Observer loss() {
        return single("loss", State::loss);
    }

    /** ‖P_T(W − truth)‖_F/‖P_T truth‖_F. */
    static Observer testError() {
        return single("test_error", State::testError);
    }

    /** max_j ‖W_{j+1}ᵀW_{j+1} − W_jW_jᵀ‖_F. */
    static Observer balancedness() {
        return single("balancedness", State::balancedness);
    }

    private static Observer single(String column, ToDoubleBiFunction<State, Integer> value) {
        return new Observer() {
            @Override
            public List<String> columns() {
                return List.of(column);
            }

            @Override
            public void observe(State state, int run, double[] out, int at) {
                out[at] = value.applyAsDouble(state, run);
            }
        };
    }

    /** The three ranks and three norms of the product. */
    static Observer ranks() {
        return new Observer() {
            @Override
            public List<String> columns() {
                return List.of(
                        "effective_rank",
                        "stable_rank",
                        "entropy_rank",
                        "nuclear_norm",
                        "spectral_norm",
                        "frobenius_norm");
            }

            @Override
            public void observe(State state, int run, double[] out, int at) {
                double[] values = state.singularValues(run);
                out[at] = Ranks.effective(values);
                out[at + 1] = Ranks.stable(values);
                out[at + 2] = Ranks.entropy(values);
                out[at + 3] = Ranks.nuclearNorm(values);
                out[at + 4] = Ranks.spectralNorm(values);
                out[at + 5] = Ranks.frobeniusNorm(values);
            }
        };
    }

    /** The {@code count} largest singular values of the product, sigma_1 first. */
    static Observer singularValues(int count) {
        return new Observer() {
            @Override
            public List<String> columns() {
                return numbered("sigma_", count);
            }

            @Override
            public void observe(State state, int run, double[] out, int at) {
                System.arraycopy(state.singularValues(run), 0, out, at, count);
            }
        };
    }

    /** All singular values of every factor, factor_1_sigma_1 first. */
    static Observer factorSingularValues(Dimensions dimensions) {
        return new Observer() {
            @Override
            public List<String> columns() {
                List<String> columns = new ArrayList<>();
                for (int j = 1; j <= dimensions.depth(); j++) {
                    columns.addAll(numbered("factor_" + j + "_sigma_", count(j)));
                }
                return columns;
            }

            @Override
            public void observe(State state, int run, double[] out, int at) {
                int next = at;
                for (int j = 1; j <= dimensions.depth(); j++) {
                    System.arraycopy(state.factorSingularValues(run, j), 0, out, next, count(j));
                    next += count(j);
                }
            }

            private int count(int j) {
                return Math.min(dimensions.size(j), dimensions.size(j - 1));
            }
        };
    }

    private static List<String> numbered(String prefix, int count) {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            names.add(prefix + i);
        }
        return names;
    }
}
