package org.gradus.select;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.gradus.backend.BackendException;
import org.gradus.backend.cuda.DeviceInfo;
import org.gradus.backend.cuda.Libraries;

/**
 * What CUDA has on this machine, as far as it could be loaded.
 *
 * @param devices every one, in CUDA's order; none where there is no usable driver
 * @param libraries those that are loaded, the driver first
 * @param way release of the libraries, and by which way they were found; empty where only a driver is loaded
 * @param remark what is unusual about how they were loaded, or what else is missing where there is no driver
 */
public record Inventory(List<Device> devices, List<Library> libraries, Optional<String> way, Optional<String> remark) {

    /**
     * @param freeBytes empty where the device cannot be had, as when another process has it to itself
     * @param driver the newest CUDA that the driver knows
     */
    public record Device(
            int index,
            String name,
            long totalBytes,
            OptionalLong freeBytes,
            String driver,
            String computeCapability,
            int multiprocessors,
            String busId,
            String uuid) {}

    /** @param version as the library tells it, or, where Gradus calls nothing in it, the name of its file */
    public record Library(String name, String version, Path path) {}

    /** Looks at the devices; where there is no driver, whether the libraries would be there. */
    public static Inventory ofCuda() {
        List<Device> devices;
        try {
            devices = DeviceInfo.all().stream().map(Inventory::device).toList();
        } catch (BackendException unusable) {
            devices = List.of();
        }
        Optional<String> only = Libraries.lookWithoutDriver();
        List<Library> libraries = Libraries.loaded().stream()
                .map(each -> new Library(each.name(), each.version(), each.path()))
                .toList();
        Optional<String> remark = Stream.of(only, Libraries.remark())
                .flatMap(Optional::stream)
                .reduce((one, other) -> one + "; " + other);
        return new Inventory(devices, libraries, Libraries.way(), remark);
    }

    private static Device device(DeviceInfo info) {
        return new Device(
                info.index(),
                info.name(),
                info.totalBytes(),
                info.freeBytes(),
                info.driver(),
                info.computeCapability(),
                info.multiprocessors(),
                info.busId(),
                info.uuid());
    }
}
