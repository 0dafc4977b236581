package org.gradus.backend;

import java.util.List;
import java.util.Optional;
import org.gradus.backend.reference.ReferenceBackend;

/** Another backend, to be changed in some way; memory and verbs belong to the backend inside. */
public abstract class ForwardingBackend implements Backend {
    private final Backend inside;

    protected ForwardingBackend(Backend inside) {
        this.inside = inside;
    }

    /** The reference backend, changed. */
    protected ForwardingBackend() {
        this(new ReferenceBackend());
    }

    protected final Backend inside() {
        return inside;
    }

    @Override
    public String name() {
        return inside.name();
    }

    @Override
    public String describe() {
        return inside.describe();
    }

    @Override
    public long availableBytes() {
        return inside.availableBytes();
    }

    @Override
    public long singularValuesBytes(List<Shape> matrices, Precision precision) {
        return inside.singularValuesBytes(matrices, precision);
    }

    @Override
    public double workPerSecond(Precision precision) {
        return inside.workPerSecond(precision);
    }

    @Override
    public int slowTransposedProductsUpTo() {
        return inside.slowTransposedProductsUpTo();
    }

    @Override
    public Arena openArena() {
        return inside.openArena();
    }

    @Override
    public Ops ops() {
        return inside.ops();
    }

    @Override
    public SideLine openSideLine() {
        return inside.openSideLine();
    }

    @Override
    public int lookahead() {
        return inside.lookahead();
    }

    @Override
    public Recording record(Runnable step, Runnable check) {
        return inside.record(step, check);
    }

    @Override
    public Optional<Recording> fuse(List<MatrixBatch> factors, MatrixBatch target, MatrixBatch perRun, Runnable check) {
        return inside.fuse(factors, target, perRun, check);
    }

    @Override
    public void close() {
        inside.close();
    }
}
