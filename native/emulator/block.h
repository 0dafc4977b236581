// A kernel's blocks on the calling thread, one after another.
#pragma once
#include "kernel_host.h"
#include "kernels.h"

#include <cstddef>

namespace gradus {

struct Launch {
    const Kernel *kernel;
    uint3 grid;
    uint3 block;
    size_t sharedBytes;
};

// CUDA_SUCCESS, or the misuse that it was.
int runBlocks(const Launch &launch, void **parameters);

}  // namespace gradus
