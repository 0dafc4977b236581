package org.gradus.backend.cuda;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Environment variables by which NVIDIA's libraries change their arithmetic or their order of summation. */
final class Environment {
    private static final List<String> NAMES = List.of(
            "CUBLAS_EMULATE_DOUBLE_PRECISION",
            "CUBLAS_EMULATE_SINGLE_PRECISION",
            "CUBLAS_EMULATION_STRATEGY",
            "CUBLAS_WORKSPACE_CONFIG",
            "CUDA_VISIBLE_DEVICES",
            "NVIDIA_TF32_OVERRIDE");

    private Environment() {}

    /** Those that are set, by name, for the manifest. */
    static Map<String, String> set() {
        Map<String, String> set = new TreeMap<>();
        for (String name : NAMES) {
            String value = System.getenv(name);
            if (value != null) {
                set.put(name, value);
            }
        }
        return set;
    }
}
