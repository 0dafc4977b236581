// Where the threads of a block meet: barriers and the functions of a warp.
#include "block_threads.h"

namespace gradus {

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

}  // namespace gradus
