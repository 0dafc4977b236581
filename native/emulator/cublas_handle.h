// Handles and statuses of the emulator's libcublas.so.12. The numbers are cuBLAS's own (cublas_api.h).
#pragma once
#include "library.h"

namespace gradus {

enum BlasStatus { kSuccess = 0, kNotInitialized = 1, kAllocFailed = 3, kInvalidValue = 7, kExecutionFailed = 13 };
enum Transpose { kNone = 0, kTransposed = 1, kConjugate = 2 };
enum MathMode { kDefaultMath = 0, kTensorOp = 1, kPedantic = 2, kTf32TensorOp = 3, kNoReducedPrecision = 16 };

struct BlasHandle {
    CUstream_st *stream = nullptr;
    void *workspace = nullptr;
    size_t workspaceBytes = 0;
    bool deviceScalars = false;
    int math = kDefaultMath;
    int atomics = 0;
};

Handles<BlasHandle> &blasHandles();

// Every entry point that takes a handle: fails on request, refuses handles that do not live.
template <class Body> int blasCall(const char *name, BlasHandle *handle, Body body) {
    if (gradusEmulatorFails(name)) {
        return kExecutionFailed;
    }
    if (handle == nullptr) {
        return kNotInitialized;
    }
    if (!blasHandles().lives(handle)) {
        gradusEmulatorMisuse("%s: handle %p was destroyed or never created", name, static_cast<void *>(handle));
        return kNotInitialized;
    }
    return body(*handle);
}

}  // namespace gradus
