#include "stream.h"

#include "context.h"
#include "control.h"
#include "fault.h"
#include "handles.h"

#include <chrono>
#include <csignal>
#include <pthread.h>

namespace gradus {
namespace {

// Workers that have not ended, those of destroyed streams too.
struct Workers {
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<std::shared_ptr<Stream>> running;
};

Workers &workers() {
    static auto *const made = new Workers;
    return *made;
}

// The JVM's signals go to the JVM's threads; faults of our own work stay.
void blockSignals() {
    sigset_t blocked;
    sigfillset(&blocked);
    for (int own : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT}) {
        sigdelset(&blocked, own);
    }
    pthread_sigmask(SIG_BLOCK, &blocked, nullptr);
}

void carryOut(const Piece &piece) {
    if (!piece.always) {
        int delay = delayMicroseconds();
        if (delay > 0) {
            std::this_thread::sleep_for(std::chrono::microseconds(delay));
        }
        if (stickyError() != CUDA_SUCCESS) {
            return;
        }
    }
    int status = runGuarded(piece.name.c_str(), piece.work);
    if (status != CUDA_SUCCESS) {
        stick(static_cast<CUresult>(status));
    }
}

}  // namespace

Handles<Stream, CUstream> &streams() {
    static auto *const made = new Handles<Stream, CUstream>("stream");
    return *made;
}

std::shared_ptr<Stream> Stream::open() {
    installFaultHandler();
    auto stream = std::make_shared<Stream>();
    Workers &w = workers();
    {
        std::lock_guard<std::mutex> lock(w.mutex);
        w.running.push_back(stream);
    }
    std::thread([stream] {
        blockSignals();
        stream->run();
        Workers &all = workers();
        std::lock_guard<std::mutex> lock(all.mutex);
        for (auto &running : all.running) {
            if (running == stream) {
                std::swap(running, all.running.back());
                break;
            }
        }
        all.running.pop_back();
        all.changed.notify_all();
    }).detach();
    return stream;
}

long Stream::push(Piece piece) {
    std::lock_guard<std::mutex> lock(mutex_);
    queue_.push_back(std::move(piece));
    changed_.notify_all();
    return ++pushed_;
}

void Stream::await(long number) {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [&] { return done_ >= number; });
}

void Stream::awaitAll() {
    std::unique_lock<std::mutex> lock(mutex_);
    long last = pushed_;
    changed_.wait(lock, [&] { return done_ >= last; });
}

void Stream::close() {
    std::lock_guard<std::mutex> lock(mutex_);
    closing_ = true;
    changed_.notify_all();
}

void Stream::run() {
    std::unique_lock<std::mutex> lock(mutex_);
    while (true) {
        changed_.wait(lock, [&] { return closing_ || !queue_.empty(); });
        if (queue_.empty()) {
            return;
        }
        {
            Piece piece = std::move(queue_.front());
            queue_.pop_front();
            lock.unlock();
            carryOut(piece);
        }
        lock.lock();
        done_++;
        changed_.notify_all();
    }
}

void Marker::reach() {
    std::lock_guard<std::mutex> lock(mutex_);
    reached_ = true;
    changed_.notify_all();
}

void Marker::await() {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [&] { return reached_; });
}

bool Marker::isReached() {
    std::lock_guard<std::mutex> lock(mutex_);
    return reached_;
}

std::shared_ptr<Stream> requireStream(const char *call, CUstream handle) {
    auto stream = streams().find(handle);
    if (stream == nullptr) {
        gradusEmulatorMisuse("%s: stream %p %s", call, static_cast<void *>(handle),
                             handle == nullptr ? "is the default stream, which is not to be used"
                                               : "was destroyed, or never created");
    }
    return stream;
}

void destroyAllStreams() {
    forgetCaptures();
    for (auto &stream : streams().removeAll()) {
        stream->close();
    }
    Workers &w = workers();
    {
        std::unique_lock<std::mutex> lock(w.mutex);
        w.changed.wait(lock, [&] { return w.running.empty(); });
    }
    forgetEvents();
    forgetGraphs();
}

}  // namespace gradus
