#include "context.h"

#include "control.h"
#include "emulator.h"
#include "memory.h"
#include "module.h"
#include "stream.h"

#include <atomic>
#include <cstdarg>
#include <cstdio>
#include <mutex>

// The one primary context there is.
struct CUctx_st {};

namespace gradus {
namespace {

CUctx_st primary;
std::atomic<bool> initialized{false};
std::atomic<int> sticky{CUDA_SUCCESS};
std::mutex retaining;
std::atomic<long> retained{0};
thread_local CUcontext current = nullptr;
thread_local bool failedOnDemand = false; // the last call of this thread that entered

CUresult state() {
    if (!initialized) {
        return CUDA_ERROR_NOT_INITIALIZED;
    }
    if (current == nullptr) {
        return CUDA_ERROR_INVALID_CONTEXT;
    }
    return retained == 0 ? CUDA_ERROR_CONTEXT_IS_DESTROYED : stickyError();
}

CUresult refuseInCapture(const char *name) {
    if (!invalidateCapturesOfThread()) {
        return CUDA_SUCCESS;
    }
    std::fprintf(stderr, "CUDA emulator: %s is not permitted while this thread captures\n", name);
    return CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED;
}

// The device forgets all that its context owned.
void tearDown() {
    destroyAllStreams();
    loseLiving(sticky == CUDA_SUCCESS);
    forgetModules();
    releaseAllMemory();
    sticky = CUDA_SUCCESS;
}

}  // namespace

CUresult stickyError() {
    return static_cast<CUresult>(sticky.load());
}

void stick(CUresult error) {
    int none = CUDA_SUCCESS;
    sticky.compare_exchange_strong(none, error);
}

CUresult demanded(CUresult usual) {
    int requested = requestedStatus();
    return requested == 0 ? usual : static_cast<CUresult>(requested);
}

CUresult enter(const char *name, CUresult onDemand) {
    failedOnDemand = gradusEmulatorFails(name);
    return failedOnDemand ? demanded(onDemand) : state();
}

CUresult enterOutsideCapture(const char *name, CUresult onDemand) {
    CUresult entered = enter(name, onDemand);
    return entered != CUDA_SUCCESS ? entered : refuseInCapture(name);
}

CUresult excuseOnDemand(CUresult entered, const void *handle) {
    if (failedOnDemand) {
        excuse(handle);
    }
    return entered;
}

extern "C" {

int gradusEmulatorState() {
    return state();
}

int gradusEmulatorHostCall(const char *name) {
    CUresult now = state();
    return now != CUDA_SUCCESS ? now : refuseInCapture(name);
}

int gradusEmulatorMisuse(const char *format, ...) {
    char message[1024];
    va_list arguments;
    va_start(arguments, format);
    std::vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    addMisuse(message);
    stick(CUDA_ERROR_ILLEGAL_ADDRESS);
    return CUDA_ERROR_ILLEGAL_ADDRESS;
}

CUresult cuInit(unsigned flags) {
    if (gradusEmulatorFails("cuInit")) {
        return demanded(CUDA_ERROR_UNKNOWN);
    }
    if (flags != 0) {
        return CUDA_ERROR_INVALID_VALUE;
    }
    initialized = true;
    return CUDA_SUCCESS;
}

CUresult cuDevicePrimaryCtxRetain(CUcontext *context, CUdevice device) {
    if (gradusEmulatorFails("cuDevicePrimaryCtxRetain")) {
        return demanded(CUDA_ERROR_OUT_OF_MEMORY);
    }
    if (!initialized) {
        return CUDA_ERROR_NOT_INITIALIZED;
    }
    if (device != 0) {
        return CUDA_ERROR_INVALID_DEVICE;
    }
    std::lock_guard<std::mutex> lock(retaining);
    if (stickyError() != CUDA_SUCCESS) {
        return stickyError();
    }
    if (++retained == 1) {
        born("primary context", &primary, "");
    }
    *context = &primary;
    return CUDA_SUCCESS;
}

CUresult cuDevicePrimaryCtxRelease_v2(CUdevice device) {
    if (gradusEmulatorFails("cuDevicePrimaryCtxRelease_v2")) {
        excuse(&primary);
        return demanded(CUDA_ERROR_UNKNOWN);
    }
    if (!initialized) {
        return CUDA_ERROR_NOT_INITIALIZED;
    }
    if (device != 0) {
        return CUDA_ERROR_INVALID_DEVICE;
    }
    std::lock_guard<std::mutex> lock(retaining);
    if (retained == 0) {
        return CUDA_ERROR_INVALID_CONTEXT;
    }
    if (retained == 1) {
        died(&primary);
        tearDown();
    }
    retained--;
    return CUDA_SUCCESS;
}

CUresult cuCtxSetCurrent(CUcontext context) {
    if (gradusEmulatorFails("cuCtxSetCurrent")) {
        return demanded(CUDA_ERROR_UNKNOWN);
    }
    if (!initialized) {
        return CUDA_ERROR_NOT_INITIALIZED;
    }
    if (context != nullptr && (context != &primary || retained == 0)) {
        return CUDA_ERROR_INVALID_CONTEXT;
    }
    current = context;
    return CUDA_SUCCESS;
}
}

}  // namespace gradus
