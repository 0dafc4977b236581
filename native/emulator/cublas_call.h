// What every product of the emulator's libcublas.so.12 asks of its handle and does to its workspace.
#pragma once
#include "cublas_handle.h"

#include <algorithm>
#include <cstring>

namespace gradus {

// Below this a captured product is refused; cuBLAS itself would fall back to memory of its own, which breaks captures.
constexpr size_t kLeastWorkspace = size_t(4) << 20;
// A product overwrites this much of its workspace, so that data kept there does not survive.
constexpr size_t kScribbled = 4096;

// What a real device would crash on or break a capture by; true when reported.
template <class T> bool misused(const char *name, const BlasHandle &handle, const T *alpha, const T *beta) {
    if (handle.stream == nullptr) {
        gradusEmulatorMisuse("%s: the handle has no stream (it would use the null stream)", name);
        return true;
    }
    if (gradusEmulatorIsCapturing(handle.stream) && handle.workspaceBytes < kLeastWorkspace) {
        gradusEmulatorInvalidateCapture(handle.stream);
        gradusEmulatorMisuse("%s: captured with a workspace of %zu bytes, below %zu (setting a stream drops it)", name,
                             handle.workspaceBytes, kLeastWorkspace);
        return true;
    }
    if (!handle.deviceScalars &&
        (gradusEmulatorIsDeviceMemory(alpha, sizeof(T)) || gradusEmulatorIsDeviceMemory(beta, sizeof(T)))) {
        gradusEmulatorMisuse("%s: alpha or beta in device memory, but the pointer mode is host", name);
        return true;
    }
    return false;
}

inline void scribble(void *workspace, size_t bytes) {
    if (bytes > 0) {
        std::memset(workspace, 0xff, std::min(bytes, kScribbled));
    }
}

}  // namespace gradus
