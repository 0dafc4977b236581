package org.gradus.backend.cuda;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import jcuda.nvrtc.JNvrtc;
import jcuda.nvrtc.nvrtcProgram;
import jcuda.nvrtc.nvrtcResult;
import org.gradus.backend.BackendException;
import org.gradus.backend.Precision;

/** Compiles {@link KernelSource}s by NVRTC for one device, or takes them from the cache. */
final class Compiler {
    private final KernelCache cache;
    private final String version;
    private final Target target;

    /**
     * What is compiled for.
     *
     * @param option the value of --gpu-architecture
     * @param binary machine code (CUBIN), else PTX, which the driver compiles
     */
    record Target(String option, boolean binary) {

        /**
         * Machine code where NVRTC knows the device; PTX of the newest architecture that it knows where the device is newer.
         *
         * @param supported as nvrtcGetSupportedArchs gives them: 10·major + minor
         * @throws BackendException if the device is older than all of them
         */
        static Target of(int[] supported, int major, int minor) {
            int device = 10 * major + minor;
            int best = Arrays.stream(supported)
                    .filter(each -> each <= device)
                    .max()
                    .orElseThrow(() -> new BackendException("cuda: the device's compute capability " + major + "."
                            + minor + " is older than what NVRTC compiles for ("
                            + Arrays.stream(supported).min().orElse(0) / 10.0
                            + " and newer); install a CUDA 12 or use --backend cpu"));
            return best == device ? new Target("sm_" + best, true) : new Target("compute_" + best, false);
        }
    }

    /**
     * NVRTC is loaded.
     *
     * @param major of the device's compute capability
     * @param minor of the device's compute capability
     */
    Compiler(KernelCache cache, int major, int minor) {
        this.cache = cache;
        version = LibraryVersions.nvrtc();
        int[] count = new int[1];
        Status.nvrtc("nvrtcGetNumSupportedArchs", JNvrtc.nvrtcGetNumSupportedArchs(count));
        int[] supported = new int[count[0]];
        Status.nvrtc("nvrtcGetSupportedArchs", JNvrtc.nvrtcGetSupportedArchs(supported));
        target = Target.of(supported, major, minor);
    }

    /** What it compiles for: sm_90, or compute_90 where the driver compiles the rest. */
    String architecture() {
        return target.option();
    }

    /**
     * An image that cuModuleLoadData takes.
     *
     * @throws BackendException with the first error's line; its cause has the whole log
     */
    byte[] image(KernelSource source, Precision precision) {
        String text = source.text();
        List<String> options = List.of(
                "--gpu-architecture=" + target.option(),
                "--std=c++17",
                "-DREAL=" + (precision == Precision.FLOAT64 ? "double" : "float"));
        String key = KernelCache.key(source.fileName(), text, String.join(" ", options), version);
        return cache.get(key, () -> compile(source.fileName(), text, options));
    }

    /** Past the cache. */
    byte[] compile(String name, String text, List<String> options) {
        nvrtcProgram program = new nvrtcProgram();
        Status.nvrtc(
                "nvrtcCreateProgram", JNvrtc.nvrtcCreateProgram(program, text, name, 0, new String[0], new String[0]));
        try (Resources owned = new Resources()) {
            owned.add(() -> Status.nvrtc("nvrtcDestroyProgram", JNvrtc.nvrtcDestroyProgram(program)));
            return compile(program, name, options);
        }
    }

    private byte[] compile(nvrtcProgram program, String name, List<String> options) {
        int status = JNvrtc.nvrtcCompileProgram(program, options.size(), options.toArray(String[]::new));
        if (status == nvrtcResult.NVRTC_ERROR_COMPILATION) {
            throw refused(name, log(program));
        }
        Status.nvrtc("nvrtcCompileProgram", status);
        return target.binary() ? cubin(program) : ptx(program);
    }

    private BackendException refused(String name, String log) {
        return new BackendException(
                "cuda: " + name + " does not compile for " + target.option() + " by NVRTC " + version + ": "
                        + firstError(log),
                new IllegalStateException("the compiler's log:\n" + log));
    }

    /** The log's first line that speaks of an error, else its first line. */
    static String firstError(String log) {
        List<String> lines =
                log.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        return lines.stream()
                .filter(line -> line.contains("error"))
                .findFirst()
                .orElse(lines.isEmpty() ? "no message" : lines.get(0));
    }

    private static String log(nvrtcProgram program) {
        String[] log = new String[1];
        Status.nvrtc("nvrtcGetProgramLog", JNvrtc.nvrtcGetProgramLog(program, log));
        return String.valueOf(log[0]);
    }

    private static byte[] cubin(nvrtcProgram program) {
        long[] size = new long[1];
        Status.nvrtc("nvrtcGetCUBINSize", JNvrtc.nvrtcGetCUBINSize(program, size));
        byte[] image = new byte[Math.toIntExact(size[0])];
        Status.nvrtc("nvrtcGetCUBIN", JNvrtc.nvrtcGetCUBIN(program, image));
        return image;
    }

    /** Ends with the zero by which the driver knows a text's end. */
    private static byte[] ptx(nvrtcProgram program) {
        String[] text = new String[1];
        Status.nvrtc("nvrtcGetPTX", JNvrtc.nvrtcGetPTX(program, text));
        byte[] bytes = text[0].getBytes(StandardCharsets.US_ASCII);
        return Arrays.copyOf(bytes, bytes.length + 1);
    }
}
