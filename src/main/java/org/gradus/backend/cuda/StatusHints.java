package org.gradus.backend.cuda;

import java.util.Map;
import org.gradus.backend.cuda.Status.Api;

/** What can be done about a status; empty where nothing general can be said. */
final class StatusHints {
    private static final int OUT_OF_MEMORY = 2;

    private static final String MEMORY = "the device's memory is full: end other programs that use it (nvidia-smi), or"
            + " take float32 or smaller factors";
    private static final String PINNED_MEMORY =
            "no more of the host's memory can be pinned: end other programs, or raise"
                    + " the limit of the machine or container";
    private static final String LOST =
            "the device's context is lost, start again; where it happens again it is a defect"
                    + " of Gradus, of the driver or of the device";
    private static final String NEWER_DRIVER = "the driver is older than the CUDA libraries; update it";
    private static final String DEVICE_FILES =
            "the device cannot be reached: see nvidia-smi, and in a container whether the GPU was handed in";
    private static final String CAPTURE =
            "a call that cannot be captured was made while a graph was recorded, a defect of" + " Gradus";
    private static final String SERVICE =
            "see whether the driver's services are running and restart the machine after" + " an update";
    private static final String LIBRARY_MEMORY = "the library found no memory on the device or in pinned host memory: "
            + "end other programs that use the device, or take float32 or smaller factors";
    private static final String LIBRARY_LOST = "a kernel failed on the device; a failure before it is the usual cause";
    private static final String TOO_OLD_DEVICE = "the device is too old for this version of the library";

    private static final Map<Integer, String> DRIVER = Map.ofEntries(
            Map.entry(OUT_OF_MEMORY, MEMORY),
            Map.entry(3, DEVICE_FILES),
            Map.entry(34, "the libcuda.so.1 found is the toolkit's stub; take its folder out of LD_LIBRARY_PATH"),
            Map.entry(46, "another process has the device to itself (nvidia-smi shows it)"),
            Map.entry(100, "no device: see nvidia-smi, and whether CUDA_VISIBLE_DEVICES hides it"),
            Map.entry(101, "no device has this number; gradus devices lists them"),
            Map.entry(200, NEWER_DRIVER),
            Map.entry(209, "the kernels were not compiled for this device; delete the cache folder's kernels"),
            Map.entry(214, "the device's memory has an uncorrectable error; see nvidia-smi -q, reset the device"),
            Map.entry(218, NEWER_DRIVER),
            Map.entry(220, "the link between devices failed; see nvidia-smi nvlink"),
            Map.entry(222, NEWER_DRIVER),
            Map.entry(304, DEVICE_FILES),
            Map.entry(700, "a kernel read or wrote outside its memory; " + LOST),
            Map.entry(701, "the kernel needs more registers or shared memory than the device has"),
            Map.entry(702, "a display's watchdog ended the kernel; use a device without a display"),
            Map.entry(709, LOST),
            Map.entry(710, LOST),
            Map.entry(714, LOST),
            Map.entry(715, LOST),
            Map.entry(716, LOST),
            Map.entry(717, LOST),
            Map.entry(718, LOST),
            Map.entry(719, LOST),
            Map.entry(800, "the call is not permitted here; in a container, it may lack a capability"),
            Map.entry(801, "the device or the driver cannot do this"),
            Map.entry(802, SERVICE),
            Map.entry(803, "driver and kernel module differ in version, as after an update: restart the machine"),
            Map.entry(804, "the forward compatibility package does not serve this device; update the driver instead"),
            Map.entry(805, "the MPS daemon cannot be reached; start or end it"),
            Map.entry(900, CAPTURE),
            Map.entry(901, CAPTURE),
            Map.entry(906, CAPTURE),
            Map.entry(908, CAPTURE),
            Map.entry(999, LOST));

    private static final Map<Integer, String> CUBLAS = Map.of(
            1, "cuBLAS could not start on the device, often for want of memory",
            3, LIBRARY_MEMORY,
            8, TOO_OLD_DEVICE,
            13, LIBRARY_LOST,
            14, LIBRARY_LOST,
            15, "the device or this version of cuBLAS cannot do this");

    private static final Map<Integer, String> CUSOLVER = Map.of(
            1, "cuSOLVER could not start on the device, often for want of memory",
            2, LIBRARY_MEMORY,
            4, TOO_OLD_DEVICE,
            6, LIBRARY_LOST,
            7, LIBRARY_LOST,
            9, "the device or this version of cuSOLVER cannot do this");

    private static final Map<Integer, String> NVRTC = Map.of(
            1, "the host's memory is full",
            5,
                    "this version of NVRTC does not know the device's architecture; update the CUDA libraries or take an older device",
            7, "NVRTC finds no libnvrtc-builtins of its own version beside it; install the whole of cuda-nvrtc");

    private StatusHints() {}

    static String of(Api api, String call, int status) {
        if (api == Api.DRIVER && status == OUT_OF_MEMORY && call.equals("cuMemHostAlloc")) {
            return PINNED_MEMORY;
        }
        Map<Integer, String> hints = switch (api) {
            case DRIVER -> DRIVER;
            case CUBLAS -> CUBLAS;
            case CUSOLVER -> CUSOLVER;
            case NVRTC -> NVRTC;
        };
        return hints.getOrDefault(status, "");
    }
}
