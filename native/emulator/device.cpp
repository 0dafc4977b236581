// The device as it describes itself: an H100's figures where programs plan with them.
#include "context.h"
#include "control.h"
#include "cuda_types.h"
#include "emulator.h"
#include "memory.h"

#include <cstdio>
#include <cstdlib>
#include <map>

namespace gradus {
namespace {

// CUdevice_attribute, value
const std::map<int, int> ATTRIBUTES = {
    {1, 1024},          // MAX_THREADS_PER_BLOCK
    {2, 1024},          // MAX_BLOCK_DIM_X
    {3, 1024},          // MAX_BLOCK_DIM_Y
    {4, 64},            // MAX_BLOCK_DIM_Z
    {5, 2147483647},    // MAX_GRID_DIM_X
    {6, 65535},         // MAX_GRID_DIM_Y
    {7, 65535},         // MAX_GRID_DIM_Z
    {8, 49152},         // MAX_SHARED_MEMORY_PER_BLOCK
    {9, 65536},         // TOTAL_CONSTANT_MEMORY
    {10, 32},           // WARP_SIZE
    {11, 2147483647},   // MAX_PITCH
    {12, 65536},        // MAX_REGISTERS_PER_BLOCK
    {13, 1980000},      // CLOCK_RATE, kHz
    {16, 132},          // MULTIPROCESSOR_COUNT
    {17, 0},            // KERNEL_EXEC_TIMEOUT
    {18, 0},            // INTEGRATED
    {19, 1},            // CAN_MAP_HOST_MEMORY
    {20, 0},            // COMPUTE_MODE
    {31, 1},            // CONCURRENT_KERNELS
    {32, 1},            // ECC_ENABLED
    {33, 0},            // PCI_BUS_ID
    {34, 0},            // PCI_DEVICE_ID
    {36, 2619000},      // MEMORY_CLOCK_RATE, kHz
    {37, 5120},         // GLOBAL_MEMORY_BUS_WIDTH, bits
    {38, 52428800},     // L2_CACHE_SIZE
    {39, 2048},         // MAX_THREADS_PER_MULTIPROCESSOR
    {40, 3},            // ASYNC_ENGINE_COUNT
    {41, 1},            // UNIFIED_ADDRESSING
    {50, 0},            // PCI_DOMAIN_ID
    {75, 9},            // COMPUTE_CAPABILITY_MAJOR
    {76, 0},            // COMPUTE_CAPABILITY_MINOR
    {78, 1},            // STREAM_PRIORITIES_SUPPORTED
    {81, 233472},       // MAX_SHARED_MEMORY_PER_MULTIPROCESSOR
    {82, 65536},        // MAX_REGISTERS_PER_MULTIPROCESSOR
    {83, 0},            // MANAGED_MEMORY
    {87, 2},            // SINGLE_TO_DOUBLE_PRECISION_PERF_RATIO
    {95, 1},            // COOPERATIVE_LAUNCH
    {97, 232448},       // MAX_SHARED_MEMORY_PER_BLOCK_OPTIN
    {106, 32},          // MAX_BLOCKS_PER_MULTIPROCESSOR
    {111, 1024},        // RESERVED_SHARED_MEMORY_PER_BLOCK
    {115, 0},           // MEMORY_POOLS_SUPPORTED
};

constexpr int DRIVER_VERSION = 12060;

CUresult ask(const char *name, CUdevice device) {
    if (gradusEmulatorFails(name)) {
        return demanded(CUDA_ERROR_UNKNOWN);
    }
    int now = gradusEmulatorState();
    if (now == CUDA_ERROR_NOT_INITIALIZED) {
        return CUDA_ERROR_NOT_INITIALIZED;
    }
    return device == 0 ? CUDA_SUCCESS : CUDA_ERROR_INVALID_DEVICE;
}

}  // namespace

extern "C" {

CUresult cuDriverGetVersion(int *version) {
    if (gradusEmulatorFails("cuDriverGetVersion")) {
        return demanded(CUDA_ERROR_UNKNOWN);
    }
    const char *asked = std::getenv("GRADUS_EMULATOR_DRIVER");
    *version = asked == nullptr ? DRIVER_VERSION : std::atoi(asked);
    return CUDA_SUCCESS;
}

CUresult cuDeviceGetCount(int *count) {
    CUresult status = ask("cuDeviceGetCount", 0);
    if (status == CUDA_SUCCESS) {
        *count = 1;
    }
    return status;
}

CUresult cuDeviceGet(CUdevice *device, int ordinal) {
    CUresult status = ask("cuDeviceGet", ordinal);
    if (status == CUDA_SUCCESS) {
        *device = ordinal;
    }
    return status;
}

CUresult cuDeviceGetName(char *name, int length, CUdevice device) {
    CUresult status = ask("cuDeviceGetName", device);
    if (status == CUDA_SUCCESS) {
        std::snprintf(name, static_cast<size_t>(length), "CUDA emulator (tests only)");
    }
    return status;
}

CUresult cuDeviceGetUuid(CUuuid *uuid, CUdevice device) {
    CUresult status = ask("cuDeviceGetUuid", device);
    if (status == CUDA_SUCCESS) {
        *uuid = {{'e', 'm', 'u', 'l', 'a', 't', 'o', 'r', 0, 0, 0, 0, 0, 0, 0, 1}};
    }
    return status;
}

CUresult cuDeviceGetPCIBusId(char *id, int length, CUdevice device) {
    CUresult status = ask("cuDeviceGetPCIBusId", device);
    if (status == CUDA_SUCCESS) {
        std::snprintf(id, static_cast<size_t>(length), "0000:00:00.0");
    }
    return status;
}

CUresult cuDeviceGetAttribute(int *value, int attribute, CUdevice device) {
    CUresult status = ask("cuDeviceGetAttribute", device);
    if (status != CUDA_SUCCESS) {
        return status;
    }
    auto found = ATTRIBUTES.find(attribute);
    if (found == ATTRIBUTES.end()) {
        return CUDA_ERROR_INVALID_VALUE;
    }
    *value = found->second;
    return CUDA_SUCCESS;
}

CUresult cuDeviceTotalMem_v2(size_t *bytes, CUdevice device) {
    CUresult status = ask("cuDeviceTotalMem_v2", device);
    if (status == CUDA_SUCCESS) {
        *bytes = deviceCapacity();
    }
    return status;
}
}

}  // namespace gradus
