// The entry points that allocate and free.
#include "context.h"
#include "memory.h"

namespace gradus {

extern "C" {

CUresult cuMemGetInfo_v2(size_t *free, size_t *total) {
    CUresult entered = enter("cuMemGetInfo_v2");
    if (entered == CUDA_SUCCESS) {
        *free = deviceBytesFree();
        *total = deviceCapacity();
    }
    return entered;
}

CUresult cuMemAlloc_v2(CUdeviceptr *address, size_t bytes) {
    CUresult entered = enterOutsideCapture("cuMemAlloc_v2", CUDA_ERROR_OUT_OF_MEMORY);
    void *made = nullptr;
    CUresult status = entered != CUDA_SUCCESS ? entered : allocate(Kind::DEVICE, bytes, &made);
    if (status == CUDA_SUCCESS) {
        *address = reinterpret_cast<CUdeviceptr>(made);
    }
    return status;
}

CUresult cuMemFree_v2(CUdeviceptr address) {
    void *block = reinterpret_cast<void *>(address);
    CUresult entered = enterOutsideCapture("cuMemFree_v2");
    return entered != CUDA_SUCCESS ? excuseOnDemand(entered, block) : release("cuMemFree_v2", Kind::DEVICE, block);
}

CUresult cuMemHostAlloc(void **address, size_t bytes, unsigned) {
    CUresult entered = enterOutsideCapture("cuMemHostAlloc", CUDA_ERROR_OUT_OF_MEMORY);
    return entered != CUDA_SUCCESS ? entered : allocate(Kind::PINNED, bytes, address);
}

CUresult cuMemFreeHost(void *address) {
    CUresult entered = enterOutsideCapture("cuMemFreeHost");
    return entered != CUDA_SUCCESS ? excuseOnDemand(entered, address) : release("cuMemFreeHost", Kind::PINNED, address);
}
}

}  // namespace gradus
