// The emulator's libcublas.so.12: handles and what they carry.
#include "cublas_handle.h"

#include <iterator>

namespace gradus {
namespace {

// Major, minor and patch, by libraryPropertyType.
constexpr int kVersion[] = {12, 6, 1};
constexpr size_t kWorkspaceAlignment = 256;

int setWorkspace(const char *name, BlasHandle &handle, void *workspace, size_t bytes) {
    if (reinterpret_cast<uintptr_t>(workspace) % kWorkspaceAlignment != 0) {
        return kInvalidValue;
    }
    Region wanted{"workspace", workspace, bytes};
    if (requireDeviceMemory(name, {wanted}) != 0) {
        return kExecutionFailed;
    }
    auto usesIt = [&](const BlasHandle &other) {
        return &other != &handle && overlap(wanted, {"workspace", other.workspace, other.workspaceBytes});
    };
    auto take = [&] {
        handle.workspace = bytes == 0 ? nullptr : workspace;
        handle.workspaceBytes = workspace == nullptr ? 0 : bytes;
    };
    if (blasHandles().any(usesIt, take)) {
        gradusEmulatorMisuse("%s: the workspace %p is another handle's too", name, workspace);
        return kExecutionFailed;
    }
    return kSuccess;
}

}  // namespace

Handles<BlasHandle> &blasHandles() {
    static Handles<BlasHandle> all("cuBLAS handle");
    return all;
}

}  // namespace gradus

using namespace gradus;

extern "C" {

int cublasCreate_v2(BlasHandle **handle) {
    if (gradusEmulatorFails("cublasCreate_v2")) {
        return kAllocFailed;
    }
    if (handle == nullptr) {
        return kInvalidValue;
    }
    if (gradusEmulatorHostCall("cublasCreate_v2") != 0) {
        return kNotInitialized;
    }
    *handle = blasHandles().create();
    return kSuccess;
}

int cublasDestroy_v2(BlasHandle *handle) {
    return destroyHandle("cublasDestroy_v2", blasHandles(), handle, kNotInitialized, kExecutionFailed);
}

int cublasGetProperty(int property, int *value) {
    if (gradusEmulatorFails("cublasGetProperty")) {
        return kExecutionFailed;
    }
    if (property < 0 || property >= static_cast<int>(std::size(kVersion)) || value == nullptr) {
        return kInvalidValue;
    }
    *value = kVersion[property];
    return kSuccess;
}

int cublasSetStream_v2(BlasHandle *handle, CUstream_st *stream) {
    return blasCall("cublasSetStream_v2", handle, [stream](BlasHandle &h) {
        h.stream = stream;
        blasHandles().change([&h] {
            h.workspace = nullptr;
            h.workspaceBytes = 0;
        });
        return kSuccess;
    });
}

int cublasSetWorkspace_v2(BlasHandle *handle, void *workspace, size_t bytes) {
    constexpr const char *name = "cublasSetWorkspace_v2";
    return blasCall(name, handle, [=](BlasHandle &h) { return setWorkspace(name, h, workspace, bytes); });
}

int cublasSetPointerMode_v2(BlasHandle *handle, int mode) {
    return blasCall("cublasSetPointerMode_v2", handle, [mode](BlasHandle &h) {
        if (mode != 0 && mode != 1) {
            return kInvalidValue;
        }
        h.deviceScalars = mode == 1;
        return kSuccess;
    });
}

int cublasSetMathMode(BlasHandle *handle, int mode) {
    return blasCall("cublasSetMathMode", handle, [mode](BlasHandle &h) {
        int base = mode & ~kNoReducedPrecision;
        if (base < kDefaultMath || base > kTf32TensorOp) {
            return kInvalidValue;
        }
        h.math = mode;
        return kSuccess;
    });
}

int cublasSetAtomicsMode(BlasHandle *handle, int mode) {
    return blasCall("cublasSetAtomicsMode", handle, [mode](BlasHandle &h) {
        if (mode != 0 && mode != 1) {
            return kInvalidValue;
        }
        h.atomics = mode;
        return kSuccess;
    });
}
}
