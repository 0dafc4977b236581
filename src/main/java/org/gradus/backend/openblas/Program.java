package org.gradus.backend.openblas;

import java.util.List;
import java.util.stream.IntStream;
import org.gradus.backend.Recording;

/**
 * A recorded sequence of commands and the way in which a team carries it out, chosen once by size:
 *
 * <ul>
 *   <li>too little work between two barriers: the calling thread alone;
 *   <li>enough runs: each worker takes its own runs through the whole sequence and all repetitions, without a barrier,
 *       so that one run's matrices stay in its cache;
 *   <li>otherwise each worker computes its own columns of every product, with barriers where {@link Hazards} asks.
 * </ul>
 *
 * The division depends on shapes and the size of the team only, so results are the same bits every time.
 */
final class Program implements Recording {
    /** A barrier takes as long as about 10⁴ floating-point operations; below this it does not pay. */
    private static final double LEAST_WORK_PER_PHASE = 50_000;

    /** From here on an unequal number of runs per worker costs less than barriers and narrow panels. */
    private static final int RUNS_PER_WORKER = 4;

    private enum Division {
        ALONE,
        BY_RUNS,
        BY_COLUMNS
    }

    private final Team team;
    private final Command[] commands;
    private final boolean[] barrierBefore;
    private final Division division;

    Program(Team team, List<Command> recorded) {
        this.team = team;
        commands = recorded.toArray(Command[]::new);
        barrierBefore = barriers(commands);
        division = divide(team.size(), commands, barrierBefore);
    }

    @Override
    public void replay(long times) {
        for (Command command : commands) {
            command.requireOpen();
        }
        switch (division) {
            case ALONE -> alone(times);
            case BY_RUNS -> team.run(worker -> ownRuns(worker, times));
            case BY_COLUMNS -> team.run(worker -> ownColumns(worker, times));
        }
    }

    private void alone(long times) {
        for (long time = 0; time < times; time++) {
            for (Command command : commands) {
                command.run(0, 0, command.runs(), 0, 1);
            }
        }
    }

    private void ownRuns(int worker, long times) {
        int runs = commands[0].runs();
        int to = Partition.start(runs, worker + 1, team.size());
        for (int run = Partition.start(runs, worker, team.size()); run < to; run++) {
            for (long time = 0; time < times; time++) {
                for (Command command : commands) {
                    command.run(worker, run, run + 1, 0, 1);
                }
            }
        }
    }

    private void ownColumns(int worker, long times) {
        for (long time = 0; time < times; time++) {
            for (int i = 0; i < commands.length; i++) {
                if (barrierBefore[i]) {
                    team.barrier();
                }
                commands[i].run(worker, 0, commands[i].runs(), worker, team.size());
            }
        }
    }

    /** The second of two passes sees what the repetition before has left behind. */
    private static boolean[] barriers(Command[] commands) {
        Hazards hazards = new Hazards();
        boolean[] before = new boolean[commands.length];
        for (int pass = 0; pass < 2; pass++) {
            for (int i = 0; i < commands.length; i++) {
                before[i] |= hazards.barrierBefore(commands[i]);
            }
        }
        return before;
    }

    private static Division divide(int workers, Command[] commands, boolean[] barrierBefore) {
        double work = 0;
        for (Command command : commands) {
            work += command.work();
        }
        long phases = 1
                + IntStream.range(0, commands.length)
                        .filter(i -> barrierBefore[i])
                        .count();
        if (workers == 1 || commands.length == 0 || work / phases < LEAST_WORK_PER_PHASE) {
            return Division.ALONE;
        }
        int runs = commands[0].runs();
        for (Command command : commands) {
            if (command.runs() != runs) {
                return Division.BY_COLUMNS;
            }
        }
        boolean evenly = runs % workers == 0 || runs >= RUNS_PER_WORKER * workers;
        return evenly ? Division.BY_RUNS : Division.BY_COLUMNS;
    }

    @Override
    public void close() {}
}
