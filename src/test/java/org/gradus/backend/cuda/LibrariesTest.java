package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.gradus.backend.BackendException;
import org.gradus.backend.Precision;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledOnOs(OS.LINUX)
final class LibrariesTest {
    private static final String KEPT = "tmpdir kept: true";

    @TempDir
    Path folder;

    private FakeCuda cuda;

    @BeforeEach
    void open() throws IOException {
        cuda = new FakeCuda(folder);
    }

    private List<String> load() throws Exception {
        return cuda.run(Map.of(), "load", "load");
    }

    private void assertSaidTwice(String line, List<String> said) {
        assertEquals(List.of(line, line, KEPT), said);
    }

    @Test
    void whatIsLoadedIsListedWithItsVersionTheDriverFirst() throws Exception {
        List<String> once = List.of(
                "driver for CUDA 12.8, cuBLAS 12.9.6, cuSOLVER 11.7.1, NVRTC 12.6",
                "driver 12.8 libcuda.so.1",
                "cublas 12.9.6 libcublas.so.12",
                "cusolver 11.7.1 libcusolver.so.11",
                "cusolvermg 11 libcusolverMg.so.11",
                "nvrtc 12.6 libnvrtc.so.12");
        List<String> said = cuda.driver(12080, 1).toolkit().run(Map.of(), "load");
        assertEquals(once, said.subList(0, said.size() - 1));
        assertEquals(KEPT, said.get(said.size() - 1));
        try (var natives = Files.walk(folder.resolve("cache/natives"))) {
            assertEquals(
                    4, natives.filter(file -> file.toString().endsWith(".so")).count());
        }
    }

    @Test
    void everyDeviceIsDescribed() throws Exception {
        List<String> said = cuda.driver(13000, 2).run(Map.of(), "all");
        assertEquals(
                List.of(
                        "DeviceInfo[index=0, name=A, totalBytes=1073741824, driverVersion=13000, major=75, minor=76,"
                                + " multiprocessors=16, clockKilohertz=13, singleToDoubleRatio=87, sharedBytesPerBlock=97, busId=0,"
                                + " uuid=GPU-00010203-0405-0607-0809-0a0b0c0d0e0f] OptionalLong[536870912]",
                        "DeviceInfo[index=1, name=B, totalBytes=2147483648, driverVersion=13000, major=75, minor=76,"
                                + " multiprocessors=16, clockKilohertz=13, singleToDoubleRatio=87, sharedBytesPerBlock=97, busId=1,"
                                + " uuid=GPU-ff000102-0304-0506-0708-090a0b0c0d0e] OptionalLong[536870912]",
                        KEPT),
                said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 3  | this machine has 1 device, number 0",
                "1 | -1 | this machine has 1 device, number 0",
                "4 | 4  | this machine has 4 devices, numbers 0 to 3"
            })
    void aDeviceThatDoesNotExistIsRefusedWithThoseThatDo(int devices, String number, String there) throws Exception {
        assertEquals(
                List.of("A", "cuda: device " + number + " (compute.device) does not exist; " + there, KEPT),
                cuda.driver(12000, devices).run(Map.of(), "0", number));
    }

    @Test
    void noDriverIsOneSentence() throws Exception {
        assertSaidTwice(
                "cuda: there is no emulator in " + folder + "; GRADUS_EMULATED_GPU=1 ./gradus devices builds it",
                load());
    }

    @Test
    void aDriverThatIsTooOldIsNamedWithItsVersionAndTheOneNeeded() throws Exception {
        cuda.driver(11080, 1, "cuGraphInstantiateWithFlags").toolkit();
        assertSaidTwice(
                "cuda: the NVIDIA driver (" + folder + "/libcuda.so.1) knows CUDA up to 11.8, and this version needs"
                        + " 12.0; update the driver to version 525 or newer",
                load());
    }

    @Test
    void aDriverThatLacksWhatIsCalledIsRefusedBeforeTheCall() throws Exception {
        cuda.driver(12000, 1, "cuInit", "cuStreamWaitEvent").toolkit();
        assertSaidTwice(
                "cuda: " + folder
                        + "/libcuda.so.1 lacks cuInit, cuStreamWaitEvent, which this version calls; update the driver",
                load());
    }

    @Test
    void aMachineWithoutDevicesIsOneSentence() throws Exception {
        assertSaidTwice(
                "cuda: the NVIDIA driver shows no device; see nvidia-smi, and whether CUDA_VISIBLE_DEVICES hides it",
                cuda.driver(12000, 0).toolkit().run(Map.of(), "load", "0"));
    }

    @Test
    void missingLibrariesAreNamedAndTheDriverStaysUsable() throws Exception {
        cuda.driver(12000, 1);
        List<String> said = cuda.run(Map.of(), "load", "load", "0");
        assertEquals(
                "cuda: the emulator in " + folder
                        + " has only its driver; GRADUS_EMULATED_GPU=1 ./gradus devices builds it",
                said.get(0));
        assertEquals(List.of(said.get(0), said.get(0), "A", KEPT), said);
    }

    @Test
    void aFileThatIsNoLibraryIsRefusedWithTheReason() throws Exception {
        Files.writeString(folder.resolve("libcuda.so.1"), "no library at all".repeat(10));
        assertSaidTwice("cuda: " + folder + "/libcuda.so.1 is not usable: it is no ELF file", load());
        cuda.driver(12000, 1).toolkit();
        Files.write(folder.resolve("libnvrtc.so.12"), new byte[10]);
        List<String> said = load();
        assertTrue(
                said.get(0).startsWith("cuda: " + folder + "/libnvrtc.so.12 is not usable: it is damaged or cut off"));
    }

    @Test
    void aLibraryThatTheLoaderRefusesIsOneSentenceBothTimes() throws Exception {
        Files.write(folder.resolve("libcuda.so.1"), ElfFile.of(EntryPoints.all().get("cuda")));
        List<String> said = load();
        assertTrue(said.get(0).startsWith("cuda: " + folder + "/libcuda.so.1 cannot be loaded: "), said.get(0));
        assertSaidTwice(said.get(0), said);
    }

    @Test
    void eagerBindingIsRefusedSinceNoLibraryHasEveryName() throws Exception {
        cuda.driver(12000, 1).toolkit();
        List<String> said = cuda.run(Map.of("LD_BIND_NOW", "1"), "load");
        assertEquals(
                List.of("cuda: LD_BIND_NOW is set, with which JCuda's libraries cannot be loaded; unset it", KEPT),
                said);
        assertDoesNotThrow(() -> Libraries.refuseEagerBinding(""));
        assertDoesNotThrow(() -> Libraries.refuseEagerBinding(null));
    }

    @Test
    void aCacheThatCannotBeWrittenIsSaidAndHarmless() throws Exception {
        cuda.driver(12000, 1).toolkit();
        Path file = Files.createFile(folder.resolve("file"));
        List<String> said = cuda.run(Map.of("GRADUS_CACHE", file.toString()), "load");
        String remark = said.get(0);
        assertTrue(
                remark.matches(
                        "driver .*; JCuda's natives in .*, since " + file + "/natives/.* cannot be written \\(.*\\)"),
                remark);
        Path temporary = Path.of(remark.split(" in |, since ", -1)[1]);
        assertTrue(Files.notExists(temporary), remark);
    }

    @ParameterizedTest
    @CsvSource({
        "9, 0, 132, 1980000, 2, true, 66.9, 33.5", // H100
        "8, 0, 108, 1410000, 2, true, 19.5, 9.7", // A100
        "8, 9, 128, 2520000, 64, false, 82.6, 1.29", // RTX 4090
        "7, 5, 40, 1590000, 32, false, 8.1, 0.25", // T4
    })
    void theRatesAreThoseOfTheDataSheets(
            int major, int minor, int count, int clock, int ratio, boolean fast, double single, double twice) {
        DeviceInfo device = new DeviceInfo(0, "x", 3L << 29, 12080, major, minor, count, clock, ratio, 1, "b", "u");
        assertEquals(fast, device.hasFastDoubles());
        assertEquals(single, device.workPerSecond(Precision.FLOAT32) / 1e12, 0.01 * single);
        assertEquals(twice, device.workPerSecond(Precision.FLOAT64) / 1e12, 0.02 * twice);
        assertEquals("x (compute capability " + major + "." + minor + ", 1.5 GiB)", device.describe());
    }

    @ParameterizedTest
    @CsvSource({"Windows 11, amd64", "Mac OS X, aarch64", "Linux, aarch64", "Linux, riscv64"})
    void otherPlatformsAreRefusedWithTheReason(String os, String architecture) {
        String said = assertThrows(BackendException.class, () -> Libraries.refuseOtherPlatforms(os, architecture))
                .getMessage();
        assertEquals(
                "cuda: only on Linux x86-64 in this version, not on " + os + " " + architecture
                        + " (JCuda has natives for linux-x86_64 and windows-x86_64 only); use --backend cpu",
                said);
        assertDoesNotThrow(() -> Libraries.refuseOtherPlatforms("Linux", "amd64"));
    }
}
