#include "fiber.h"

#include <cstdio>
#include <cstdlib>
#include <sys/mman.h>

// gradusSwitch(void **from, void *to): the callee-saved registers on the stack left, its pointer to *from, and back again.
asm(R"(
    .text
    .globl gradusSwitch
    .hidden gradusSwitch
    .type gradusSwitch, @function
gradusSwitch:
    pushq %rbp
    pushq %rbx
    pushq %r12
    pushq %r13
    pushq %r14
    pushq %r15
    movq %rsp, (%rdi)
    movq %rsi, %rsp
    popq %r15
    popq %r14
    popq %r13
    popq %r12
    popq %rbx
    popq %rbp
    ret
    .size gradusSwitch, . - gradusSwitch
)");

extern "C" void gradusSwitch(void **from, void *to);

namespace gradus {

Stacks::~Stacks() {
    if (memory_ != nullptr) {
        munmap(memory_, COUNT * (STACK + GUARD));
    }
}

Fiber Stacks::prepare(int index, void (*main)()) {
    if (memory_ == nullptr) {
        void *all = mmap(nullptr, COUNT * (STACK + GUARD), PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        memory_ = all == MAP_FAILED ? nullptr : static_cast<char *>(all);
    }
    char *bottom = memory_ + static_cast<size_t>(index) * (STACK + GUARD) + GUARD;
    bool isOpen = memory_ != nullptr;
    for (; isOpen && opened_ <= index; opened_++) {
        isOpen = mprotect(memory_ + static_cast<size_t>(opened_) * (STACK + GUARD) + GUARD, STACK, PROT_READ | PROT_WRITE) == 0;
    }
    if (!isOpen) {
        std::fprintf(stderr, "CUDA emulator: no memory for the stack of a kernel's thread\n");
        std::abort();
    }
    // six registers, the address that `ret` goes to, and a word that leaves the stack as a call would
    auto **top = reinterpret_cast<void **>(bottom + STACK - static_cast<size_t>(index % COLOURS) * COLOUR);
    *--top = nullptr;
    *--top = reinterpret_cast<void *>(main);
    for (int i = 0; i < 6; i++) {
        *--top = nullptr;
    }
    return {top};
}

void switchFiber(Fiber &from, const Fiber &to) {
    gradusSwitch(&from.stackPointer, to.stackPointer);
}

}  // namespace gradus
