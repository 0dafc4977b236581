// The threads of a block as fibers, and what they wait for.
#pragma once
#include "block.h"
#include "fiber.h"

#include <vector>

namespace gradus {

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
GRADUS_PER_WORKER Block *running;

class Block {
public:
    Block() = default;
    Block(const Block &) = delete;
    Block &operator=(const Block &) = delete;
    ~Block();


    // The calling thread's own, made for its first launch; kernels reach it through the functions of kernel_host.h.
    static Block &mine() { return *running; }
    static Block &make();

    int run(const Launch &launch, void **parameters);
    void meetAll(int line);
    uint64_t meet(Meeting kind, unsigned mask, uint64_t value, int source);
    int lane() const { return current_->index % WARP; }
    char *shared() const { return shared_; }

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

}  // namespace gradus
