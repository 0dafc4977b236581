#include "control.h"

#include "context.h"
#include "emulator.h"

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>
#include <sstream>

namespace gradus {
namespace {

struct Living {
    std::string kind;
    std::string detail;
    bool excused;
};

struct Control {
    std::mutex mutex;
    std::map<std::string, long> calls;
    std::string failing;
    long failingIn = 0;
    int failingStatus = 0;
    std::string misuses;
    std::map<const void *, Living> living;
    std::string lost;
    std::atomic<int> delay{-1};
    std::atomic<long long> memory{-1};
};

void printLeaksAtExit() {
    const char *wanted = std::getenv("GRADUS_EMULATOR_LEAKS");
    if (wanted != nullptr && std::strcmp(wanted, "1") == 0) {
        std::string left = leaks();
        std::fprintf(stderr, "CUDA emulator: %s\n", left.empty() ? "nothing leaked" : ("leaked:\n" + left).c_str());
    }
}

// NAME:K or NAME:K:STATUS.
bool parse(const char *text, Control &c) {
    const char *colon = std::strchr(text, ':');
    if (colon == nullptr || colon == text) {
        return false;
    }
    char *end = nullptr;
    long k = std::strtol(colon + 1, &end, 10);
    long status = 0;
    if (*end == ':') {
        status = std::strtol(end + 1, &end, 10);
        k = status > 0 ? k : 0;
    }
    if (k < 1 || *end != '\0') {
        return false;
    }
    c.failing.assign(text, colon);
    c.failingIn = k;
    c.failingStatus = static_cast<int>(status);
    return true;
}

// After which a device answers every call in the same way.
bool sticks(int status) {
    return status == CUDA_ERROR_ECC_UNCORRECTABLE || status == CUDA_ERROR_ILLEGAL_ADDRESS ||
           status == CUDA_ERROR_LAUNCH_TIMEOUT || (status >= CUDA_ERROR_ASSERT && status <= CUDA_ERROR_LAUNCH_FAILED) ||
           status == CUDA_ERROR_UNKNOWN;
}

void applyEnvironment(Control &c) {
    const char *text = std::getenv("GRADUS_EMULATOR_FAIL");
    if (text != nullptr && *text != '\0' && !parse(text, c)) {
        std::fprintf(stderr, "CUDA emulator: GRADUS_EMULATOR_FAIL is %s; it should be NAME:K or NAME:K:STATUS, from 1\n", text);
        std::abort();
    }
}

// Never destroyed: worker threads may outlive static destructors.
Control &control() {
    static Control *const made = [] {
        auto *c = new Control;
        applyEnvironment(*c);
        std::atexit(printLeaksAtExit);
        return c;
    }();
    return *made;
}

}  // namespace

bool setFailure(const char *request) {
    Control &c = control();
    std::lock_guard<std::mutex> lock(c.mutex);
    if (request == nullptr) {
        c.failingIn = 0;
        return true;
    }
    return parse(request, c);
}

int requestedStatus() {
    Control &c = control();
    std::lock_guard<std::mutex> lock(c.mutex);
    return c.failingStatus;
}

std::string callCounts() {
    Control &c = control();
    std::lock_guard<std::mutex> lock(c.mutex);
    std::ostringstream out;
    for (const auto &[name, count] : c.calls) {
        out << name << '=' << count << '\n';
    }
    return out.str();
}

void resetControl() {
    Control &c = control();
    std::lock_guard<std::mutex> lock(c.mutex);
    c.calls.clear();
    c.failingIn = 0;
    applyEnvironment(c);
    c.misuses.clear();
    c.lost.clear();
    c.delay = -1;
    c.memory = -1;
}

void addMisuse(const std::string &message) {
    Control &c = control();
    std::lock_guard<std::mutex> lock(c.mutex);
    std::fprintf(stderr, "CUDA emulator: misuse: %s\n", message.c_str());
    c.misuses += message + '\n';
}

std::string misuses() {
    Control &c = control();
    std::lock_guard<std::mutex> lock(c.mutex);
    return c.misuses;
}

void born(const char *kind, const void *handle, const std::string &detail) {
    Control &c = control();
    std::lock_guard<std::mutex> lock(c.mutex);
    c.living[handle] = {kind, detail, false};
}

void died(const void *handle) {
    Control &c = control();
    std::lock_guard<std::mutex> lock(c.mutex);
    c.living.erase(handle);
}

void excuse(const void *handle) {
    Control &c = control();
    std::lock_guard<std::mutex> lock(c.mutex);
    auto found = c.living.find(handle);
    if (found != c.living.end()) {
        found->second.excused = true;
    }
}

static std::string list(const std::map<const void *, Living> &living, const char *remark) {
    std::ostringstream out;
    for (const auto &[handle, object] : living) {
        if (!object.excused) {
            out << object.kind << ' ' << handle << object.detail << remark << '\n';
        }
    }
    return out.str();
}

void loseLiving(bool report) {
    Control &c = control();
    std::lock_guard<std::mutex> lock(c.mutex);
    if (report) {
        c.lost += list(c.living, ", alive at the context's last release");
    }
    c.living.clear();
}

std::string leaks() {
    Control &c = control();
    std::lock_guard<std::mutex> lock(c.mutex);
    return c.lost + list(c.living, "");
}

void setDelay(int microseconds) {
    control().delay = microseconds;
}

int delayMicroseconds() {
    static const int fromEnvironment = [] {
        const char *text = std::getenv("GRADUS_EMULATOR_DELAY_US");
        return text == nullptr ? 0 : std::atoi(text);
    }();
    int asked = control().delay;
    return asked < 0 ? fromEnvironment : asked;
}

void setMemory(long long bytes) {
    control().memory = bytes;
}

long long requestedMemory() {
    return control().memory;
}

extern "C" bool gradusEmulatorFails(const char *name) {
    Control &c = control();
    std::lock_guard<std::mutex> lock(c.mutex);
    c.calls[name]++;
    bool fails = c.failingIn > 0 && c.failing == name && --c.failingIn == 0;
    if (fails && sticks(c.failingStatus)) {
        stick(static_cast<CUresult>(c.failingStatus));
    }
    return fails;
}

extern "C" void gradusEmulatorBorn(const char *kind, const void *handle) {
    born(kind, handle, "");
}

extern "C" void gradusEmulatorDied(const void *handle) {
    died(handle);
}

extern "C" void gradusEmulatorExcuse(const void *handle) {
    excuse(handle);
}

}  // namespace gradus
