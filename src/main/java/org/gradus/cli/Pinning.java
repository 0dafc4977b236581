package org.gradus.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.gradus.backend.BackendException;

/** Binds the threads that compute each to a core of its own, by util-linux's taskset, since Java has no call for it. */
final class Pinning {
    /** The thread that hands out work, worker 0, by the name that Java's launcher gives it in the kernel. */
    private static final String MAIN = "java";

    /** The CPU backend's further workers; their number follows. */
    private static final String WORKER = "gradus-blas-";

    private static final Path TASKS = Path.of("/proc/self/task");

    private Pinning() {}

    /**
     * Binds the calling program's main thread and the CPU backend's workers, in the order of their numbers.
     *
     * @throws BackendException where there is no Linux or no taskset
     */
    static void pin() {
        List<String> cores = cores();
        threads().forEach((thread, worker) -> taskset(thread, cores.get(worker % cores.size())));
    }

    /** Those that the process may use. */
    static List<String> cores() {
        List<String> cores = new ArrayList<>();
        for (String range : allowed().split(",", -1)) {
            String[] ends = range.trim().split("-", -1);
            int last = Integer.parseInt(ends[ends.length - 1]);
            for (int core = Integer.parseInt(ends[0]); core <= last; core++) {
                cores.add(Integer.toString(core));
            }
        }
        return cores;
    }

    /** As the kernel writes it, such as {@code 0-3,6}. */
    static String allowed() {
        String key = "Cpus_allowed_list:";
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(key.length()).strip())
                    .findFirst()
                    .orElseThrow(() -> new BackendException("cpu: the kernel does not tell which cores may be used"));
        } catch (IOException e) {
            throw new BackendException("cpu: threads can be bound to cores on Linux only", e);
        }
    }

    /** Numbers of workers by the kernel's numbers of their threads. */
    private static Map<String, Integer> threads() {
        try (Stream<Path> tasks = Files.list(TASKS)) {
            Map<String, Integer> found = new TreeMap<>();
            for (Path task : tasks.toList()) {
                String name = name(task);
                if (name.equals(MAIN)) {
                    found.put(task.getFileName().toString(), 0);
                } else if (name.matches(WORKER + "\\d+")) {
                    found.put(task.getFileName().toString(), Integer.valueOf(name.substring(WORKER.length())));
                }
            }
            return found;
        } catch (IOException e) {
            throw new BackendException("cpu: the process's threads cannot be listed: " + e.getMessage(), e);
        }
    }

    /** Empty for a thread that has ended meanwhile. */
    private static String name(Path task) throws IOException {
        try {
            return Files.readString(task.resolve("comm")).strip();
        } catch (IOException e) {
            if (Files.exists(task)) {
                throw e;
            }
            return "";
        }
    }

    private static void taskset(String thread, String core) {
        try {
            Process process = new ProcessBuilder("taskset", "-pc", core, thread)
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0 && Files.exists(TASKS.resolve(thread))) {
                throw new BackendException(
                        "cpu: taskset refused to bind a thread to core " + core + ": " + said.strip());
            }
        } catch (IOException e) {
            throw new BackendException("cpu: --pin needs the program taskset (util-linux): " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackendException("cpu: interrupted while threads were bound to cores", e);
        }
    }
}
