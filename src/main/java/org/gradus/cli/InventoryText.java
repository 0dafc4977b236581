package org.gradus.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
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
        List<Library> libraries = inventory.libraries();
        List<Device> devices = inventory.devices();
        int names = longest(Stream.concat(
                Stream.of("libraries"),
                Stream.concat(
                        devices.stream().map(InventoryText::number),
                        libraries.stream().map(Library::name))));
        int versions = longest(libraries.stream().map(Library::version));
        devices.forEach(device -> lines.add(padded(number(device), names) + line(device)));
        inventory.way().ifPresent(way -> lines.add(padded("libraries", names) + way));
        for (Library library : libraries) {
            lines.add(padded(library.name(), names) + padded(library.version(), versions) + library.path());
        }
        inventory.remark().ifPresent(lines::add);
        return lines;
    }

    private static int longest(Stream<String> words) {
        return words.mapToInt(String::length).max().orElse(0);
    }

    private static String padded(String word, int length) {
        return word + " ".repeat(length - word.length() + 2);
    }

    private static String number(Device device) {
        return "device " + device.index();
    }

    private static String line(Device device) {
        String free = device.freeBytes().isPresent()
                ? MemoryPlan.bytes(device.freeBytes().getAsLong()) + " free of "
                : "not free now, ";
        return device.name() + ", " + free
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
