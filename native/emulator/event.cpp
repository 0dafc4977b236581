// Events: the point last recorded, reached at once if there is none.
#include "context.h"
#include "control.h"
#include "handles.h"
#include "stream.h"

namespace gradus {
namespace {

struct Event {
    std::mutex mutex;
    std::shared_ptr<Marker> recorded;

    std::shared_ptr<Marker> last() {
        std::lock_guard<std::mutex> lock(mutex);
        return recorded;
    }
};

Handles<Event, CUevent> &events() {
    static auto *const made = new Handles<Event, CUevent>("event");
    return *made;
}

std::shared_ptr<Event> requireEvent(const char *call, CUevent handle) {
    auto event = events().find(handle);
    if (event == nullptr) {
        gradusEmulatorMisuse("%s: event %p was destroyed, or never created", call, static_cast<void *>(handle));
    }
    return event;
}

}  // namespace

void forgetEvents() {
    events().removeAll();
}

extern "C" {

CUresult cuEventCreate(CUevent *event, unsigned) {
    CUresult entered = enter("cuEventCreate", CUDA_ERROR_OUT_OF_MEMORY);
    if (entered == CUDA_SUCCESS) {
        *event = events().add(std::make_shared<Event>());
    }
    return entered;
}

CUresult cuEventDestroy_v2(CUevent handle) {
    CUresult entered = enter("cuEventDestroy_v2");
    if (entered != CUDA_SUCCESS) {
        return excuseOnDemand(entered, handle);
    }
    if (requireEvent("cuEventDestroy_v2", handle) == nullptr) {
        return stickyError();
    }
    events().remove(handle);
    return CUDA_SUCCESS;
}

CUresult cuEventRecord(CUevent handle, CUstream streamHandle) {
    CUresult entered = enter("cuEventRecord");
    if (entered != CUDA_SUCCESS) {
        return entered;
    }
    auto event = requireEvent("cuEventRecord", handle);
    auto stream = requireStream("cuEventRecord", streamHandle);
    if (event == nullptr || stream == nullptr) {
        return stickyError();
    }
    if (invalidateCapture(*stream)) {
        return CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED;
    }
    auto marker = std::make_shared<Marker>();
    std::lock_guard<std::mutex> lock(event->mutex);
    event->recorded = marker;
    return submit(*stream, {"cuEventRecord", [marker] { marker->reach(); return 0; }, true});
}

CUresult cuStreamWaitEvent(CUstream streamHandle, CUevent handle, unsigned) {
    CUresult entered = enter("cuStreamWaitEvent");
    if (entered != CUDA_SUCCESS) {
        return entered;
    }
    auto event = requireEvent("cuStreamWaitEvent", handle);
    auto stream = requireStream("cuStreamWaitEvent", streamHandle);
    if (event == nullptr || stream == nullptr) {
        return stickyError();
    }
    if (invalidateCapture(*stream)) {
        return CUDA_ERROR_STREAM_CAPTURE_ISOLATION;
    }
    auto marker = event->last();
    if (marker == nullptr) {
        return CUDA_SUCCESS;
    }
    return submit(*stream, {"cuStreamWaitEvent", [marker] { marker->await(); return 0; }, true});
}

CUresult cuEventQuery(CUevent handle) {
    CUresult entered = enter("cuEventQuery");
    if (entered != CUDA_SUCCESS) {
        return entered;
    }
    auto event = requireEvent("cuEventQuery", handle);
    if (event == nullptr) {
        return stickyError();
    }
    auto marker = event->last();
    bool reached = marker == nullptr || marker->isReached();
    CUresult error = stickyError();
    return error != CUDA_SUCCESS ? error : reached ? CUDA_SUCCESS : CUDA_ERROR_NOT_READY;
}

CUresult cuEventSynchronize(CUevent handle) {
    CUresult entered = enterOutsideCapture("cuEventSynchronize");
    if (entered != CUDA_SUCCESS) {
        return entered;
    }
    auto event = requireEvent("cuEventSynchronize", handle);
    if (event == nullptr) {
        return stickyError();
    }
    auto marker = event->last();
    if (marker != nullptr) {
        marker->await();
    }
    return stickyError();
}
}

}  // namespace gradus
