package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.gradus.select.Inventory;
import org.gradus.select.Inventory.Device;
import org.gradus.select.Inventory.Library;
import org.gradus.store.JsonFile;
import org.junit.jupiter.api.Test;

final class InventoryTextTest {
    private static final Inventory TWO = new Inventory(
            List.of(
                    new Device(
                            0,
                            "GPU A",
                            4L << 30,
                            OptionalLong.of(1L << 30),
                            "12.8",
                            "9.0",
                            132,
                            "0000:3b:00.0",
                            "GPU-0"),
                    new Device(1, "GPU B", 1L << 30, OptionalLong.empty(), "12.8", "8.6", 28, "0000:5e:00.0", "GPU-1")),
            List.of(
                    new Library("driver", "12.8", Path.of("/usr/lib64/libcuda.so.1")),
                    new Library("nvrtc-builtins", "12.6", Path.of("/opt/cuda/lib64/libnvrtc-builtins.so.12.6"))),
            Optional.of("CUDA 12 (the system's)"),
            Optional.of("natives elsewhere"));

    @Test
    void everyDeviceAndLibraryHasALineAndTheColumnsStandBelowEachOther() {
        assertEquals(
                List.of(
                        "device 0        GPU A, 1.0 GiB free of 4.0 GiB, compute capability 9.0, 132 multiprocessors, PCI"
                                + " 0000:3b:00.0",
                        "device 1        GPU B, not free now, 1.0 GiB, compute capability 8.6, 28 multiprocessors, PCI"
                                + " 0000:5e:00.0",
                        "libraries       CUDA 12 (the system's)",
                        "driver          12.8  /usr/lib64/libcuda.so.1",
                        "nvrtc-builtins  12.6  /opt/cuda/lib64/libnvrtc-builtins.so.12.6",
                        "natives elsewhere"),
                InventoryText.lines(TWO));
    }

    @Test
    void asJsonTheyAreListsBesideTheBackend() {
        Map<String, Object> cuda = new LinkedHashMap<>(Map.of("name", "cuda"));
        InventoryText.addTo(cuda, TWO);
        String json = JsonFile.text(cuda).replaceAll("\\s+", " ");
        assertEquals(
                "{ \"name\" : \"cuda\", \"driver\" : \"12.8\", \"devices\" : [ { \"index\" : 0, \"name\" : \"GPU A\","
                        + " \"memory_bytes\" : 4294967296, \"free_bytes\" : 1073741824, \"compute_capability\" : \"9.0\","
                        + " \"multiprocessors\" : 132, \"pci_bus_id\" : \"0000:3b:00.0\", \"uuid\" : \"GPU-0\" },"
                        + " { \"index\" : 1, \"name\" : \"GPU B\", \"memory_bytes\" : 1073741824, \"free_bytes\" : null,"
                        + " \"compute_capability\" : \"8.6\", \"multiprocessors\" : 28, \"pci_bus_id\" : \"0000:5e:00.0\","
                        + " \"uuid\" : \"GPU-1\" } ], \"found_by\" : \"CUDA 12 (the system's)\", \"libraries\" : [ { \"name\" : \"driver\", \"version\" : \"12.8\","
                        + " \"path\" : \"/usr/lib64/libcuda.so.1\" }, { \"name\" : \"nvrtc-builtins\", \"version\" : \"12.6\","
                        + " \"path\" : \"/opt/cuda/lib64/libnvrtc-builtins.so.12.6\" } ], \"remark\" : \"natives elsewhere\" }",
                json.strip());
    }

    @Test
    void nothingIsSaidOfNothing() {
        Inventory none = new Inventory(List.of(), List.of(), Optional.empty(), Optional.empty());
        assertEquals(List.of(), InventoryText.lines(none));
        Map<String, Object> cuda = new LinkedHashMap<>();
        InventoryText.addTo(cuda, none);
        assertEquals(Map.of(), cuda);
    }
}
