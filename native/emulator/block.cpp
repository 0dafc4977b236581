// Threads of a block as fibers. A thread runs until it returns or waits for others; a kernel whose threads never wait runs
// all of them on one fiber, one after another. The order is always the same: the last to become ready goes on first, so that
// a warp keeps running while its stacks are in the cache.
#include "block.h"

#include "cuda_types.h"
#include "emulator.h"
#include "fiber.h"

#include <cstdio>
#include <memory>
#include <sys/mman.h>
#include <vector>

__attribute__((tls_model("initial-exec"))) __thread uint3 threadIdx;
__attribute__((tls_model("initial-exec"))) __thread uint3 blockIdx;
__attribute__((tls_model("initial-exec"))) __thread uint3 blockDim;
__attribute__((tls_model("initial-exec"))) __thread uint3 gridDim;

namespace gradus {
namespace {

constexpr int WARP = 32;
constexpr size_t MAX_SHARED = 232448;

// A thread of the block, and the meeting that it waits for.
struct Thread {
    int index;
    int fiber;
    Meeting kind;
    unsigned mask;
    uint64_t value;
    int source;
    uint64_t result;
};

struct Warp {
    unsigned living;
    unsigned waiting;
};

class Block;
__attribute__((tls_model("initial-exec"))) __thread Block *running = nullptr;

class Block {
public:
    // The calling thread's own, made for its first launch; kernels reach it through the functions of kernel_host.h.
    static Block &mine() { return *running; }
    static Block &make() {
        static thread_local Block block;
        running = &block;
        return block;
    }

    int run(const Launch &launch, void **parameters);
    void meetAll(int line);
    uint64_t meet(Meeting kind, unsigned mask, uint64_t value, int source);
    int lane() const { return current_->index % WARP; }
    char *shared() const { return shared_; }

    ~Block() {
        if (sharedMemory_ != nullptr) {
            munmap(sharedMemory_, SHARED_PAGES + GUARD);
        }
    }

private:
    static constexpr size_t GUARD = 4096;
    static constexpr size_t SHARED_PAGES = (MAX_SHARED + GUARD - 1) / GUARD * GUARD;

    static void fiberMain() { mine().work(); }

    void reset(const Launch &launch);
    void poisonShared(size_t bytes);
    void work();
    void become(Thread &thread);
    void wait();
    void leave(Thread &thread);
    int takeFiber();
    void switchTo(int fiber);
    bool completes(Warp &warp, int first, unsigned mask);
    void releaseAll();
    [[noreturn]] void fail(const char *why);

    const Launch *launch_ = nullptr;
    void **parameters_ = nullptr;
    std::vector<Thread> threads_;
    std::vector<Warp> warps_;
    Thread *current_ = nullptr;
    int started_ = 0;
    int living_ = 0;
    std::vector<Thread *> ready_;

    std::vector<Thread *> atBarrier_;
    int barrierLine_ = 0;

    Stacks stacks_;
    Fiber outside_;
    std::vector<Fiber> fibers_;
    std::vector<int> idle_;
    int onFiber_ = -1;
    bool isRunning_ = false;
    const char *failure_ = nullptr;

    char *sharedMemory_ = nullptr;
    char *shared_ = nullptr;
};

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

void Block::leave(Thread &thread) {
    Warp &warp = warps_[static_cast<size_t>(thread.index / WARP)];
    warp.living &= ~(1u << thread.index % WARP);
    living_--;
    current_ = nullptr;
    int first = thread.index / WARP * WARP;
    for (int lane = 0; lane < WARP; lane++) {
        if ((warp.waiting >> lane & 1) != 0) {
            completes(warp, first, threads_[static_cast<size_t>(first + lane)].mask);
        }
    }
    if (!atBarrier_.empty() && static_cast<int>(atBarrier_.size()) == living_) {
        releaseAll();
    }
}

void Block::meetAll(int line) {
    if (!atBarrier_.empty() && line != barrierLine_) {
        fail("__syncthreads is reached in another place than by the threads that wait");
    }
    barrierLine_ = line;
    atBarrier_.push_back(current_);
    if (static_cast<int>(atBarrier_.size()) == living_) {
        Thread *last = current_;
        atBarrier_.pop_back();
        releaseAll();
        current_ = last;
        return;
    }
    wait();
}

void Block::releaseAll() {
    ready_.insert(ready_.end(), atBarrier_.rbegin(), atBarrier_.rend());
    atBarrier_.clear();
}

uint64_t Block::meet(Meeting kind, unsigned mask, uint64_t value, int source) {
    Thread &thread = *current_;
    unsigned bit = 1u << lane();
    if ((mask & bit) == 0) {
        fail("a warp's function is called by a lane that its mask leaves out");
    }
    thread.kind = kind;
    thread.mask = mask;
    thread.value = value;
    thread.source = source;
    Warp &warp = warps_[static_cast<size_t>(thread.index / WARP)];
    warp.waiting |= bit;
    if (!completes(warp, thread.index / WARP * WARP, mask)) {
        wait();
    }
    return thread.result;
}

// If all lanes of the mask are there: gives them their results, and lets all but the current one go on.
bool Block::completes(Warp &warp, int first, unsigned mask) {
    unsigned named = mask & warp.living;
    if ((warp.waiting & named) != named) {
        return false;
    }
    Thread *const lanes = &threads_[static_cast<size_t>(first)];
    unsigned ballot = 0;
    const Thread *any = nullptr;
    for (int lane = 0; lane < WARP; lane++) {
        if ((named >> lane & 1) != 0) {
            if (lanes[lane].mask != mask) {
                return false;
            }
            if (any != nullptr && any->kind != lanes[lane].kind) {
                fail("lanes of a warp meet in different functions");
            }
            any = &lanes[lane];
            ballot |= lanes[lane].value != 0 ? 1u << lane : 0;
        }
    }
    for (int lane = WARP - 1; lane >= 0; lane--) {
        if ((named >> lane & 1) != 0) {
            Thread &thread = lanes[lane];
            bool isThere = thread.source >= 0 && thread.source < WARP && (named >> thread.source & 1) != 0;
            thread.result = thread.kind == Meeting::BALLOT ? ballot
                            : isThere                      ? lanes[thread.source].value
                                                           : ~uint64_t{0};
            if (&thread != current_) {
                ready_.push_back(&thread);
            }
        }
    }
    warp.waiting &= ~named;
    return true;
}

// Leaves the launch; the fibers are given up.
void Block::fail(const char *why) {
    failure_ = why;
    Fiber abandoned;
    switchFiber(abandoned, outside_);
    std::abort();
}

}  // namespace

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
