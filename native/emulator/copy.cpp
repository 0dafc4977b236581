// Copies and fills. Pinned memory is read and written when the stream comes to it. Pageable memory is read at the call, and
// written before the call returns, as CUDA does it; in a capture that fails. Ranges are checked at the call, and again when
// the stream comes to them.
#include "context.h"
#include "memory.h"
#include "stream.h"

#include <cstdint>
#include <cstring>

namespace gradus {
namespace {

// One side of a copy: `rows` rows of `width` bytes, `pitch` bytes apart.
struct Side {
    const char *what;
    bool isDevice;
    char *first;
    size_t pitch;
};

struct Extent {
    size_t width;
    size_t rows;
};

size_t span(const Side &side, Extent extent) {
    return extent.rows == 0 || extent.width == 0 ? 0 : (extent.rows - 1) * side.pitch + extent.width;
}

CUresult check(const char *call, const Side &side, Extent extent) {
    size_t bytes = span(side, extent);
    return side.isDevice ? requireDevice(call, side.what, side.first, bytes)
                         : requireHost(call, side.what, side.first, bytes);
}

bool isPageable(const Side &side, Extent extent) {
    return !side.isDevice && !isManaged(side.first, span(side, extent));
}

CUresult checkBoth(const char *call, const Side &from, const Side &to, Extent extent) {
    CUresult status = check(call, from, extent);
    status = status != CUDA_SUCCESS ? status : check(call, to, extent);
    uintptr_t a = reinterpret_cast<uintptr_t>(from.first);
    uintptr_t b = reinterpret_cast<uintptr_t>(to.first);
    size_t bytesA = span(from, extent);
    size_t bytesB = span(to, extent);
    bool isInterleaved = from.pitch == to.pitch && extent.rows > 1;
    if (status == CUDA_SUCCESS && !isInterleaved && a < b + bytesB && b < a + bytesA) {
        return static_cast<CUresult>(gradusEmulatorMisuse("%s: source and target overlap", call));
    }
    return status;
}

void copyRows(const Side &from, const Side &to, Extent extent) {
    if (from.pitch == extent.width && to.pitch == extent.width) {
        std::memcpy(to.first, from.first, extent.width * extent.rows);
        return;
    }
    for (size_t row = 0; row < extent.rows; row++) {
        std::memcpy(to.first + row * to.pitch, from.first + row * from.pitch, extent.width);
    }
}

Work copying(const char *call, Side from, Side to, Extent extent) {
    return [=]() -> int {
        CUresult status = checkBoth(call, from, to, extent);
        if (status == CUDA_SUCCESS) {
            copyRows(from, to, extent);
        }
        return status;
    };
}

// The host's rows as they are now, to be written to the device later.
Work copyingStaged(const char *call, Side from, Side to, Extent extent) {
    auto staged = std::make_shared<std::vector<char>>(extent.width * extent.rows);
    copyRows(from, {from.what, false, staged->data(), extent.width}, extent);
    return [=]() -> int {
        CUresult status = check(call, to, extent);
        if (status == CUDA_SUCCESS) {
            copyRows({from.what, false, staged->data(), extent.width}, to, extent);
        }
        return status;
    };
}

CUresult copy(const char *call, Side from, Side to, Extent extent, CUstream handle) {
    CUresult entered = enter(call);
    auto stream = entered != CUDA_SUCCESS ? nullptr : requireStream(call, handle);
    if (stream == nullptr) {
        return entered != CUDA_SUCCESS ? entered : stickyError();
    }
    if (extent.width > from.pitch || extent.width > to.pitch) {
        return CUDA_ERROR_INVALID_VALUE;
    }
    CUresult status = checkBoth(call, from, to, extent);
    if (status != CUDA_SUCCESS || span(from, extent) == 0) {
        return status;
    }
    bool pageable = isPageable(from, extent) || isPageable(to, extent);
    if (pageable && invalidateCapture(*stream)) {
        return CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED;
    }
    if (isPageable(from, extent)) {
        return submit(*stream, {call, copyingStaged(call, from, to, extent)});
    }
    if (isPageable(to, extent)) {
        stream->await(stream->push({call, copying(call, from, to, extent)}));
        return stickyError();
    }
    return submit(*stream, {call, copying(call, from, to, extent)});
}

Side device(const char *what, CUdeviceptr address, size_t pitch) {
    return {what, true, reinterpret_cast<char *>(address), pitch};
}

Side host(const char *what, const void *address, size_t pitch) {
    return {what, false, static_cast<char *>(const_cast<void *>(address)), pitch};
}

bool sideOf(const char *what, int type, const void *hostAddress, CUdeviceptr deviceAddress, size_t pitch, size_t offset,
            Side &side) {
    side = type == CU_MEMORYTYPE_HOST ? host(what, hostAddress, pitch) : device(what, deviceAddress, pitch);
    side.first += offset;
    return type == CU_MEMORYTYPE_HOST || type == CU_MEMORYTYPE_DEVICE;
}

}  // namespace

extern "C" {

CUresult cuMemcpyHtoDAsync_v2(CUdeviceptr to, const void *from, size_t bytes, CUstream stream) {
    return copy("cuMemcpyHtoDAsync_v2", host("source", from, bytes), device("target", to, bytes), {bytes, 1}, stream);
}

CUresult cuMemcpyDtoHAsync_v2(void *to, CUdeviceptr from, size_t bytes, CUstream stream) {
    return copy("cuMemcpyDtoHAsync_v2", device("source", from, bytes), host("target", to, bytes), {bytes, 1}, stream);
}

CUresult cuMemcpy2DAsync_v2(const CUDA_MEMCPY2D *c, CUstream stream) {
    Side from{};
    Side to{};
    bool known = sideOf("source", c->srcMemoryType, c->srcHost, c->srcDevice, c->srcPitch,
                        c->srcY * c->srcPitch + c->srcXInBytes, from);
    known &= sideOf("target", c->dstMemoryType, c->dstHost, c->dstDevice, c->dstPitch,
                    c->dstY * c->dstPitch + c->dstXInBytes, to);
    // a pitch of 0 stands for rows without gaps
    from.pitch = from.pitch == 0 ? c->WidthInBytes : from.pitch;
    to.pitch = to.pitch == 0 ? c->WidthInBytes : to.pitch;
    if (!known) {
        CUresult entered = enter("cuMemcpy2DAsync_v2");
        return entered != CUDA_SUCCESS ? entered : CUDA_ERROR_INVALID_VALUE;
    }
    return copy("cuMemcpy2DAsync_v2", from, to, {c->WidthInBytes, c->Height}, stream);
}

CUresult cuMemsetD8Async(CUdeviceptr address, unsigned char value, size_t bytes, CUstream handle) {
    constexpr const char *CALL = "cuMemsetD8Async";
    CUresult entered = enter(CALL);
    auto stream = entered != CUDA_SUCCESS ? nullptr : requireStream(CALL, handle);
    if (stream == nullptr) {
        return entered != CUDA_SUCCESS ? entered : stickyError();
    }
    void *target = reinterpret_cast<void *>(address);
    CUresult status = requireDevice(CALL, "target", target, bytes);
    if (status != CUDA_SUCCESS) {
        return status;
    }
    return submit(*stream, {CALL, [=]() -> int {
        CUresult late = requireDevice(CALL, "target", target, bytes);
        if (late == CUDA_SUCCESS) {
            std::memset(target, value, bytes);
        }
        return late;
    }});
}
}

}  // namespace gradus
