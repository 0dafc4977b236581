// Handles that are given out once: a late use of one that died is always noticed.
#pragma once
#include "control.h"

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

namespace gradus {

// Unique over all kinds; looks like an address, is none.
inline void *nextHandle() {
    static std::atomic<size_t> next{0x10000};
    return reinterpret_cast<void *>(next.fetch_add(16));
}

template <class T, class Handle> class Handles {
public:
    explicit Handles(const char *kind) : kind_(kind) {}

    Handle add(std::shared_ptr<T> object) {
        auto handle = static_cast<Handle>(nextHandle());
        std::lock_guard<std::mutex> lock(mutex_);
        living_[handle] = std::move(object);
        born(kind_, handle, "");
        return handle;
    }

    // null if it does not live.
    std::shared_ptr<T> find(Handle handle) {
        std::lock_guard<std::mutex> lock(mutex_);
        auto found = living_.find(handle);
        return found == living_.end() ? nullptr : found->second;
    }

    std::shared_ptr<T> remove(Handle handle) {
        std::lock_guard<std::mutex> lock(mutex_);
        auto found = living_.find(handle);
        if (found == living_.end()) {
            return nullptr;
        }
        auto object = found->second;
        living_.erase(found);
        died(handle);
        return object;
    }

    std::vector<std::shared_ptr<T>> removeAll() {
        std::lock_guard<std::mutex> lock(mutex_);
        std::vector<std::shared_ptr<T>> all;
        for (auto &entry : living_) {
            all.push_back(entry.second);
        }
        living_.clear();
        return all;
    }

private:
    const char *const kind_;
    std::mutex mutex_;
    std::map<Handle, std::shared_ptr<T>> living_;
};

}  // namespace gradus
