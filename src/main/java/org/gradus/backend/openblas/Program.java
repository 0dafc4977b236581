package org.gradus.backend.openblas;

import java.util.ArrayList;
import java.util.List;

/**
 * A recorded sequence of commands, cut into segments: every {@link SharedCommand} is one by itself, and the commands between
 * two of them are another. Workers wait for each other between segments, so that a sequence without shared commands, one
 * segment, is left to them for all its repetitions.
 *
 * <p>The division depends on shapes and the size of the team only, so results are the same bits every time.
 */
final class Program implements AutoCloseable {
    private final Team team;
    private final List<Command> commands;
    private final Segment[] segments;
    private final int workers;
    private boolean closed;

    Program(Team team, List<Command> recorded) {
        this.team = team;
        commands = List.copyOf(recorded);
        segments = segments(team, commands);
        int most = 1;
        for (Segment segment : segments) {
            most = Math.max(most, segment.workers());
        }
        workers = most;
    }

    private static Segment[] segments(Team team, List<Command> commands) {
        boolean shared = commands.stream().anyMatch(SharedCommand.class::isInstance);
        List<Segment> segments = new ArrayList<>();
        List<DividedCommand> divided = new ArrayList<>();
        for (Command command : commands) {
            if (command instanceof DividedCommand piecewise) {
                divided.add(piecewise);
            } else {
                flush(team, divided, segments);
                segments.add(new SharedSegment(team, (SharedCommand) command));
            }
        }
        if (shared) {
            flush(team, divided, segments);
        } else if (!divided.isEmpty()) {
            segments.add(new DividedSegment(team, divided, true));
        }
        return segments.toArray(Segment[]::new);
    }

    private static void flush(Team team, List<DividedCommand> divided, List<Segment> segments) {
        if (!divided.isEmpty()) {
            segments.add(new DividedSegment(team, divided, false));
            divided.clear();
        }
    }

    /**
     * Carries the sequence out {@code times} times, one after another.
     *
     * @throws IllegalStateException if this is closed, or an arena whose memory it uses
     */
    void replay(long times) {
        if (closed) {
            throw new IllegalStateException("replay: the recording is closed");
        }
        for (Command command : commands) {
            command.requireOpen();
        }
        if (workers == 1) {
            carryOut(0, times);
        } else {
            team.run(worker -> carryOut(worker, times));
        }
    }

    private void carryOut(int worker, long times) {
        if (segments.length == 1) {
            segments[0].carryOut(worker, times);
            return;
        }
        for (long time = 0; time < times; time++) {
            for (Segment segment : segments) {
                if (workers > 1) {
                    team.barrier();
                }
                if (worker < segment.workers()) {
                    segment.carryOut(worker, 1);
                }
            }
        }
    }

    /** Frees what commands have allocated for themselves. */
    @Override
    public void close() {
        closed = true;
        commands.forEach(Command::close);
    }
}
