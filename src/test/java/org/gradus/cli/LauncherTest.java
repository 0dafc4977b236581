package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The shell script {@code gradus} in a checkout of its own, with a Maven and a Java that only write down their calls. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    private static final List<String> TOOLS = List.of(
            "sh",
            "cat",
            "cut",
            "dirname",
            "find",
            "git",
            "grep",
            "head",
            "kill",
            "locale",
            "mkdir",
            "mv",
            "readlink",
            "sed",
            "sleep",
            "stty");

    /** Builds the jar unless there is a file "keep", and fails where there is a file "broken". */
    private static final String MAVEN = """
            #!/bin/sh
            home=${3%/pom.xml}
            echo "$*" >>"$home/calls"
            if [ -f "$home/broken" ]; then
                echo "[INFO] compiling"
                echo "[ERROR] COMPILATION ERROR : "
                echo "[ERROR] A.java:[1,2] ';' expected"
                exit 1
            fi
            mkdir -p "$home/target/lib"
            [ -f "$home/keep" ] || echo jar >"$home/target/gradus.jar"
            """;

    private static final String JAVA = """
            #!/bin/sh
            if [ "$1" = -version ]; then
                echo 'openjdk version "VERSION"' >&2
                exit
            fi
            if [ "$1" = -XshowSettings:properties ]; then
                echo '    java.home = JDK' >&2
                exit
            fi
            echo "$0"
            echo "LC_ALL=$LC_ALL"
            for argument; do echo "$argument"; done
            """;

    record Result(int status, List<String> out, List<String> err) {}

    @TempDir
    Path folder;

    private Path home;
    private Path bin;
    private final Map<String, String> environment = new TreeMap<>();

    @BeforeEach
    void checkOut() throws IOException {
        home = Files.createDirectories(folder.toRealPath().resolve("my check out"));
        Files.copy(Path.of("gradus"), home.resolve("gradus"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createDirectories(home.resolve("src/main/java"));
        Files.writeString(home.resolve("src/main/java/A.java"), "");
        Files.writeString(home.resolve("pom.xml"), "");
        bin = Files.createDirectories(folder.resolve("bin"));
        for (String tool : TOOLS) {
            for (String place : List.of("/usr/bin", "/bin")) {
                if (Files.exists(Path.of(place, tool)) && Files.notExists(bin.resolve(tool))) {
                    script(bin.resolve(tool), "#!/bin/sh\nexec " + place + "/" + tool + " \"$@\"\n");
                }
            }
        }
        script(bin.resolve("mvn"), MAVEN);
        script(bin.resolve("java"), JAVA.replace("VERSION", "17.0.9"));
        environment.put("PATH", bin.toString());
        environment.put("LC_ALL", "C.UTF-8");
    }

    private static void script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Result launch(Path script, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.directory(Files.createDirectories(folder.resolve("else where")).toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        return new Result(
                process.exitValue(),
                Files.readAllLines(out, StandardCharsets.UTF_8),
                Files.readAllLines(err, StandardCharsets.UTF_8));
    }

    private int builds() throws IOException {
        Path calls = home.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
    }

    private void assertStarted(Result result, String... arguments) {
        assertEquals(0, result.status(), () -> "" + result);
        List<String> said = result.out();
        int main = said.indexOf("org.gradus.cli.Main");
        assertEquals(home + "/target/gradus.jar:" + home + "/target/lib/*", said.get(main - 1));
        assertEquals(List.of(arguments), said.subList(main + 1, said.size()));
    }

    private static void touch(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusMillis(20)));
        try {
            Thread.sleep(40); // builds that follow are to be newer
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void furtherArgumentsReachTheBuildWhichIsDoneOnceForThem() throws Exception {
        Path script = home.resolve("gradus");
        assertStarted(launch(script));
        environment.put("GRADUS_MAVEN_ARGS", "-Pcuda-redist -o");
        Result built = launch(script);
        assertStarted(built);
        assertTrue(built.err().get(0).contains("some 2 GB, NVIDIA's libraries"), () -> "" + built);
        assertStarted(launch(script));
        List<String> calls = Files.readAllLines(home.resolve("calls"));
        assertEquals(2, calls.size());
        assertTrue(calls.get(1).endsWith(" -Pcuda-redist -o package"), calls.get(1));
        environment.remove("GRADUS_MAVEN_ARGS");
        assertStarted(launch(script));
        assertEquals(2, builds(), "without them nothing has to be built");
    }

    @Test
    void theFirstCallBuildsWithOneLineAndTheNextDoesNot() throws Exception {
        Result first = launch(home.resolve("gradus"), "run", "a b.yaml", "--set", "x={y: *}");
        assertStarted(first, "run", "a b.yaml", "--set", "x={y: *}");
        assertEquals(1, first.err().size(), () -> "" + first);
        assertTrue(first.err().get(0).startsWith("gradus: building ("), () -> "" + first);
        assertTrue(first.err().get(0).contains(home + "/target/build.log"), () -> "" + first);
        Result second = launch(home.resolve("gradus"), "devices");
        assertStarted(second, "devices");
        assertEquals(List.of(), second.err());
        assertEquals(1, builds());
    }

    @Test
    void symbolicLinksOfAnyKindLeadHome() throws Exception {
        Path absolute = Files.createSymbolicLink(folder.resolve("absolute"), home.resolve("gradus"));
        Path relative = Files.createSymbolicLink(folder.resolve("relative"), Path.of("my check out/gradus"));
        Path links = Files.createDirectories(folder.resolve("some links"));
        Path chain = Files.createSymbolicLink(links.resolve("chain"), Path.of("../relative"));
        Path throughFolder = Files.createSymbolicLink(folder.resolve("linked folder"), home);
        for (Path script : List.of(absolute, relative, chain, throughFolder.resolve("gradus"))) {
            assertStarted(launch(script, "devices"), "devices");
        }
        environment.put("PATH", links + ":" + bin);
        assertStarted(launch(Path.of("sh"), "-c", "chain devices"), "devices");
        assertEquals(1, builds());
    }

    @Test
    void aNewerSourceOrProjectFileIsBuiltOnceEvenIfTheJarStays() throws Exception {
        launch(home.resolve("gradus"));
        touch(home.resolve("src/main/java/A.java"));
        launch(home.resolve("gradus"));
        assertEquals(2, builds());
        Files.createFile(home.resolve("keep")); // Maven leaves a jar alone whose content did not change
        touch(home.resolve("pom.xml"));
        launch(home.resolve("gradus"));
        assertEquals(3, builds());
        assertEquals(List.of(), launch(home.resolve("gradus")).err());
        assertEquals(3, builds());
        Files.delete(home.resolve("src/main/java/A.java"));
        launch(home.resolve("gradus"));
        assertEquals(4, builds());
    }

    @Test
    void aFailedBuildIsOneLineThatNamesTheLogAndIsTriedAgain() throws Exception {
        Files.createFile(home.resolve("broken"));
        Result failed = launch(home.resolve("gradus"), "devices");
        assertEquals(ExitCode.DEVICE, failed.status());
        assertEquals(List.of(), failed.out());
        assertEquals(
                "gradus: the build failed: A.java:[1,2] ';' expected (all in " + home + "/target/build.log)",
                failed.err().get(1));
        assertEquals(2, failed.err().size(), () -> "" + failed);
        Files.delete(home.resolve("broken"));
        assertStarted(launch(home.resolve("gradus"), "devices"), "devices");
    }

    @Test
    void aMissingMavenIsOneLineAndOnlyWhereThereIsSomethingToBuild() throws Exception {
        Files.move(bin.resolve("mvn"), bin.resolve("hidden"));
        Result refused = launch(home.resolve("gradus"), "devices");
        assertEquals(ExitCode.DEVICE, refused.status());
        assertEquals(1, refused.err().size(), () -> "" + refused);
        assertTrue(refused.err().get(0).contains("Maven (mvn, 3.8 or newer) is not there"), () -> "" + refused);
        Files.move(bin.resolve("hidden"), bin.resolve("mvn"));
        launch(home.resolve("gradus"), "devices");
        Files.delete(bin.resolve("mvn"));
        assertStarted(launch(home.resolve("gradus"), "devices"), "devices");
    }

    @Test
    void theJavaOfJavaHomeIsTakenAndAWrongJavaHomeRefused() throws Exception {
        Path jdk = folder.resolve("jdk 21");
        script(jdk.resolve("bin/java"), JAVA.replace("VERSION", "21.0.1"));
        environment.put("JAVA_HOME", jdk.toString());
        Result result = launch(home.resolve("gradus"), "devices");
        assertStarted(result, "devices");
        assertEquals(jdk + "/bin/java", result.out().get(0));
        environment.put("JAVA_HOME", folder.resolve("none").toString());
        assertRefused("JAVA_HOME=" + folder.resolve("none") + " holds no bin/java; ");
    }

    private void assertRefused(String words) throws Exception {
        Result refused = launch(home.resolve("gradus"), "devices");
        assertEquals(ExitCode.DEVICE, refused.status());
        assertEquals(1, refused.err().size(), () -> "" + refused);
        assertTrue(refused.err().get(0).startsWith("gradus: " + words), () -> "" + refused);
    }

    @Test
    void anOldJavaAndNoJavaAtAllAreRefused() throws Exception {
        for (String version : List.of("11.0.2", "1.8.0_392")) {
            script(bin.resolve("java"), JAVA.replace("VERSION", version));
            assertRefused("java is not Java 17 or newer; set JAVA_HOME");
        }
        Files.delete(bin.resolve("java"));
        assertRefused("no Java found; install a JDK of version 17 or newer, or set JAVA_HOME");
    }

    /** Writes down its calls, and fails where there is a file "broken". */
    private static final String CMAKE = """
            #!/bin/sh
            echo "CXX=${CXX:-} $*" >>"HOME/cmake"
            if [ -f "HOME/broken" ]; then
                cat "HOME/broken"
                exit 1
            fi
            """;

    private void emulated() throws IOException {
        environment.put("GRADUS_EMULATED_GPU", "1");
        Files.createDirectories(home.resolve("native/emulator"));
        Files.writeString(home.resolve("native/emulator/driver.cpp"), "");
        Files.createDirectories(home.resolve("kernels"));
        Path jdk = folder.resolve("a jdk");
        Files.createDirectories(jdk.resolve("include"));
        Files.writeString(jdk.resolve("include/jni.h"), "");
        script(bin.resolve("java"), JAVA.replace("VERSION", "17.0.9").replace("JDK", jdk.toString()));
        script(bin.resolve("make"), "#!/bin/sh\n");
        script(bin.resolve("getconf"), "#!/bin/sh\necho 3\n");
        script(bin.resolve("cmake"), CMAKE.replace("HOME", home.toString()));
        script(bin.resolve("c++"), "#!/bin/sh\n");
    }

    @Test
    void theEmulatorIsBuiltOnceWithOneLineAndOnlyWhereItIsAskedFor() throws Exception {
        emulated();
        environment.remove("GRADUS_EMULATED_GPU");
        assertStarted(launch(home.resolve("gradus"), "devices"), "devices");
        assertTrue(Files.notExists(home.resolve("cmake")));
        environment.put("GRADUS_EMULATED_GPU", "1");
        Result first = launch(home.resolve("gradus"), "devices");
        assertStarted(first, "devices");
        Path emulator = home.resolve("target/emulator");
        assertEquals(
                List.of("gradus: building the CUDA emulator (log: " + home + "/target/emulator.log)"), first.err());
        assertEquals(
                List.of(
                        "CXX=c++ -S " + home + "/native/emulator -B " + emulator + " -DCMAKE_BUILD_TYPE=Release"
                                + " -DJAVA_HOME=" + folder.resolve("a jdk"),
                        "CXX= --build " + emulator + " --parallel 3"),
                Files.readAllLines(home.resolve("cmake")));
        assertTrue(first.out().contains("-Dgradus.emulator=" + emulator), () -> "" + first);
        assertEquals(List.of(), launch(home.resolve("gradus"), "devices").err());
        touch(home.resolve("native/emulator/driver.cpp"));
        assertEquals(1, launch(home.resolve("gradus"), "devices").err().size());
        assertEquals(4, Files.readAllLines(home.resolve("cmake")).size());
        touch(Files.writeString(home.resolve("kernels/descent.cu"), "")); // of the jar too
        assertEquals(2, launch(home.resolve("gradus"), "devices").err().size());
        assertEquals(6, Files.readAllLines(home.resolve("cmake")).size());
        assertEquals(List.of(), launch(home.resolve("gradus"), "devices").err());
    }

    @Test
    void anEmulatorThatCannotBeBuiltIsOneLine() throws Exception {
        emulated();
        environment.remove("GRADUS_EMULATED_GPU");
        launch(home.resolve("gradus"), "devices");
        environment.put("GRADUS_EMULATED_GPU", "1");
        String start = "gradus: the emulator's build failed: ";
        String end = " (all in " + home + "/target/emulator.log)";
        Files.writeString(home.resolve("broken"), "[ 1%] a.cpp\na.cpp:1: error: no such thing\n    1 | int\n");
        Result failed = launch(home.resolve("gradus"), "devices");
        assertEquals(ExitCode.DEVICE, failed.status());
        assertEquals(start + "a.cpp:1: error: no such thing" + end, failed.err().get(1));
        Files.writeString(
                home.resolve("broken"),
                "-- x\nCMake Error at CMakeLists.txt:2 (cmake_minimum_required):\n  CMake 3.18 or higher is required.\n\n");
        assertEquals(
                start + "CMake Error at CMakeLists.txt:2 (cmake_minimum_required): CMake 3.18 or higher is required."
                        + end,
                launch(home.resolve("gradus"), "devices").err().get(1));
        Files.delete(folder.resolve("a jdk/include/jni.h"));
        assertRefused("GRADUS_EMULATED_GPU=1 needs the emulator built, but " + folder.resolve("a jdk")
                + " is no JDK (it holds no include/jni.h); let JAVA_HOME name one");
        Files.delete(bin.resolve("make"));
        assertRefused("GRADUS_EMULATED_GPU=1 needs the emulator built, but make is not there");
        Files.delete(bin.resolve("c++"));
        assertRefused(
                "GRADUS_EMULATED_GPU=1 needs the emulator built, but there is no C++ compiler (c++, g++ or clang++)");
        Files.delete(bin.resolve("cmake"));
        assertRefused("GRADUS_EMULATED_GPU=1 needs the emulator built, but CMake (cmake, 3.18 or newer) is not there");
    }

    @Test
    void optionsForTheJvmAreHandedOnAndTheLocaleCanWriteEveryLetter() throws Exception {
        environment.put("GRADUS_JAVA_OPTS", "-Xmx5g -Dx=y");
        environment.put("LC_ALL", "C");
        List<String> said = launch(home.resolve("gradus"), "devices").out();
        assertTrue(said.containsAll(List.of("-Xmx5g", "-Dx=y", "-Dgradus.columns=0")), said::toString);
        assertEquals("LC_ALL=C.UTF-8", said.get(1));
    }
}
