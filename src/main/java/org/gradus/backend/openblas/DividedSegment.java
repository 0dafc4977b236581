package org.gradus.backend.openblas;

import java.util.Arrays;
import java.util.List;

/**
 * Commands that are divided, in a way chosen once by size:
 *
 * <ul>
 *   <li>by runs, where there are several: each worker takes its own runs through the whole sequence and all repetitions,
 *       without a barrier, so that one run's matrices stay in its cache;
 *   <li>by columns otherwise: each worker computes its own columns of every product, with barriers where {@link Hazards}
 *       asks;
 *   <li>either way by the calling thread alone where there is too little work to divide.
 * </ul>
 */
final class DividedSegment implements Segment {
    /**
     * Between two barriers a worker fetches from another's cache what that one has just written, at some 4 GB/s for
     * matrices that fit the first level: with less work than this to gain from it, that does not pay (measured: 64 and 80
     * rows alone, 96 divided).
     */
    static final double LEAST_WORK_PER_PHASE = 1.5e6;

    /** Waking a team costs as much as this many operations. */
    private static final double LEAST_WORK = 5e4;

    /** From here on an unequal number of runs per worker costs less than barriers and narrow panels. */
    private static final int RUNS_PER_WORKER = 4;

    private final Team team;
    private final DividedCommand[] commands;
    private final boolean[] barrierBefore;
    private final boolean byRuns;
    private final int workers;

    /** @param repeats whether its last command is followed by its first, with nothing in between */
    DividedSegment(Team team, List<DividedCommand> recorded, boolean repeats) {
        this.team = team;
        commands = recorded.toArray(DividedCommand[]::new);
        barrierBefore = barriers(commands, repeats ? 2 : 1);
        int runs = commands[0].runs();
        boolean severalRuns = runs > 1 && Arrays.stream(commands).allMatch(command -> command.runs() == runs);
        double work = Arrays.stream(commands).mapToDouble(Command::work).sum();
        boolean evenly = runs % team.size() == 0 || runs >= RUNS_PER_WORKER * team.size();
        if (severalRuns && evenly) {
            byRuns = true;
            workers = work < LEAST_WORK ? 1 : team.size();
        } else {
            workers = work / phases(barrierBefore) < LEAST_WORK_PER_PHASE ? 1 : team.size();
            byRuns = severalRuns && workers == 1;
        }
    }

    @Override
    public int workers() {
        return workers;
    }

    @Override
    public void carryOut(int worker, long times) {
        if (byRuns) {
            ownRuns(worker, times);
        } else {
            ownColumns(worker, times);
        }
    }

    private void ownRuns(int worker, long times) {
        int runs = commands[0].runs();
        int to = Partition.start(runs, worker + 1, workers);
        for (int run = Partition.start(runs, worker, workers); run < to; run++) {
            for (long time = 0; time < times; time++) {
                for (DividedCommand command : commands) {
                    command.run(worker, run, run + 1, 0, 1);
                }
            }
        }
    }

    private void ownColumns(int worker, long times) {
        for (long time = 0; time < times; time++) {
            for (int i = 0; i < commands.length; i++) {
                if (workers > 1 && barrierBefore[i]) {
                    team.barrier();
                }
                commands[i].run(worker, 0, commands[i].runs(), worker, workers);
            }
        }
    }

    /** The second of two passes sees what the repetition before has left behind. */
    private static boolean[] barriers(DividedCommand[] commands, int passes) {
        Hazards hazards = new Hazards();
        boolean[] before = new boolean[commands.length];
        for (int pass = 0; pass < passes; pass++) {
            for (int i = 0; i < commands.length; i++) {
                before[i] |= hazards.barrierBefore(commands[i]);
            }
        }
        return before;
    }

    private static int phases(boolean[] barrierBefore) {
        int phases = 1;
        for (boolean barrier : barrierBefore) {
            phases += barrier ? 1 : 0;
        }
        return phases;
    }
}
