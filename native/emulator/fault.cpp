#include "fault.h"

#include "memory.h"

#include <csetjmp>
#include <csignal>
#include <cstdlib>
#include <mutex>
#include <ucontext.h>

namespace gradus {
namespace {

struct Recovery {
    sigjmp_buf point;
    void *address;
    bool isWrite;
};

// initial-exec: a signal handler must not run into the loader's lazy allocation of thread-local storage
__attribute__((tls_model("initial-exec"))) thread_local Recovery *recovery = nullptr;

struct sigaction before[NSIG];

void passOn(int signal, siginfo_t *info, void *context) {
    const struct sigaction &old = before[signal];
    if ((old.sa_flags & SA_SIGINFO) != 0) {
        old.sa_sigaction(signal, info, context);
    } else if (old.sa_handler == SIG_DFL || old.sa_handler == SIG_IGN) {
        // the instruction faults again, without a handler
        std::signal(signal, SIG_DFL);
    } else {
        old.sa_handler(signal);
    }
}

void onFault(int signal, siginfo_t *info, void *context) {
    Recovery *target = recovery;
    if (target == nullptr) {
        passOn(signal, info, context);
        return;
    }
    // bit 1 of the page fault's error code: the access was a write
    target->isWrite = (static_cast<ucontext_t *>(context)->uc_mcontext.gregs[REG_ERR] & 2) != 0;
    target->address = info->si_addr;
    siglongjmp(target->point, 1);
}

// A kernel that overflows its fiber's stack leaves none for the handler.
void giveThreadASignalStack() {
    constexpr size_t BYTES = 64 << 10;
    static thread_local void *memory = nullptr;
    if (memory == nullptr) {
        memory = std::malloc(BYTES);
        stack_t stack = {};
        stack.ss_sp = memory;
        stack.ss_size = BYTES;
        sigaltstack(&stack, nullptr);
    }
}

}  // namespace

void installFaultHandler() {
    static std::once_flag once;
    std::call_once(once, [] {
        struct sigaction action = {};
        action.sa_sigaction = onFault;
        sigemptyset(&action.sa_mask);
        action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART;
        sigaction(SIGSEGV, &action, &before[SIGSEGV]);
        sigaction(SIGBUS, &action, &before[SIGBUS]);
    });
}

int runGuarded(const char *name, const Work &work) {
    giveThreadASignalStack();
    Recovery mine;
    Recovery *const outer = recovery;
    if (sigsetjmp(mine.point, 1) != 0) {
        recovery = outer;
        return gradusEmulatorMisuse("%s: %s at %p: %s", name, mine.isWrite ? "a write" : "a read", mine.address,
                                    describe(mine.address).c_str());
    }
    recovery = &mine;
    int status = work();
    recovery = outer;
    return status;
}

}  // namespace gradus
