package org.gradus.backend.openblas;

/** One command by the whole team, or by the calling thread where there is too little work to divide. */
final class SharedSegment implements Segment {
    private final Team team;
    private final SharedCommand command;
    private final int workers;

    SharedSegment(Team team, SharedCommand command) {
        this.team = team;
        this.command = command;
        workers = command.work() < DividedSegment.LEAST_WORK_PER_PHASE ? 1 : team.size();
    }

    @Override
    public int workers() {
        return workers;
    }

    @Override
    public void carryOut(int worker, long times) {
        for (long time = 0; time < times; time++) {
            if (time > 0 && workers > 1) {
                team.barrier();
            }
            command.run(worker, workers);
        }
    }
}
