package org.gradus.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.gradus.backend.Backend;
import org.gradus.backend.Options;
import org.gradus.backend.Precision;
import org.gradus.dynamics.DenseDescent;
import org.gradus.dynamics.Measures;
import org.gradus.dynamics.State;
import org.gradus.init.Dimensions;
import org.gradus.init.Given;
import org.gradus.linalg.Matrix;
import org.gradus.problem.Estimation;
import org.gradus.problem.Loss;
import org.gradus.select.Backends;
import org.gradus.store.MatrixFile;
import org.gradus.store.NpyWriter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Gradus as a peer of those in bench/peers: carries out one command a line, as worker.py describes them. Argument: backend. */
public final class PeerWorker {
    private final Backend backend;
    private final DenseDescent descent;
    private final int depth;

    private PeerWorker(JsonNode open, String name) {
        depth = open.get("depth").asInt();
        int runs = open.get("runs").asInt();
        Path folder = Path.of(open.get("folder").asString());
        List<Matrix> factors = new ArrayList<>();
        for (int j = 1; j <= depth; j++) {
            factors.add(MatrixFile.read(folder.resolve("W_" + j + ".npy")));
        }
        Matrix target = MatrixFile.read(folder.resolve("target.npy"));
        backend = Backends.open(name, Options.threads(open.get("threads").asInt()))
                .backend();
        descent = new DenseDescent(
                backend,
                open.get("precision").asString().equals("float32") ? Precision.FLOAT32 : Precision.FLOAT64,
                new Estimation(target, Optional.empty(), Loss.SUM),
                new Dimensions(Collections.nCopies(depth + 1, target.rows())),
                Collections.nCopies(
                        runs,
                        new DenseDescent.Run(
                                new Given(factors), open.get("step_size").asDouble())),
                new Measures(true, false));
    }

    /** Answers until standard input ends. */
    public static void main(String[] arguments) throws IOException {
        JsonMapper mapper = JsonMapper.shared();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PeerWorker worker = null;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            JsonNode command = mapper.readTree(line);
            Map<String, Object> answer = new LinkedHashMap<>();
            if (command.get("do").asString().equals("open")) {
                worker = new PeerWorker(command, arguments.length > 0 ? arguments[0] : "cpu");
                answer.put("describe", "Gradus, " + worker.backend.describe());
            } else {
                worker.carryOut(command, answer);
            }
            System.out.println(mapper.writeValueAsString(answer));
        }
    }

    private void carryOut(JsonNode command, Map<String, Object> answer) {
        switch (command.get("do").asString()) {
            case "check" -> {
                steps(command.get("steps").asLong());
                State state = descent.observe();
                NpyWriter.write(Path.of(command.get("file").asString()), state.product(descent.runs() - 1));
            }
            case "steps" ->
                answer.put("seconds", timed(this::steps, command.get("seconds").asDouble()));
            case "record" ->
                answer.put(
                        "seconds", timed(this::records, command.get("seconds").asDouble()));
            default -> throw new IllegalArgumentException(command.toString());
        }
    }

    private void steps(long count) {
        for (long left = count; left > 0; ) {
            long now = Math.min(left, descent.stepsPerCheck());
            descent.advance(now);
            left -= now;
        }
        while (descent.settled() < descent.step()) {
            Thread.onSpinWait();
        }
    }

    private void records(long count) {
        for (long i = 0; i < count; i++) {
            State state = descent.observe();
            for (int run = 0; run < descent.runs(); run++) {
                state.loss(run);
                state.singularValues(run);
            }
        }
    }

    /** Seconds of one unit of {@code work}, as worker.py takes them. */
    private static double timed(LongConsumer work, double seconds) {
        work.accept(1);
        long begin = System.nanoTime();
        work.accept(1);
        long times = (long) Math.max(1, seconds / ((System.nanoTime() - begin) / 1e9) / 4);
        long done = 0;
        long start = System.nanoTime();
        while (true) {
            work.accept(times);
            done += times;
            double gone = (System.nanoTime() - start) / 1e9;
            if (gone >= seconds) {
                return gone / done;
            }
        }
    }
}
