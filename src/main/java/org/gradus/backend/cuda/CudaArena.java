package org.gradus.backend.cuda;

import static jcuda.driver.JCudaDriver.cuMemsetD8Async;

import org.gradus.backend.Arena;
import org.gradus.backend.Mailbox;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Places;
import org.gradus.backend.Precision;
import org.gradus.backend.Shape;

/** Device memory and page-locked mailboxes. Closing it waits until the device has done with them, measurements included. */
final class CudaArena extends Arena {
    private final CudaBackend owner;
    private final Context context;
    private final Line line;
    private final Transfers transfers;
    private final Resources resources;

    CudaArena(CudaBackend owner, Context context, Line line, Transfers transfers) {
        super(owner);
        this.owner = owner;
        this.context = context;
        this.line = line;
        this.transfers = transfers;
        resources = new Resources();
    }

    @Override
    protected MatrixBatch newBatch(Shape shape, Precision precision) {
        long bytes = Math.multiplyExact(shape.size(), precision.bytes());
        DeviceMemory memory = context.allocate(bytes, shape.toString(), resources);
        context.check("cuMemsetD8Async", cuMemsetD8Async(memory, (byte) 0, bytes, line.stream()));
        return new CudaBatch(this, shape, precision, memory, 0, shape.entries());
    }

    @Override
    protected Mailbox newMailbox(int size) {
        return new CudaMailbox(this, size, context.pin(Math.multiplyExact(size, Double.BYTES), resources));
    }

    @Override
    protected Places newPlaces(int rows, int[] starts, int[] rowIndices) {
        int cols = starts.length - 1;
        String what = rowIndices.length + " places of " + rows + "×" + cols;
        return new CudaPlaces(this, rows, cols, rowIndices.length, integers(starts, what), integers(rowIndices, what));
    }

    private DeviceMemory integers(int[] host, String what) {
        long bytes = Math.max(1, host.length) * (long) Integer.BYTES; // of nothing, too, there is a place
        DeviceMemory memory = context.allocate(bytes, what, resources);
        transfers.upload(host, memory);
        return memory;
    }

    @Override
    protected void release() {
        owner.arenaClosed();
        resources.add(line::settle); // last in, first out
        resources.close();
    }
}
