// Device and pinned host memory. Each block lies at the end of pages of its own, between pages that fault, and is given
// out filled with 0xFF (NaN in both precisions). A block's addresses are not used again before 4 TiB of others were, and
// fault meanwhile: kernels that use a block after its end are noticed as well.
#pragma once
#include "cuda_types.h"

#include <cstddef>
#include <string>

namespace gradus {

enum class Kind { DEVICE, PINNED };

size_t deviceCapacity();
size_t deviceBytesFree();

// CUDA_ERROR_OUT_OF_MEMORY where the capacity (or the machine's memory) does not suffice.
CUresult allocate(Kind kind, size_t bytes, void **address);
// Notices misuse: not the start of a living block of that kind, a second release, bytes beside the block overwritten.
CUresult release(const char *call, Kind kind, void *address);
void releaseAllMemory();

// Whether the range lies in one living block of that kind.
bool liesIn(Kind kind, const void *address, size_t bytes);
// Whether any byte of the range belongs to the space that blocks are cut from.
bool isManaged(const void *address, size_t bytes);
// What an address is to the emulator, for messages: "8 bytes past the end of device block #3 (1024 bytes)".
std::string describe(const void *address);

// CUDA_SUCCESS or the misuse that a device access to the range would be.
CUresult requireDevice(const char *call, const char *what, const void *address, size_t bytes);
// A host range that a copy reads or writes: pageable, or wholly in one pinned block.
CUresult requireHost(const char *call, const char *what, const void *address, size_t bytes);

}  // namespace gradus
