// The emulator's libcusolver.so.11: handles, gesvdj's settings, and how computing calls run.
#include "cusolver_handle.h"

namespace gradus {
namespace {

// cuSOLVER 11.6.4: major·1000 + minor·100 + patch.
constexpr int kVersion = 11604;

}  // namespace

Handles<SolverHandle> &solverHandles() {
    static Handles<SolverHandle> all("cuSOLVER handle");
    return all;
}

Handles<JacobiInfo> &jacobiInfos() {
    static Handles<JacobiInfo> all("gesvdjInfo");
    return all;
}

int carryOut(const char *name, SolverHandle &handle, const Work &work) {
    if (handle.stream == nullptr) {
        gradusEmulatorMisuse("%s: the handle has no stream (it would use the null stream)", name);
        return kExecutionFailed;
    }
    if (gradusEmulatorIsCapturing(handle.stream)) {
        gradusEmulatorInvalidateCapture(handle.stream);
        return kExecutionFailed;
    }
    int status = gradusEmulatorEnqueue(handle.stream, name, &work);
    if (status == 0) {
        status = gradusEmulatorSynchronize(handle.stream);
    }
    return status == 0 ? kSuccess : kExecutionFailed;
}

int writeLength(int64_t elements, int *length) {
    if (length == nullptr || elements > INT_MAX) {
        return kInvalidValue;
    }
    *length = static_cast<int>(elements);
    return kSuccess;
}

int requireApart(const char *name, std::initializer_list<Region> regions) {
    int status = requireDeviceMemory(name, regions);
    for (auto x = regions.begin(); status == 0 && x != regions.end(); ++x) {
        for (auto y = x + 1; status == 0 && y != regions.end(); ++y) {
            if (overlap(*x, *y)) {
                status = gradusEmulatorMisuse("%s: %s and %s overlap", name, x->what, y->what);
            }
        }
    }
    return status;
}

}  // namespace gradus

using namespace gradus;

extern "C" {

int cusolverGetVersion(int *version) {
    if (gradusEmulatorFails("cusolverGetVersion")) {
        return kExecutionFailed;
    }
    if (version == nullptr) {
        return kInvalidValue;
    }
    *version = kVersion;
    return kSuccess;
}

int cusolverDnCreate(SolverHandle **handle) {
    if (gradusEmulatorFails("cusolverDnCreate")) {
        return kAllocFailed;
    }
    if (handle == nullptr) {
        return kInvalidValue;
    }
    if (gradusEmulatorHostCall("cusolverDnCreate") != 0) {
        return kNotInitialized;
    }
    *handle = solverHandles().create();
    return kSuccess;
}

int cusolverDnDestroy(SolverHandle *handle) {
    return destroyHandle("cusolverDnDestroy", solverHandles(), handle, kNotInitialized, kExecutionFailed);
}

int cusolverDnSetStream(SolverHandle *handle, CUstream_st *stream) {
    return solverCall("cusolverDnSetStream", handle, [stream](SolverHandle &h) {
        h.stream = stream;
        return kSuccess;
    });
}

int cusolverDnCreateGesvdjInfo(JacobiInfo **info) {
    if (gradusEmulatorFails("cusolverDnCreateGesvdjInfo")) {
        return kAllocFailed;
    }
    if (info == nullptr) {
        return kInvalidValue;
    }
    *info = jacobiInfos().create();
    return kSuccess;
}

int cusolverDnDestroyGesvdjInfo(JacobiInfo *info) {
    return destroyHandle("cusolverDnDestroyGesvdjInfo", jacobiInfos(), info, kInvalidValue, kExecutionFailed);
}

int cusolverDnXgesvdjSetTolerance(JacobiInfo *info, double tolerance) {
    constexpr const char *name = "cusolverDnXgesvdjSetTolerance";
    if (gradusEmulatorFails(name)) {
        return kExecutionFailed;
    }
    return withInfo(name, info, [tolerance](JacobiInfo &i) {
        i.tolerance = tolerance;
        return kSuccess;
    });
}

int cusolverDnXgesvdjSetMaxSweeps(JacobiInfo *info, int maxSweeps) {
    constexpr const char *name = "cusolverDnXgesvdjSetMaxSweeps";
    if (gradusEmulatorFails(name)) {
        return kExecutionFailed;
    }
    return withInfo(name, info, [maxSweeps](JacobiInfo &i) {
        i.maxSweeps = maxSweeps;
        return kSuccess;
    });
}
}

namespace {

// Waits for the stream; not for batches, and only after a gesvdj.
int sweepsOf(const char *name, SolverHandle *handle, JacobiInfo *info, int *sweeps) {
    return solverCall(name, handle, [=](SolverHandle &h) {
        return withInfo(name, info, [&](JacobiInfo &i) -> int {
            if (sweeps == nullptr) {
                return kInvalidValue;
            }
            if (i.last == JacobiInfo::Last::kBatched) {
                return kNotSupported;
            }
            if (h.stream == nullptr || i.last == JacobiInfo::Last::kNone) {
                gradusEmulatorMisuse("%s: the handle has no stream, or there was no gesvdj before", name);
                return kExecutionFailed;
            }
            if (gradusEmulatorSynchronize(h.stream) != 0) {
                return kExecutionFailed;
            }
            *sweeps = i.sweeps;
            return kSuccess;
        });
    });
}

}  // namespace

extern "C" {

int cusolverDnXgesvdjGetSweeps(SolverHandle *handle, JacobiInfo *info, int *sweeps) {
    return sweepsOf("cusolverDnXgesvdjGetSweeps", handle, info, sweeps);
}
}
