// Handles and statuses of the emulator's libcusolver.so.11, and how its computing calls run.
// Statuses are cuSOLVER's own (cusolver_common.h).
#pragma once
#include "cusolver_values.h"
#include "library.h"

#include <climits>
#include <limits>
#include <utility>

namespace gradus {

enum SolverStatus {
    kSuccess = 0,
    kNotInitialized = 1,
    kAllocFailed = 2,
    kInvalidValue = 3,
    kExecutionFailed = 6,
    kInternalError = 7,
    kNotSupported = 9
};

// cusolverEigMode_t: values only.
constexpr int kNoVectors = 0;

struct SolverHandle {
    CUstream_st *stream = nullptr;
};

// gesvdjInfo_t: what was asked of gesvdj, and what its last call came to.
struct JacobiInfo {
    enum class Last { kNone, kSingle, kBatched };

    double tolerance = 0;
    int maxSweeps = 100;
    Last last = Last::kNone;
    int sweeps = 0;
};

Handles<SolverHandle> &solverHandles();
Handles<JacobiInfo> &jacobiInfos();

// Whether matrix `index` of a call of `routine` (gesvd, gesvdj, gesvdjBatched) is to report non-convergence.
bool refusesToConverge(const char *routine, int64_t index);

// Every entry point that takes a handle: fails on request, refuses handles that do not live.
template <class Body> int solverCall(const char *name, SolverHandle *handle, Body body) {
    if (gradusEmulatorFails(name)) {
        return kExecutionFailed;
    }
    if (handle == nullptr) {
        return kNotInitialized;
    }
    if (!solverHandles().lives(handle)) {
        gradusEmulatorMisuse("%s: handle %p was destroyed or never created", name, static_cast<void *>(handle));
        return kNotInitialized;
    }
    return body(*handle);
}

// The same for a gesvdjInfo_t.
template <class Body> int withInfo(const char *name, JacobiInfo *info, Body body) {
    if (info == nullptr) {
        return kInvalidValue;
    }
    if (!jacobiInfos().lives(info)) {
        gradusEmulatorMisuse("%s: gesvdjInfo %p was destroyed or never created", name, static_cast<void *>(info));
        return kInternalError;
    }
    return body(*info);
}

// Carries out work in the stream's order and blocks the caller until it is done; refused, and the capture spoiled, while
// the stream captures.
int carryOut(const char *name, SolverHandle &handle, const Work &work);

// Writes a length in elements; INVALID_VALUE where it exceeds the int that cuSOLVER's interface has for it.
int writeLength(int64_t elements, int *length);

// 0 when all regions are in living device memory and share no byte.
int requireApart(const char *name, std::initializer_list<Region> regions);

template <class T> void poison(T *values, int64_t count) {
    for (int64_t i = 0; i < count; i++) {
        values[i] = std::numeric_limits<T>::quiet_NaN();
    }
}

// The destroyed contents that a real call leaves behind.
template <class T> void poisonMatrix(T *a, int64_t rows, int64_t cols, int64_t ld) {
    for (int64_t j = 0; j < cols; j++) {
        poison(a + j * ld, rows);
    }
}

template <class T> Dense copyOf(const T *a, int64_t rows, int64_t cols, int64_t ld) {
    Dense copy{rows, cols, {}};
    copy.values.reserve(static_cast<size_t>(rows * cols));
    for (int64_t j = 0; j < cols; j++) {
        copy.values.insert(copy.values.end(), a + j * ld, a + j * ld + rows);
    }
    return copy;
}

template <class T> void write(const std::vector<double> &values, T *out) {
    for (size_t i = 0; i < values.size(); i++) {
        out[i] = static_cast<T>(values[i]);
    }
}

}  // namespace gradus
