// Threads of a block as fibers. A thread runs until it returns or waits for others; a kernel whose threads never wait runs
// all of them on one fiber, one after another. The order is always the same: the last to become ready goes on first, so that
// a warp keeps running while its stacks are in the cache.
#include "block.h"

#include "block_threads.h"
#include "cuda_types.h"
#include "emulator.h"

#include <cstdio>
#include <cstdlib>
#include <sys/mman.h>

__attribute__((tls_model("initial-exec"))) __thread uint3 threadIdx;
__attribute__((tls_model("initial-exec"))) __thread uint3 blockIdx;
__attribute__((tls_model("initial-exec"))) __thread uint3 blockDim;
__attribute__((tls_model("initial-exec"))) __thread uint3 gridDim;

namespace gradus {

__attribute__((tls_model("initial-exec"))) __thread Block *running = nullptr;

Block &Block::make() {
    static thread_local Block block;
    running = &block;
    return block;
}

Block::~Block() {
    if (sharedMemory_ != nullptr) {
        munmap(sharedMemory_, SHARED_PAGES + GUARD);
    }
}

int Block::run(const Launch &launch, void **parameters) {
    if (isRunning_) {
        // a fault ended the launch before: its fibers stand somewhere in the kernel
        fibers_.clear();
        idle_.clear();
    }
    isRunning_ = true;
    failure_ = nullptr;
    launch_ = &launch;
    parameters_ = parameters;
    reset(launch);
    onFiber_ = takeFiber();
    switchFiber(outside_, fibers_[static_cast<size_t>(onFiber_)]);
    if (failure_ != nullptr) {
        return gradusEmulatorMisuse("kernel %s, block (%u, %u, %u), thread (%u, %u, %u): %s", launch.kernel->name,
                                    blockIdx.x, blockIdx.y, blockIdx.z, threadIdx.x, threadIdx.y, threadIdx.z, failure_);
    }
    idle_.push_back(onFiber_);
    isRunning_ = false;
    return CUDA_SUCCESS;
}

void Block::reset(const Launch &launch) {
    int count = static_cast<int>(launch.block.x * launch.block.y * launch.block.z);
    threads_.assign(static_cast<size_t>(count), Thread{});
    warps_.assign(static_cast<size_t>((count + WARP - 1) / WARP), Warp{0, 0});
    for (int i = 0; i < count; i++) {
        threads_[static_cast<size_t>(i)].index = i;
        warps_[static_cast<size_t>(i / WARP)].living |= 1u << i % WARP;
    }
    started_ = 0;
    living_ = count;
    ready_.clear();
    atBarrier_.clear();
    poisonShared(launch.sharedBytes);
}

// The block's shared memory ends where a page that faults begins (but for the rest to 16 bytes).
void Block::poisonShared(size_t bytes) {
    if (sharedMemory_ == nullptr) {
        void *all = mmap(nullptr, SHARED_PAGES + GUARD, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (all == MAP_FAILED || mprotect(static_cast<char *>(all) + SHARED_PAGES, GUARD, PROT_NONE) != 0) {
            std::fprintf(stderr, "CUDA emulator: no memory for a block's shared memory\n");
            std::abort();
        }
        sharedMemory_ = static_cast<char *>(all);
    }
    size_t rounded = (bytes + 15) / 16 * 16;
    shared_ = sharedMemory_ + SHARED_PAGES - rounded;
    std::memset(shared_, 0xFF, rounded);
}

int Block::takeFiber() {
    if (idle_.empty()) {
        int index = static_cast<int>(fibers_.size());
        fibers_.push_back(stacks_.prepare(index, fiberMain));
        return index;
    }
    int index = idle_.back();
    idle_.pop_back();
    return index;
}

void Block::switchTo(int fiber) {
    int from = onFiber_;
    onFiber_ = fiber;
    // by value: fibers_ may grow meanwhile
    Fiber target = fibers_[static_cast<size_t>(fiber)];
    Fiber &left = fibers_[static_cast<size_t>(from)];
    switchFiber(left, target);
}

// What a fiber does for ever: goes on with what is ready, else starts the next thread, else hands back.
void Block::work() {
    while (true) {
        if (!ready_.empty()) {
            idle_.push_back(onFiber_);
            Thread *next = ready_.back();
            ready_.pop_back();
            switchTo(next->fiber);
        } else if (started_ < static_cast<int>(threads_.size())) {
            Thread &thread = threads_[static_cast<size_t>(started_++)];
            thread.fiber = onFiber_;
            become(thread);
            launch_->kernel->invoke(parameters_);
            leave(thread);
        } else if (living_ == 0) {
            switchFiber(fibers_[static_cast<size_t>(onFiber_)], outside_);
        } else {
            fail("waits for threads that never come");
        }
    }
}

void Block::become(Thread &thread) {
    current_ = &thread;
    unsigned index = static_cast<unsigned>(thread.index);
    threadIdx = {index % blockDim.x, index / blockDim.x % blockDim.y, index / blockDim.x / blockDim.y};
}

// Lets others run until somebody has put the current thread among the ready.
void Block::wait() {
    Thread &waiting = *current_;
    if (!ready_.empty()) {
        Thread *next = ready_.back();
        ready_.pop_back();
        switchTo(next->fiber);
    } else if (started_ < static_cast<int>(threads_.size())) {
        switchTo(takeFiber());
    } else {
        fail("waits for threads that never come");
    }
    become(waiting);
}

// Leaves the launch; the fibers are given up.
void Block::fail(const char *why) {
    failure_ = why;
    Fiber abandoned;
    switchFiber(abandoned, outside_);
    std::abort();
}

void *dynamicShared() {
    return Block::mine().shared();
}

void meetBlock(int line) {
    Block::mine().meetAll(line);
}

uint64_t meetWarp(Meeting kind, unsigned mask, uint64_t value, int source) {
    return Block::mine().meet(kind, mask, value, source);
}

int laneIndex() {
    return Block::mine().lane();
}

int runBlocks(const Launch &launch, void **parameters) {
    Block &own = Block::make();
    gridDim = launch.grid;
    blockDim = launch.block;
    for (unsigned z = 0; z < launch.grid.z; z++) {
        for (unsigned y = 0; y < launch.grid.y; y++) {
            for (unsigned x = 0; x < launch.grid.x; x++) {
                blockIdx = {x, y, z};
                int status = own.run(launch, parameters);
                if (status != CUDA_SUCCESS) {
                    return status;
                }
            }
        }
    }
    return CUDA_SUCCESS;
}

}  // namespace gradus
