package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gradus.backend.BackendException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code entry-points.txt} against the Java code and against what JCuda's natives call for it. */
final class EntryPointsTest {
    /** JCuda's class to the library that it binds. */
    private static final Map<String, String> BINDINGS = Map.of(
            "jcuda.driver.JCudaDriver", "cuda",
            "jcuda.jcublas.JCublas2", "cublas",
            "jcuda.jcusolver.JCusolver", "cusolver",
            "jcuda.jcusolver.JCusolverDn", "cusolver",
            "jcuda.nvrtc.JNvrtc", "nvrtc");

    private static final Map<String, String> NATIVES = Map.of(
            "cuda", "JCudaDriver",
            "cublas", "JCublas2",
            "cusolver", "JCusolver",
            "nvrtc", "JNvrtc");

    /** JCuda's native side asks for the size itself; seen in its disassembly, where nothing else is called on the way. */
    private static final Map<String, String> ALSO_CALLED =
            Map.of("nvrtcGetPTX", "nvrtcGetPTXSize", "nvrtcGetProgramLog", "nvrtcGetProgramLogSize");

    @TempDir
    Path folder;

    private Set<String> imported(String library) throws IOException {
        Path file = folder.resolve(library);
        try (InputStream in =
                EntryPoints.class.getResourceAsStream("/lib/lib" + NATIVES.get(library) + "-12.6.0-linux-x86_64.so")) {
            assumeTrue(in != null, "JCuda has no natives for this platform");
            Files.copy(in, file);
        }
        return Elf.imports(file);
    }

    /** LIBRARY NAME of every function that the compiled classes lead to; versions are those that JCuda's natives ask for. */
    private Set<String> called() throws IOException {
        Set<String> java = new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("org.gradus.backend.cuda")
                        .stream()
                        .flatMap(type -> type.getAccessesFromSelf().stream())
                        .filter(JavaCodeUnitAccess.class::isInstance)
                        .map(JavaAccess::getTarget)
                        .filter(target -> BINDINGS.containsKey(target.getOwner().getName()))
                        .map(target -> BINDINGS.get(target.getOwner().getName()) + " " + target.getName())
                        .collect(Collectors.toSet());
        Set<String> called = new TreeSet<>();
        for (String library : NATIVES.keySet()) {
            Set<String> imported = imported(library);
            java.stream()
                    .filter(name -> name.startsWith(library + " "))
                    .map(name -> name.substring(library.length() + 1))
                    .flatMap(name -> Stream.of(name, ALSO_CALLED.getOrDefault(name, name)))
                    .forEach(name -> called.add(library + " " + exported(name, imported)));
        }
        return called;
    }

    /** The name in the library: Java leaves out the version, and marks corrected forms of its own with _new. */
    private static String exported(String java, Set<String> imported) {
        String plain = java.replace("_new", "");
        Stream<String> forms = plain.endsWith("_64")
                ? Stream.of(plain, plain.replaceFirst("_64$", "_v2_64"))
                : Stream.of(plain, plain + "_v2");
        List<String> found = forms.filter(imported::contains).toList();
        if (found.isEmpty()) { // cuGraphInstantiate
            found = Stream.of(plain + "WithFlags").filter(imported::contains).toList();
        }
        assertEquals(1, found.size(), java + " is " + found);
        return found.get(0);
    }

    private static Set<String> listed() {
        Set<String> listed = new TreeSet<>();
        EntryPoints.all().forEach((library, names) -> names.forEach(name -> listed.add(library + " " + name)));
        return listed;
    }

    @Test
    void everyCallIsInTheList() throws IOException {
        Set<String> unlisted = called();
        assertTrue(unlisted.contains("cuda cuDeviceTotalMem_v2"), unlisted::toString);
        unlisted.removeAll(listed());
        assertEquals(Set.of(), unlisted);
    }

    @Test
    void everyNameOfTheListIsCalled() throws IOException {
        Set<String> uncalled = listed();
        uncalled.removeAll(called());
        assertEquals(Set.of(), uncalled);
    }

    @Test
    void everyNameOfTheListIsThereOnceAndCalledByJCuda() throws IOException {
        assertEquals(NATIVES.keySet(), EntryPoints.all().keySet());
        for (String library : NATIVES.keySet()) {
            List<String> names = EntryPoints.all().get(library);
            assertEquals(names.size(), new HashSet<>(names).size(), library);
            Set<String> unknown = new TreeSet<>(names);
            unknown.removeAll(imported(library));
            assertEquals(Set.of(), unknown, library);
        }
    }

    @Test
    void namesThatAFileLacksAreToldInOneLine() throws IOException {
        List<String> names = EntryPoints.all().get("nvrtc");
        Path all = ElfFile.write(folder.resolve("all.so"), names.toArray(String[]::new));
        EntryPoints.require("nvrtc", all);
        EntryPoints.require("cublaslt", folder.resolve("not read.so"));
        Path most = ElfFile.write(
                folder.resolve("most.so"), names.subList(1, names.size()).toArray(String[]::new));
        Path none = ElfFile.write(folder.resolve("none.so"), "other");
        assertEquals(
                "cuda: " + most + " lacks " + names.get(0) + ", which this version calls; update CUDA's libraries",
                assertThrows(BackendException.class, () -> EntryPoints.require("nvrtc", most))
                        .getMessage());
        assertEquals(
                "cuda: " + none + " lacks " + String.join(", ", names.subList(0, 4)) + " and " + (names.size() - 4)
                        + " more, which this version calls; update CUDA's libraries",
                assertThrows(BackendException.class, () -> EntryPoints.require("nvrtc", none))
                        .getMessage());
    }
}
