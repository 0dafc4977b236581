package org.gradus.select;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.gradus.backend.BackendException;
import org.gradus.backend.cuda.DeviceInfo;
import org.gradus.backend.cuda.Libraries;

/**
 * What CUDA has on this machine, as far as it could be loaded.
 *
 * @param devices every one, in CUDA's order; none where there is no usable driver
 * @param libraries those that are loaded, the driver first
 * @param remark what is unusual about how they were loaded
 */
public record Inventory(List<Device> devices, List<Library> libraries, Optional<String> remark) {

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

    /** Looks at the devices; libraries that no backend has loaded yet stay unloaded. */
    public static Inventory ofCuda() {
        List<Device> devices;
        try {
            devices = DeviceInfo.all().stream().map(Inventory::device).toList();
        } catch (BackendException unusable) {
            devices = List.of();
        }
        List<Library> libraries = Libraries.loaded().stream()
                .map(each -> new Library(each.name(), each.version(), each.path()))
                .toList();
        return new Inventory(devices, libraries, Libraries.remark());
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
