package org.gradus.backend.cuda;

import static jcuda.driver.JCudaDriver.cuEventCreate;
import static jcuda.driver.JCudaDriver.cuEventDestroy;
import static jcuda.driver.JCudaDriver.cuEventQuery;
import static jcuda.driver.JCudaDriver.cuEventRecord;
import static jcuda.driver.JCudaDriver.cuMemcpyHtoDAsync;
import static jcuda.driver.JCudaDriver.cuStreamCreateWithPriority;
import static jcuda.driver.JCudaDriver.cuStreamDestroy;
import static jcuda.driver.JCudaDriver.cuStreamSynchronize;
import static jcuda.driver.JCudaDriver.cuStreamWaitEvent;

import jcuda.driver.CUevent;
import jcuda.driver.CUevent_flags;
import jcuda.driver.CUresult;
import jcuda.driver.CUstream;
import jcuda.driver.CUstream_flags;
import org.gradus.backend.BackendException;

/** A stream: what is given to it is carried out in order, while the host goes on. */
final class Line implements AutoCloseable {
    private final Context context;
    private final CUstream stream = new CUstream();
    private final Resources resources;

    Line(Context context) {
        this.context = context;
        resources = new Resources();
        context.check(
                "cuStreamCreateWithPriority",
                cuStreamCreateWithPriority(stream, CUstream_flags.CU_STREAM_NON_BLOCKING, 0));
        resources.add(context.release("cuStreamDestroy", () -> cuStreamDestroy(stream)));
    }

    Context context() {
        return context;
    }

    CUstream stream() {
        return stream;
    }

    /** What is given to the line next waits until {@code event}, recorded on any line, has come. */
    void waitFor(CUevent event) {
        context.check("cuStreamWaitEvent", cuStreamWaitEvent(stream, event, 0));
    }

    /** Marks the present end of the line with {@code event}. */
    void record(CUevent event) {
        context.check("cuEventRecord", cuEventRecord(event, stream));
    }

    /** The host waits until the device has done all that was given to this line. */
    void await() {
        context.check("cuStreamSynchronize", cuStreamSynchronize(stream));
    }

    /** Waits before memory that the device may be using is given back; a lost context uses none. */
    void settle() {
        if (!context.isLost()) {
            await();
        }
    }

    /** The same after {@code thrown}, to which a failure is added. */
    void settleAfter(Throwable thrown) {
        try {
            settle();
        } catch (BackendException alsoFailed) {
            thrown.addSuppressed(alsoFailed);
        }
    }

    /** Copies from page-locked memory, which must stay as it is until the line has come to it. */
    void upload(Context.Pinned from, DeviceMemory to, long bytes) {
        context.check("cuMemcpyHtoDAsync", cuMemcpyHtoDAsync(to, from.pointer(), bytes, stream));
    }

    /** A new event without a time, which {@code owner} destroys. */
    static CUevent event(Context context, Resources owner) {
        CUevent event = new CUevent();
        context.check(
                "cuEventCreate",
                cuEventCreate(event, CUevent_flags.CU_EVENT_DISABLE_TIMING | CUevent_flags.CU_EVENT_BLOCKING_SYNC));
        owner.add(context.release("cuEventDestroy", () -> cuEventDestroy(event)));
        return event;
    }

    /** Whether the device has come to {@code event}. Does not wait. */
    static boolean hasCome(Context context, CUevent event) {
        int status = cuEventQuery(event);
        if (status == CUresult.CUDA_ERROR_NOT_READY) {
            return false;
        }
        context.check("cuEventQuery", status);
        return true;
    }

    @Override
    public void close() {
        resources.close();
    }
}
