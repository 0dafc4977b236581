package org.gradus.backend.openblas;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.gradus.backend.HostMailbox;
import org.gradus.backend.HostPlaces;
import org.gradus.backend.Kernels;
import org.gradus.backend.Mailbox;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Places;
import org.gradus.backend.Recording;
import org.gradus.backend.Transpose;

/** Turns verbs into commands, which are carried out at once, or kept while a recording is made. */
final class OpenBlasKernels implements Kernels {
    private final Team team;
    private final SingularValues singularValues;
    private List<Command> recorded;

    OpenBlasKernels(Team team) {
        this.team = team;
        singularValues = new SingularValues(team);
    }

    Recording record(Runnable step, Runnable check) {
        return new CheckedProgram(program(step), program(check));
    }

    private Program program(Runnable body) {
        if (recorded != null) {
            throw new IllegalStateException("record: a recording is being made already");
        }
        recorded = new ArrayList<>();
        try {
            body.run();
            return new Program(team, recorded);
        } catch (RuntimeException thrown) {
            recorded.forEach(Command::close);
            throw thrown;
        } finally {
            recorded = null;
        }
    }

    private void issue(Command... commands) {
        if (recorded != null) {
            recorded.addAll(List.of(commands));
        } else {
            try (Program program = new Program(team, List.of(commands))) {
                program.replay(1);
            }
        }
    }

    private void refuseWhileRecording(String verb) {
        if (recorded != null) {
            throw new IllegalStateException(verb + ": cannot be part of a recording");
        }
    }

    @Override
    public void upload(double[] host, MatrixBatch out) {
        refuseWhileRecording("upload");
        NativeBatch target = NativeBatch.of(out);
        Pointer pointer = target.pointer();
        inBlocks(
                target,
                (position, from, length) -> target.blas().upload(host, from, length, pointer.position(position)));
    }

    @Override
    public void download(MatrixBatch in, double[] host) {
        refuseWhileRecording("download");
        NativeBatch source = NativeBatch.of(in);
        Pointer pointer = source.pointer();
        inBlocks(
                source,
                (position, from, length) -> source.blas().download(pointer.position(position), host, from, length));
    }

    private interface Block {
        /** Entries [from, from + length) of the host's array lie at {@code position} of the allocation. */
        void transfer(long position, int from, int length);
    }

    private static void inBlocks(NativeBatch batch, Block block) {
        int most = 1 << 20;
        int entries = Math.toIntExact(batch.shape().entries());
        for (int run = 0; run < batch.shape().batch(); run++) {
            for (int from = 0; from < entries; from += Math.min(most, entries - from)) {
                int length = Math.min(most, entries - from);
                block.transfer(batch.position(run, 0) + from, run * entries + from, length);
            }
        }
    }

    @Override
    public void copy(MatrixBatch in, MatrixBatch out) {
        issue(new PassCommand(team.size(), PassCommand.COPY, null, NativeBatch.of(in), NativeBatch.of(out)));
    }

    @Override
    public void multiply(
            double alpha,
            Transpose transA,
            MatrixBatch a,
            Transpose transB,
            MatrixBatch b,
            double beta,
            MatrixBatch out) {
        issue(new MultiplyCommand(
                team.size(),
                alpha,
                null,
                transA,
                NativeBatch.of(a),
                transB,
                NativeBatch.of(b),
                beta,
                NativeBatch.of(out)));
    }

    /** out ← −s·target, then out ← out + s·op(a)·op(b): xGEMM passes over out once more for every beta but 1. */
    @Override
    public void residual(
            MatrixBatch perRun,
            Transpose transA,
            MatrixBatch a,
            Transpose transB,
            MatrixBatch b,
            MatrixBatch target,
            MatrixBatch out) {
        NativeBatch factors = NativeBatch.of(perRun);
        NativeBatch residual = NativeBatch.of(out);
        issue(new PassCommand(team.size(), PassCommand.COPY_NEGATED, factors, NativeBatch.of(target), residual));
        issue(new MultiplyCommand(
                team.size(), 1, factors, transA, NativeBatch.of(a), transB, NativeBatch.of(b), 1, residual));
    }

    @Override
    public void scale(MatrixBatch perRun, MatrixBatch x) {
        NativeBatch target = NativeBatch.of(x);
        issue(new PassCommand(team.size(), PassCommand.SCALE, NativeBatch.of(perRun), target, target));
    }

    @Override
    public void addScaled(MatrixBatch perRun, MatrixBatch x, MatrixBatch out) {
        issue(new PassCommand(
                team.size(), PassCommand.ADD_SCALED, NativeBatch.of(perRun), NativeBatch.of(x), NativeBatch.of(out)));
    }

    @Override
    public void sumOfSquares(MatrixBatch x, MatrixBatch out) {
        issue(new SumOfSquaresCommand(team.size(), NativeBatch.of(x), NativeBatch.of(out)));
    }

    @Override
    public void measure(MatrixBatch operators, MatrixBatch observations, MatrixBatch x, MatrixBatch out) {
        issue(new MeasureCommand(
                team.size(),
                NativeBatch.of(operators),
                NativeBatch.of(observations),
                NativeBatch.of(x),
                NativeBatch.of(out),
                null));
    }

    @Override
    public void normalResidual(
            MatrixBatch perRun,
            MatrixBatch operators,
            MatrixBatch observations,
            MatrixBatch x,
            MatrixBatch residuals,
            double beta,
            MatrixBatch out) {
        Accumulators sums = new Accumulators(team.size(), x.shape(), x.precision());
        issue(
                new MeasureCommand(
                        team.size(),
                        NativeBatch.of(operators),
                        NativeBatch.of(observations),
                        NativeBatch.of(x),
                        NativeBatch.of(residuals),
                        sums),
                new SumCommand(NativeBatch.of(perRun), sums, beta, NativeBatch.of(out)));
    }

    @Override
    public void columnInnerProducts(MatrixBatch a, MatrixBatch b, MatrixBatch out) {
        issue(new InnerProductsCommand(NativeBatch.of(a), NativeBatch.of(b), NativeBatch.of(out)));
    }

    @Override
    public void scaleColumns(MatrixBatch factors, MatrixBatch in, MatrixBatch out) {
        issue(new ScaleColumnsCommand(NativeBatch.of(factors), NativeBatch.of(in), NativeBatch.of(out)));
    }

    @Override
    public void gather(Places places, MatrixBatch x, MatrixBatch out) {
        issue(new GatherCommand((HostPlaces) places, NativeBatch.of(x), NativeBatch.of(out)));
    }

    @Override
    public void observedResidual(
            MatrixBatch perRun, Places places, MatrixBatch values, MatrixBatch residuals, MatrixBatch x) {
        issue(new ObservedResidualCommand(
                team.size(),
                NativeBatch.of(perRun),
                (HostPlaces) places,
                NativeBatch.of(values),
                NativeBatch.of(residuals),
                NativeBatch.of(x)));
    }

    @Override
    public void post(MatrixBatch in, Mailbox out) {
        issue(new PostCommand(team.size(), NativeBatch.of(in), ((HostMailbox) out).numbers()));
    }

    @Override
    public void singularValues(List<MatrixBatch> matrices, List<MatrixBatch> out) {
        refuseWhileRecording("singularValues");
        singularValues.compute(matrices, out);
    }
}
