// Stacks that one thread switches between: System V ABI, x86-64, the only platform of JCuda's natives on Linux.
#pragma once
#include <cstddef>
#include <cstdint>

namespace gradus {

struct Fiber {
    void *stackPointer = nullptr;
};

// As many stacks as a block may have threads, each above a faulting page; memory is taken when a stack is used.
class Stacks {
public:
    static constexpr int COUNT = 1024;

    Stacks() = default;
    Stacks(const Stacks &) = delete;
    Stacks &operator=(const Stacks &) = delete;
    ~Stacks();

    // Fiber `index`, about to enter `main`, which must not return.
    Fiber prepare(int index, void (*main)());

private:
    static constexpr size_t STACK = 64 << 10;
    static constexpr size_t GUARD = 4096;
    // stacks begin at different places of their pages, or all would meet in a few sets of the cache
    static constexpr int COLOURS = 32;
    static constexpr size_t COLOUR = 320;

    char *memory_ = nullptr;
    int opened_ = 0;
};

// Goes on where `to` was left; returns when somebody switches to `from`.
void switchFiber(Fiber &from, const Fiber &to);

}  // namespace gradus
