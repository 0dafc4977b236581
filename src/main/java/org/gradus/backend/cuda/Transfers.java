package org.gradus.backend.cuda;

import static jcuda.driver.JCudaDriver.cuEventSynchronize;
import static jcuda.driver.JCudaDriver.cuMemcpy2DAsync;
import static jcuda.driver.JCudaDriver.cuMemcpyDtoHAsync;
import static jcuda.driver.JCudaDriver.cuMemcpyHtoDAsync;

import java.nio.ByteBuffer;
import jcuda.driver.CUDA_MEMCPY2D;
import jcuda.driver.CUevent;
import jcuda.driver.CUmemorytype;
import org.gradus.backend.Precision;

/**
 * Copies between Java arrays and device memory through two page-locked blocks: while the device copies one, the host fills
 * or empties the other. Numbers are rounded to, or widened from, the device's precision on the way.
 */
final class Transfers implements AutoCloseable {
    private final Context context;
    private final Line line;
    private final Resources resources;
    private final Block[] blocks = new Block[2];

    /** A page-locked block, and the event after the last copy that used it. */
    private record Block(Context.Pinned memory, CUevent used) {}

    Transfers(Line line) {
        this.line = line;
        context = line.context();
        resources = new Resources();
        try {
            for (int i = 0; i < blocks.length; i++) {
                blocks[i] = new Block(context.pin(Pieces.BLOCK, resources), Line.event(context, resources));
            }
        } catch (RuntimeException | Error thrown) {
            resources.closeAfter(thrown);
            throw thrown;
        }
    }

    /** Returns when {@code host} has been read; the device may not have everything yet. */
    void upload(double[] host, CudaBatch out) {
        Pieces pieces = Pieces.of(out);
        for (int i = 0; pieces.hasNext(); i++) {
            Block block = blocks[i % 2];
            Pieces.Piece piece = pieces.next();
            await(block);
            fill(
                    block.memory.bytes(),
                    out.precision(),
                    host,
                    Math.toIntExact(pieces.hostIndex(piece)),
                    piece.numbers());
            copy(out, pieces, piece, block, true);
            line.record(block.used);
        }
    }

    /** The same for integers, which the device takes as they are. */
    void upload(int[] host, DeviceMemory out) {
        int most = Pieces.BLOCK / Integer.BYTES;
        int from = 0;
        for (int i = 0; from < host.length; i++) {
            Block block = blocks[i % 2];
            int length = Math.min(most, host.length - from);
            await(block);
            block.memory.bytes().asIntBuffer().put(host, from, length);
            line.upload(block.memory, out.withByteOffset((long) from * Integer.BYTES), (long) length * Integer.BYTES);
            line.record(block.used);
            from += length;
        }
    }

    /** Waits for the device. */
    void download(CudaBatch in, double[] host) {
        Pieces pieces = Pieces.of(in);
        Pieces.Piece before = null;
        for (int i = 0; before != null || pieces.hasNext(); i++) {
            Pieces.Piece piece = pieces.hasNext() ? pieces.next() : null;
            if (piece != null) {
                copy(in, pieces, piece, blocks[i % 2], false);
                line.record(blocks[i % 2].used);
            }
            if (before != null) {
                Block block = blocks[(i + 1) % 2];
                await(block);
                empty(
                        block.memory.bytes(),
                        in.precision(),
                        host,
                        Math.toIntExact(pieces.hostIndex(before)),
                        before.numbers());
            }
            before = piece;
        }
    }

    private void await(Block block) {
        context.check("cuEventSynchronize", cuEventSynchronize(block.used));
    }

    private static void fill(ByteBuffer block, Precision precision, double[] host, int from, int length) {
        if (precision == Precision.FLOAT64) {
            block.asDoubleBuffer().put(host, from, length);
        } else {
            for (int i = 0; i < length; i++) {
                block.putFloat(i * Float.BYTES, (float) host[from + i]);
            }
        }
    }

    private static void empty(ByteBuffer block, Precision precision, double[] host, int from, int length) {
        if (precision == Precision.FLOAT64) {
            block.asDoubleBuffer().get(host, from, length);
        } else {
            for (int i = 0; i < length; i++) {
                host[from + i] = block.getFloat(i * Float.BYTES);
            }
        }
    }

    private void copy(CudaBatch batch, Pieces pieces, Pieces.Piece piece, Block block, boolean toDevice) {
        long number = batch.precision().bytes();
        DeviceMemory device = batch.pointer(pieces.deviceIndex(piece));
        if (piece.runs() > 1 && !batch.isContiguous()) {
            rows(device, batch.stride() * number, piece.runs(), piece.length() * number, block, toDevice);
        } else if (toDevice) {
            long bytes = number * piece.runs() * piece.length();
            context.check("cuMemcpyHtoDAsync", cuMemcpyHtoDAsync(device, block.memory.pointer(), bytes, line.stream()));
        } else {
            long bytes = number * piece.runs() * piece.length();
            context.check("cuMemcpyDtoHAsync", cuMemcpyDtoHAsync(block.memory.pointer(), device, bytes, line.stream()));
        }
    }

    /** Each matrix is a row of the two-dimensional copy, packed in the block, a stride apart on the device. */
    private void rows(DeviceMemory device, long stride, int runs, long bytes, Block block, boolean toDevice) {
        CUDA_MEMCPY2D copy = new CUDA_MEMCPY2D();
        copy.srcMemoryType = toDevice ? CUmemorytype.CU_MEMORYTYPE_HOST : CUmemorytype.CU_MEMORYTYPE_DEVICE;
        copy.dstMemoryType = toDevice ? CUmemorytype.CU_MEMORYTYPE_DEVICE : CUmemorytype.CU_MEMORYTYPE_HOST;
        copy.srcPitch = toDevice ? bytes : stride;
        copy.dstPitch = toDevice ? stride : bytes;
        copy.WidthInBytes = bytes;
        copy.Height = runs;
        if (toDevice) {
            copy.srcHost = block.memory.pointer();
            copy.dstDevice = device;
        } else {
            copy.srcDevice = device;
            copy.dstHost = block.memory.pointer();
        }
        context.check("cuMemcpy2DAsync", cuMemcpy2DAsync(copy, line.stream()));
    }

    @Override
    public void close() {
        resources.close();
    }
}
