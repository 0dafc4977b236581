// What the emulator's cuBLAS and cuSOLVER have in common: handles that notice a late use, and checks of device ranges.
#pragma once
#include "emulator.h"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace gradus {

// Handles of one kind, which shows in the report of leaks. Those destroyed are kept: no address is given out twice, so a
// late use is always noticed.
template <class H> class Handles {
public:
    explicit Handles(const char *kind) : kind_(kind) {}

    H *create() {
        auto made = std::make_unique<H>();
        H *handle = made.get();
        gradusEmulatorBorn(kind_, handle);
        std::lock_guard<std::mutex> lock(mutex_);
        all_.emplace(handle, Entry{std::move(made), true});
        return handle;
    }

    bool lives(const H *handle) {
        std::lock_guard<std::mutex> lock(mutex_);
        auto found = all_.find(handle);
        return found != all_.end() && found->second.lives;
    }

    void destroy(const H *handle) {
        std::lock_guard<std::mutex> lock(mutex_);
        all_.at(handle).lives = false;
        gradusEmulatorDied(handle);
    }

    // Whether a living handle has a property; `then` is done under the same lock when none has.
    template <class Property, class Then> bool any(Property property, Then then) {
        std::lock_guard<std::mutex> lock(mutex_);
        for (auto &entry : all_) {
            if (entry.second.lives && property(*entry.second.handle)) {
                return true;
            }
        }
        then();
        return false;
    }

    // Changes what `any` looks at.
    template <class Change> void change(Change change) {
        std::lock_guard<std::mutex> lock(mutex_);
        change();
    }

private:
    struct Entry {
        std::unique_ptr<H> handle;
        bool lives;
    };

    const char *kind_;
    std::mutex mutex_;
    std::unordered_map<const H *, Entry> all_;
};

// Bytes from the first to one past the last element of `batch` column-major matrices, `stride` elements apart; SIZE_MAX
// where that overflows, which no allocation holds.
inline size_t extent(int64_t rows, int64_t cols, int64_t ld, int64_t stride, int64_t batch, size_t elementBytes) {
    int64_t between = 0;
    int64_t within = 0;
    int64_t elements = 0;
    int64_t bytes = 0;
    bool overflows = __builtin_mul_overflow(stride, batch - 1, &between) ||
                     __builtin_mul_overflow(ld, cols - 1, &within) ||
                     __builtin_add_overflow(between, within, &elements) ||
                     __builtin_add_overflow(elements, rows, &elements) ||
                     __builtin_mul_overflow(elements, static_cast<int64_t>(elementBytes), &bytes);
    return overflows ? SIZE_MAX : static_cast<size_t>(bytes);
}

struct Region {
    const char *what;
    const void *address;
    size_t bytes;
};

inline bool overlap(const Region &x, const Region &y) {
    auto a = reinterpret_cast<uintptr_t>(x.address);
    auto b = reinterpret_cast<uintptr_t>(y.address);
    return x.bytes > 0 && y.bytes > 0 && a < b + y.bytes && b < a + x.bytes;
}

// 0, or the CUresult of the misuse when a region is not in living device memory. To be asked when work is carried out.
inline int requireDeviceMemory(const char *call, std::initializer_list<Region> regions) {
    for (const Region &region : regions) {
        if (region.bytes > 0 && !gradusEmulatorIsDeviceMemory(region.address, region.bytes)) {
            return gradusEmulatorMisuse("%s: %s: %p, %zu bytes, is not in one living device allocation", call,
                                        region.what, region.address, region.bytes);
        }
    }
    return 0;
}

// Destroying a handle: where that is made to fail on demand it stays alive, but its owner did what it could, so that it is
// no leak; an error of the context does not keep it alive.
template <class H> int destroyHandle(const char *name, Handles<H> &handles, H *handle, int unknown, int failed) {
    bool fails = gradusEmulatorFails(name);
    if (handle == nullptr) {
        return unknown;
    }
    if (!handles.lives(handle)) {
        gradusEmulatorMisuse("%s: %p was destroyed or never created", name, static_cast<void *>(handle));
        return unknown;
    }
    if (fails) {
        gradusEmulatorExcuse(handle);
        return failed;
    }
    int status = gradusEmulatorHostCall(name);
    handles.destroy(handle);
    return status == 0 ? 0 : failed;
}

}  // namespace gradus
