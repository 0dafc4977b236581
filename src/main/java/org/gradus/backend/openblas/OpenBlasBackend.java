package org.gradus.backend.openblas;

import org.bytedeco.javacpp.Pointer;
import org.gradus.backend.Arena;
import org.gradus.backend.Backend;
import org.gradus.backend.Ops;
import org.gradus.backend.Precision;
import org.gradus.backend.Recording;
import org.gradus.linalg.OpenBlas;

/** The CPU: OpenBLAS under a team of threads. */
public final class OpenBlasBackend implements Backend {
    private final Team team;
    private final OpenBlasKernels kernels;
    private final Ops ops;
    private int openArenas;

    /**
     * @param threads workers, the calling thread included, at least 1
     * @throws LinkageError where there is no OpenBLAS for this platform
     */
    public OpenBlasBackend(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: " + threads + " is below 1");
        }
        OpenBlas.describe();
        team = new Team(threads);
        kernels = new OpenBlasKernels(team);
        ops = new Ops(this, kernels);
    }

    @Override
    public String name() {
        return "cpu";
    }

    @Override
    public String describe() {
        return OpenBlas.describe() + ", " + team.size() + (team.size() == 1 ? " thread" : " threads");
    }

    @Override
    public long availableBytes() {
        return Pointer.availablePhysicalBytes();
    }

    @Override
    public Arena openArena() {
        openArenas++;
        return new NativeArena(this);
    }

    void arenaClosed() {
        openArenas--;
    }

    @Override
    public Ops ops() {
        return ops;
    }

    @Override
    public double workPerSecond(Precision precision) {
        return 5e10;
    }

    /** With AVX-512, n = 64: 64 GF/s for AᵀB against 95 to 101 for the others, while products are not packed. */
    @Override
    public int slowTransposedProductsUpTo() {
        return 100;
    }

    @Override
    public Recording record(Runnable step, Runnable check) {
        return kernels.record(step, check);
    }

    @Override
    public void close() {
        if (openArenas > 0) {
            throw new IllegalStateException("cpu: closed with " + openArenas + " arenas open");
        }
        team.close();
    }
}
