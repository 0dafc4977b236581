package org.gradus.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher of a bundle that needs glibc 2.34, with a Java that only writes down its call, on a path of our tools alone. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
final class BundleLauncherTest {
    private record Result(int status, List<String> out, List<String> err) {}

    @TempDir
    Path folder;

    private Path home;
    private Path bin;
    private final Map<String, String> environment = new TreeMap<>();

    @BeforeEach
    void unpack() throws IOException {
        home = Files.createDirectories(folder.toRealPath().resolve("my bundle"));
        bin = Files.createDirectories(folder.resolve("bin"));
        String text = Files.readString(Path.of("bundle/gradus"))
                .replace("@GLIBC_MAJOR@", "2")
                .replace("@GLIBC_MINOR@", "34")
                .replace("@GLIBC@", "2.34")
                .replace("@COMMIT@", "abc");
        script(home.resolve("gradus"), text);
        script(
                home.resolve("runtime/bin/java"),
                "#!/bin/sh\necho \"LC_ALL=${LC_ALL:-}\"\nfor argument; do echo \"$argument\"; done\n");
        environment.put("PATH", bin.toString());
        environment.put("HOME", "/home/somebody");
    }

    private static void script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertTrue(file.toFile().setExecutable(true));
    }

    private void tool(String name, String text) throws IOException {
        script(bin.resolve(name), "#!/bin/sh\n" + text + "\n");
    }

    private Result launch(String... command) throws Exception {
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

    private void assertStarted(Result result, String... arguments) {
        assertEquals(0, result.status(), () -> "" + result);
        assertEquals(List.of(), result.err());
        List<String> said = result.out();
        int main = said.indexOf("org.gradus.cli.Main");
        assertEquals(List.of(arguments), said.subList(main + 1, said.size()));
        assertTrue(
                said.containsAll(List.of(home + "/lib/*", "-Dgradus.bundle=" + home, "-Dgradus.commit=abc")),
                () -> "" + said);
    }

    private void assertRefused(String words) throws Exception {
        Result refused = launch(home + "/gradus", "devices");
        assertEquals(4, refused.status(), () -> "" + refused);
        assertEquals(1, refused.err().size(), () -> "" + refused);
        assertTrue(refused.err().get(0).startsWith("gradus: " + words), () -> "" + refused);
    }

    @Test
    void itStartsWithNoOtherProgramThanTheShellAndHandsEveryArgumentOn() throws Exception {
        assertStarted(launch(home + "/gradus", "run", "a b.yaml", "", "*"), "run", "a b.yaml", "", "*");
        assertStarted(launch("/bin/sh", home + "/gradus", "devices"), "devices");
    }

    @Test
    void itIsFoundThroughLinksOnThePathAndFromItsOwnFolder() throws Exception {
        tool("readlink", "exec /usr/bin/readlink \"$@\"");
        Files.createSymbolicLink(home.resolve("second"), Path.of("gradus"));
        Path link = Files.createSymbolicLink(folder.resolve("first link"), home.resolve("second"));
        assertStarted(launch(link.toString(), "devices"), "devices");
        Files.createSymbolicLink(bin.resolve("gradus"), home.resolve("gradus"));
        assertStarted(launch("/bin/sh", "-c", "gradus devices"), "devices");
        assertStarted(
                launch("/bin/sh", "-c", "cd '" + home + "' && sh gradus devices".replace("sh ", "/bin/sh ")),
                "devices");
    }

    @Test
    void aLinkWithoutReadlinkIsOneLine() throws Exception {
        Files.move(home.resolve("gradus"), home.resolve("real"));
        Files.createSymbolicLink(home.resolve("gradus"), Path.of("real"));
        assertRefused(home + "/gradus is a symbolic link, and there is no readlink to follow it; ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"glibc 2.33", "glibc 2.5", "glibc 2.17.1", "glibc 1.99"})
    void anOlderGlibcIsOneLine(String version) throws Exception {
        tool("getconf", "echo '" + version + "'");
        assertRefused("this machine has " + version + ", and the bundle needs 2.34 or newer; ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"glibc 2.34", "glibc 2.100", "glibc 3.0", "2.34.9000", "musl libc (x86_64)", ""})
    void aNewEnoughGlibcAndOneThatCannotBeToldAreNotRefused(String version) throws Exception {
        tool("getconf", "echo '" + version + "'");
        assertStarted(launch(home + "/gradus", "devices"), "devices");
    }

    @ParameterizedTest
    @CsvSource({"Linux aarch64", "Darwin arm64", "FreeBSD amd64"})
    void anotherPlatformIsOneLine(String machine) throws Exception {
        tool("uname", "echo '" + machine + "'");
        assertRefused("this bundle is for Linux on x86-64, and this is " + machine + "; ");
        tool("uname", "echo 'Linux x86_64'");
        assertStarted(launch(home + "/gradus", "devices"), "devices");
    }

    @Test
    void aMissingRuntimeIsOneLine() throws Exception {
        Files.delete(home.resolve("runtime/bin/java"));
        assertRefused(home + "/runtime/bin/java is missing or may not be executed; unpack the whole archive");
    }

    @Test
    void optionsFontsHomeAndLocaleReachTheJvm() throws Exception {
        environment.put("GRADUS_JAVA_OPTS", "-Xmx5g -Dx=y");
        environment.put("LC_ALL", "C");
        Path fonts = home.resolve("runtime/lib/fonts/fontconfig.properties");
        Files.createDirectories(fonts.getParent());
        Files.createFile(fonts);
        List<String> said = launch(home + "/gradus", "devices").out();
        List<String> wanted = new ArrayList<>(List.of("LC_ALL=C.UTF-8", "-Xmx5g", "-Dx=y", "-Dgradus.columns=0"));
        wanted.addAll(List.of("-Duser.home=/home/somebody", "-Dsun.awt.fontconfig=" + fonts, "-Dfile.encoding=UTF-8"));
        assertTrue(said.containsAll(wanted), said::toString);
        environment.put("LC_ALL", "de_DE.UTF-8");
        said = launch(home + "/gradus", "devices").out();
        assertTrue(said.contains("LC_ALL=de_DE.UTF-8") && !said.contains("-Dfile.encoding=UTF-8"), said::toString);
    }
}
