// Captures under way, and the entry points that begin and end them. As on a device, an unfit call fails at once and the
// capture fails with it, which its end reports.
#include "context.h"
#include "graph.h"
#include "stream.h"

#include <algorithm>

namespace gradus {

// All captures under way, behind one mutex: they are looked at by every call that might wait or allocate.
class Captures {
public:
    static Captures &all() {
        static auto *const made = new Captures;
        return *made;
    }

    template <class Act> auto with(Stream &stream, Act act) {
        std::lock_guard<std::mutex> lock(mutex_);
        return act(stream.capture_, open_);
    }

    template <class Concerns> bool invalidate(Concerns concerns) {
        std::lock_guard<std::mutex> lock(mutex_);
        bool any = false;
        for (auto &capture : open_) {
            if (concerns(*capture)) {
                capture->valid = false;
                any = true;
            }
        }
        return any;
    }

    void forget() {
        std::lock_guard<std::mutex> lock(mutex_);
        open_.clear();
    }

private:
    std::mutex mutex_;
    std::vector<std::shared_ptr<Capture>> open_;
};

using Slot = std::shared_ptr<Capture>;
using Open = std::vector<std::shared_ptr<Capture>>;

bool isCapturing(Stream &stream) {
    return Captures::all().with(stream, [](Slot &mine, Open &) { return mine != nullptr; });
}

bool invalidateCapture(Stream &stream) {
    return Captures::all().with(stream, [](Slot &mine, Open &) {
        if (mine != nullptr) {
            mine->valid = false;
        }
        return mine != nullptr;
    });
}

bool invalidateCapturesOfThread() {
    return Captures::all().invalidate([](const Capture &capture) {
        bool own = capture.mode == CU_STREAM_CAPTURE_MODE_THREAD_LOCAL && capture.thread == std::this_thread::get_id();
        return own || capture.mode == CU_STREAM_CAPTURE_MODE_GLOBAL;
    });
}

void forgetCaptures() {
    Captures::all().forget();
}

CUresult submit(Stream &stream, Piece piece) {
    return Captures::all().with(stream, [&](Slot &mine, Open &) {
        if (mine == nullptr) {
            stream.push(std::move(piece));
            return CUDA_SUCCESS;
        }
        if (!mine->valid) {
            return CUDA_ERROR_STREAM_CAPTURE_INVALIDATED;
        }
        mine->pieces.push_back(std::move(piece));
        return CUDA_SUCCESS;
    });
}

CUresult beginCapture(Stream &stream, int mode) {
    return Captures::all().with(stream, [&](Slot &mine, Open &open) {
        if (mine != nullptr) {
            mine->valid = false;
            return CUDA_ERROR_ILLEGAL_STATE;
        }
        mine = std::make_shared<Capture>();
        mine->thread = std::this_thread::get_id();
        mine->mode = mode;
        open.push_back(mine);
        return CUDA_SUCCESS;
    });
}

CUresult endCapture(Stream &stream, std::vector<Piece> &pieces) {
    return Captures::all().with(stream, [&](Slot &mine, Open &open) {
        if (mine == nullptr) {
            return CUDA_ERROR_ILLEGAL_STATE;
        }
        if (mine->mode != CU_STREAM_CAPTURE_MODE_RELAXED && mine->thread != std::this_thread::get_id()) {
            mine->valid = false;
            return CUDA_ERROR_STREAM_CAPTURE_WRONG_THREAD;
        }
        Slot ended = mine;
        open.erase(std::remove(open.begin(), open.end(), ended), open.end());
        mine = nullptr;
        pieces = std::move(ended->pieces);
        return ended->valid ? CUDA_SUCCESS : CUDA_ERROR_STREAM_CAPTURE_INVALIDATED;
    });
}

extern "C" {

CUresult cuStreamBeginCapture_v2(CUstream handle, int mode) {
    CUresult entered = enter("cuStreamBeginCapture_v2");
    if (entered != CUDA_SUCCESS) {
        return entered;
    }
    if (mode < CU_STREAM_CAPTURE_MODE_GLOBAL || mode > CU_STREAM_CAPTURE_MODE_RELAXED) {
        return CUDA_ERROR_INVALID_VALUE;
    }
    auto stream = requireStream("cuStreamBeginCapture_v2", handle);
    return stream == nullptr ? stickyError() : beginCapture(*stream, mode);
}

CUresult cuStreamEndCapture(CUstream handle, CUgraph *graph) {
    *graph = nullptr;
    CUresult entered = enter("cuStreamEndCapture");
    auto stream = streams().find(handle);
    if (stream == nullptr) {
        return entered != CUDA_SUCCESS ? entered : (requireStream("cuStreamEndCapture", handle), stickyError());
    }
    std::vector<Piece> pieces;
    CUresult ended = endCapture(*stream, pieces);
    if (entered != CUDA_SUCCESS) {
        return entered; // the capture has ended all the same
    }
    if (ended == CUDA_SUCCESS) {
        *graph = addGraph(std::move(pieces));
    }
    return ended;
}
}

}  // namespace gradus
