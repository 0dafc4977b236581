// The kernels that were compiled for the host, one table per source file and precision; CMake writes the tables.
#pragma once
#include <cstddef>

namespace gradus {

// Calls a kernel once, as one thread, with the arguments at parameters[i].
using Invoke = void (*)(void **parameters);

struct Kernel {
    const char *name;
    Invoke invoke;
    int parameters;
    // For each: whether it is a pointer, and how many bytes it has.
    const bool *isPointer;
    const size_t *bytes;
    int maxThreads;
};

struct KernelFile {
    const char *file;
    const char *precision;
    const Kernel *kernels;
    int count;
};

extern const KernelFile *const KERNEL_FILES[];
extern const int KERNEL_FILE_COUNT;

// The text of the sources, for nvrtc to compare with.
struct KernelSource {
    const char *file;
    const char *begin;
    const char *end;
};

extern const KernelSource KERNEL_SOURCES[];
extern const int KERNEL_SOURCE_COUNT;

}  // namespace gradus
