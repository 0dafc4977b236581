// The entry points of streams, and what the other libraries ask of them.
#include "context.h"
#include "stream.h"

namespace gradus {

extern "C" {

CUresult cuStreamCreateWithPriority(CUstream *stream, unsigned flags, int) {
    CUresult entered = enter("cuStreamCreateWithPriority", CUDA_ERROR_OUT_OF_MEMORY);
    if (entered != CUDA_SUCCESS) {
        return entered;
    }
    if (flags > 1) {
        return CUDA_ERROR_INVALID_VALUE;
    }
    *stream = streams().add(Stream::open());
    return CUDA_SUCCESS;
}

CUresult cuStreamDestroy_v2(CUstream handle) {
    CUresult entered = enter("cuStreamDestroy_v2");
    if (entered != CUDA_SUCCESS) {
        return excuseOnDemand(entered, handle);
    }
    auto stream = requireStream("cuStreamDestroy_v2", handle);
    if (stream == nullptr) {
        return stickyError();
    }
    if (invalidateCapture(*stream)) {
        return CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED;
    }
    streams().remove(handle);
    stream->close();
    return CUDA_SUCCESS;
}

CUresult cuStreamSynchronize(CUstream handle) {
    CUresult entered = enterOutsideCapture("cuStreamSynchronize");
    return entered != CUDA_SUCCESS ? entered : static_cast<CUresult>(gradusEmulatorSynchronize(handle));
}

int gradusEmulatorSynchronize(CUstream handle) {
    auto stream = requireStream("synchronize", handle);
    if (stream == nullptr) {
        return stickyError();
    }
    if (invalidateCapturesOfThread() || invalidateCapture(*stream)) {
        return CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED;
    }
    stream->awaitAll();
    return stickyError();
}

int gradusEmulatorEnqueue(CUstream handle, const char *name, const Work *work) {
    auto stream = requireStream(name, handle);
    return stream == nullptr ? stickyError() : submit(*stream, {name, *work});
}

bool gradusEmulatorIsCapturing(CUstream handle) {
    auto stream = streams().find(handle);
    return stream != nullptr && isCapturing(*stream);
}

void gradusEmulatorInvalidateCapture(CUstream handle) {
    auto stream = streams().find(handle);
    if (stream != nullptr) {
        invalidateCapture(*stream);
    }
}
}

}  // namespace gradus
