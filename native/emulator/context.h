// The device's primary context, which threads make current, and the error that sticks to it.
#pragma once
#include "cuda_types.h"

namespace gradus {

// What every call that needs a context asks first; the entry point's own failure on demand included.
CUresult enter(const char *name, CUresult onDemand = CUDA_ERROR_UNKNOWN);
// The same, for calls that a capturing thread must not make.
CUresult enterOutsideCapture(const char *name, CUresult onDemand = CUDA_ERROR_UNKNOWN);

// What a call that is to fail answers: `usual`, unless the request says which status.
CUresult demanded(CUresult usual);

// For calls that release a handle: one that fails on demand has done its part. Returns `entered`.
CUresult excuseOnDemand(CUresult entered, const void *handle);

// The sticky error, CUDA_SUCCESS if there is none.
CUresult stickyError();
// The first error of a context stays; later ones change nothing.
void stick(CUresult error);

}  // namespace gradus
