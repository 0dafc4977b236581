package org.gradus.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.gradus.dynamics.MemoryPlan;
import org.gradus.select.Inventory;
import org.gradus.select.Inventory.Device;
import org.gradus.select.Inventory.Library;

/** Devices and libraries of CUDA, for people and as JSON. */
final class InventoryText {
    private InventoryText() {}

    /** A line each: devices, way, libraries, remark. */
    static List<String> lines(Inventory inventory) {
        List<String> lines = new ArrayList<>();
        inventory.devices().forEach(device -> lines.add(line(device)));
        inventory.way().ifPresent(way -> lines.add(String.format("%-11s %s", "libraries", way)));
        for (Library library : inventory.libraries()) {
            lines.add(String.format("%-11s %-10s %s", library.name(), library.version(), library.path()));
        }
        inventory.remark().ifPresent(lines::add);
        return lines;
    }

    private static String line(Device device) {
        String free = device.freeBytes().isPresent()
                ? MemoryPlan.bytes(device.freeBytes().getAsLong()) + " free of "
                : "not free now, ";
        return "device " + device.index() + "    " + device.name() + ", " + free
                + MemoryPlan.bytes(device.totalBytes()) + ", compute capability " + device.computeCapability() + ", "
                + device.multiprocessors() + " multiprocessors, PCI " + device.busId();
    }

    /** Keys driver, devices, found_by, libraries and remark, each where there is something to say. */
    static void addTo(Map<String, Object> backend, Inventory inventory) {
        if (!inventory.devices().isEmpty()) {
            backend.put("driver", inventory.devices().get(0).driver());
            backend.put(
                    "devices",
                    inventory.devices().stream().map(InventoryText::tree).toList());
        }
        inventory.way().ifPresent(way -> backend.put("found_by", way));
        if (!inventory.libraries().isEmpty()) {
            backend.put(
                    "libraries",
                    inventory.libraries().stream().map(InventoryText::tree).toList());
        }
        inventory.remark().ifPresent(remark -> backend.put("remark", remark));
    }

    private static Map<String, Object> tree(Device device) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("index", device.index());
        tree.put("name", device.name());
        tree.put("memory_bytes", device.totalBytes());
        OptionalLong free = device.freeBytes();
        tree.put("free_bytes", free.isPresent() ? free.getAsLong() : null);
        tree.put("compute_capability", device.computeCapability());
        tree.put("multiprocessors", device.multiprocessors());
        tree.put("pci_bus_id", device.busId());
        tree.put("uuid", device.uuid());
        return tree;
    }

    private static Map<String, Object> tree(Library library) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", library.name());
        tree.put("version", library.version());
        tree.put("path", library.path().toString());
        return tree;
    }
}
