// What CUDA C++ gives to the kernels, for the host's compiler. A block's threads are fibers of one thread (block.cpp).
// __shared__ arrays of fixed size keep what the block before left; dynamic ones are filled with 0xFF for each block.
#pragma once
#include "kernels.h"

#include <cstdint>
#include <cstring>
#include <math.h>
#include <type_traits>

struct uint3 {
    unsigned x;
    unsigned y;
    unsigned z;
};

// __thread rather than thread_local: known to need no initialization
#define GRADUS_PER_WORKER extern __attribute__((tls_model("initial-exec"))) __thread
GRADUS_PER_WORKER uint3 threadIdx;
GRADUS_PER_WORKER uint3 blockIdx;
GRADUS_PER_WORKER uint3 blockDim;
GRADUS_PER_WORKER uint3 gridDim;

namespace gradus {

enum class Meeting { SYNC, SHUFFLE, BALLOT };

void *dynamicShared();
// All threads of the block that have not returned meet here.
void meetBlock(int line);
// The lanes of `mask` that have not returned meet. SYNC: 0; SHUFFLE: the value of lane `source`; BALLOT: the lanes whose
// value is not 0.
uint64_t meetWarp(Meeting kind, unsigned mask, uint64_t value, int source);
int laneIndex();

template <class T> T shuffle(unsigned mask, T value, int source) {
    static_assert(std::is_arithmetic<T>::value && sizeof(T) >= 4, "CUDA shuffles 4 or 8 bytes");
    uint64_t bits = 0;
    std::memcpy(&bits, &value, sizeof value);
    bits = meetWarp(Meeting::SHUFFLE, mask, bits, source);
    std::memcpy(&value, &bits, sizeof value);
    return value;
}

template <class T> T addAtomically(T *address, T value) {
    T seen = *address;
    T wanted = seen + value;
    while (!__atomic_compare_exchange(address, &seen, &wanted, true, __ATOMIC_RELAXED, __ATOMIC_RELAXED)) {
        wanted = seen + value;
    }
    return seen;
}

// A kernel as its table holds it.
template <auto kernel> struct Entry;
template <class... A, void (*kernel)(A...)> struct Entry<kernel> {
    static constexpr int PARAMETERS = sizeof...(A);
    static constexpr bool IS_POINTER[] = {std::is_pointer<A>::value..., false};
    static constexpr size_t BYTES[] = {sizeof(A)..., 0};

    static void invoke(void **parameters) { invoke(parameters, std::make_integer_sequence<int, PARAMETERS>()); }
    template <int... I> static void invoke([[maybe_unused]] void **parameters, std::integer_sequence<int, I...>) {
        kernel(*static_cast<std::remove_const_t<A> *>(parameters[I])...);
    }
};

}  // namespace gradus

#define GRADUS_KERNEL(name, maxThreads)                                                                                \
    {#name, gradus::Entry<&name>::invoke, gradus::Entry<&name>::PARAMETERS, gradus::Entry<&name>::IS_POINTER,          \
     gradus::Entry<&name>::BYTES, maxThreads}

#define __global__
#define __device__
#define __host__
#define __forceinline__ inline
#define __launch_bounds__(...)
#define __restrict__ __restrict
#define __shared__ static thread_local
#define DYNAMIC_SHARED(type, name) type *const name = static_cast<type *>(gradus::dynamicShared())

inline void __syncthreads(int line = __builtin_LINE()) {
    gradus::meetBlock(line);
}

inline void __syncwarp(unsigned mask = 0xffffffffu) {
    gradus::meetWarp(gradus::Meeting::SYNC, mask, 0, 0);
}

// CUDA C++ Programming Guide, "Warp Shuffle Functions": beyond its segment of `width` lanes a lane gets its own value.
template <class T> T __shfl_sync(unsigned mask, T value, int source, int width = 32) {
    return gradus::shuffle(mask, value, (gradus::laneIndex() & ~(width - 1)) | (source & (width - 1)));
}

template <class T> T __shfl_xor_sync(unsigned mask, T value, int laneMask, int width = 32) {
    int lane = gradus::laneIndex();
    int source = lane ^ laneMask;
    return gradus::shuffle(mask, value, source > (lane | (width - 1)) ? lane : source);
}

template <class T> T __shfl_down_sync(unsigned mask, T value, unsigned delta, int width = 32) {
    int lane = gradus::laneIndex();
    int source = lane + static_cast<int>(delta);
    return gradus::shuffle(mask, value, source > (lane | (width - 1)) ? lane : source);
}

template <class T> T __shfl_up_sync(unsigned mask, T value, unsigned delta, int width = 32) {
    int lane = gradus::laneIndex();
    int source = lane - static_cast<int>(delta);
    return gradus::shuffle(mask, value, source < (lane & ~(width - 1)) ? lane : source);
}

inline unsigned __ballot_sync(unsigned mask, int predicate) {
    return static_cast<unsigned>(gradus::meetWarp(gradus::Meeting::BALLOT, mask, predicate != 0, 0));
}

inline int __any_sync(unsigned mask, int predicate) {
    return __ballot_sync(mask, predicate) != 0;
}

// Only for masks whose lanes have not returned.
inline int __all_sync(unsigned mask, int predicate) {
    return __ballot_sync(mask, !predicate) == 0;
}

template <class T> T atomicAdd(T *address, T value) {
    return gradus::addAtomically(address, value);
}

inline int min(int a, int b) { return a < b ? a : b; }
inline unsigned min(unsigned a, unsigned b) { return a < b ? a : b; }
inline long long min(long long a, long long b) { return a < b ? a : b; }
inline float min(float a, float b) { return fminf(a, b); }
inline double min(double a, double b) { return fmin(a, b); }
inline int max(int a, int b) { return a > b ? a : b; }
inline unsigned max(unsigned a, unsigned b) { return a > b ? a : b; }
inline long long max(long long a, long long b) { return a > b ? a : b; }
inline float max(float a, float b) { return fmaxf(a, b); }
inline double max(double a, double b) { return fmax(a, b); }
inline float rsqrt(float x) { return 1 / sqrtf(x); }
inline double rsqrt(double x) { return 1 / sqrt(x); }
