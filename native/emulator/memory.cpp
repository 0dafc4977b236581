#include "memory.h"

#include "control.h"
#include "emulator.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>
#include <sys/mman.h>
#include <unistd.h>

namespace gradus {
namespace {

constexpr size_t PAGE = 4096;
constexpr size_t ALIGNMENT = 256;
constexpr size_t SPACE = size_t{1} << 42;
constexpr size_t DEFAULT_CAPACITY = size_t{4} << 30;
constexpr unsigned char POISON = 0xFF;
constexpr size_t POISON_FILE = size_t{8} << 20;

using Address = uintptr_t;

struct Block {
    Kind kind;
    Address begin;
    size_t bytes;
    Address pages;       // the first of its pages
    size_t pageBytes;
    long number;
    bool lives;
};

struct Memory {
    std::mutex mutex;
    Address space = 0;
    Address cursor = 0;
    std::map<Address, Block> blocks;  // by first page, the dead ones too until their space is used again
    size_t used = 0;
    long made = 0;
};

Memory &memory() {
    static Memory *const made = new Memory;
    return *made;
}

const char *nameOf(Kind kind) {
    return kind == Kind::DEVICE ? "device block" : "pinned block";
}

Address addressOf(const void *pointer) {
    return reinterpret_cast<Address>(pointer);
}

void *pointerTo(Address address) {
    return reinterpret_cast<void *>(address);
}

// The block whose pages, or the faulting page before or after them, hold the address.
Block *blockNear(Memory &m, Address address) {
    auto after = m.blocks.upper_bound(address + PAGE);
    if (after == m.blocks.begin()) {
        return nullptr;
    }
    Block &block = std::prev(after)->second;
    return address < block.pages + block.pageBytes + PAGE ? &block : nullptr;
}

// Finds room for pages with a faulting one on each side, going round; forgets the dead blocks it passes.
bool reserve(Memory &m, size_t pageBytes, Address &pages) {
    if (m.space == 0) {
        void *space = mmap(nullptr, SPACE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (space == MAP_FAILED) {
            return false;
        }
        m.space = m.cursor = addressOf(space);
    }
    size_t wanted = pageBytes + 2 * PAGE;
    for (int rounds = 0; rounds < 2; m.cursor = m.space, rounds++) {
        while (m.cursor + wanted <= m.space + SPACE) {
            auto next = m.blocks.lower_bound(m.cursor);
            while (next != m.blocks.end() && !next->second.lives && next->first < m.cursor + wanted) {
                next = m.blocks.erase(next);
            }
            if (next == m.blocks.end() || next->first >= m.cursor + wanted) {
                pages = m.cursor + PAGE;
                m.cursor += wanted;
                return true;
            }
            m.cursor = next->first + next->second.pageBytes + PAGE;
        }
    }
    return false;
}

// A file of poison in memory, whose pages cost nothing until they are written; -1 where there can be none.
int poisonFile() {
    static const int file = [] {
        int made = memfd_create("gradus-poison", MFD_CLOEXEC);
        if (made < 0 || ftruncate(made, POISON_FILE) != 0) {
            return -1;
        }
        void *pages = mmap(nullptr, POISON_FILE, PROT_READ | PROT_WRITE, MAP_SHARED, made, 0);
        if (pages == MAP_FAILED) {
            return -1;
        }
        std::memset(pages, POISON, POISON_FILE);
        munmap(pages, POISON_FILE);
        return made;
    }();
    return file;
}

void poison(Address pages, size_t pageBytes) {
    size_t done = 0;
    while (pageBytes - done >= POISON_FILE / 8 && poisonFile() >= 0) {
        size_t length = std::min(pageBytes - done, POISON_FILE);
        void *mapped = mmap(pointerTo(pages + done), length, PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_NORESERVE | MAP_FIXED, poisonFile(), 0);
        if (mapped == MAP_FAILED) {
            break;
        }
        done += length;
    }
    std::memset(pointerTo(pages + done), POISON, pageBytes - done);
}

// The bytes beside the block, on its own pages, still hold the poison.
bool isSurroundingIntact(const Block &block) {
    for (Address at = block.pages; at < block.pages + block.pageBytes; at++) {
        if (at == block.begin) {
            at += block.bytes;
        }
        if (at < block.pages + block.pageBytes && *static_cast<unsigned char *>(pointerTo(at)) != POISON) {
            return false;
        }
    }
    return true;
}

void kill(Memory &m, Block &block) {
    block.lives = false;
    m.used -= block.kind == Kind::DEVICE ? block.bytes : 0;
    // gives the pages back and merges with the faulting neighbours
    mmap(pointerTo(block.pages), block.pageBytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0);
    died(pointerTo(block.begin));
}

std::string detail(const Block &block) {
    return " #" + std::to_string(block.number) + " (" + std::to_string(block.bytes) + " bytes)";
}

}  // namespace

size_t deviceCapacity() {
    static const size_t capacity = [] {
        const char *asked = std::getenv("GRADUS_EMULATOR_MEMORY");
        return asked == nullptr ? DEFAULT_CAPACITY : static_cast<size_t>(std::strtoull(asked, nullptr, 10));
    }();
    long long asked = requestedMemory();
    return asked < 0 ? capacity : static_cast<size_t>(asked);
}

size_t deviceBytesFree() {
    Memory &m = memory();
    std::lock_guard<std::mutex> lock(m.mutex);
    return std::max(deviceCapacity(), m.used) - m.used;
}

CUresult allocate(Kind kind, size_t bytes, void **address) {
    if (bytes == 0) {
        return CUDA_ERROR_INVALID_VALUE;
    }
    Memory &m = memory();
    std::lock_guard<std::mutex> lock(m.mutex);
    if (bytes > SPACE / 2 || (kind == Kind::DEVICE && bytes > std::max(deviceCapacity(), m.used) - m.used)) {
        return CUDA_ERROR_OUT_OF_MEMORY;
    }
    size_t rounded = (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    size_t pageBytes = (rounded + PAGE - 1) / PAGE * PAGE;
    Address pages = 0;
    if (!reserve(m, pageBytes, pages) || mprotect(pointerTo(pages), pageBytes, PROT_READ | PROT_WRITE) != 0) {
        return CUDA_ERROR_OUT_OF_MEMORY;
    }
    poison(pages, pageBytes);
    Block block{kind, pages + pageBytes - rounded, bytes, pages, pageBytes, ++m.made, true};
    m.blocks[pages] = block;
    m.used += kind == Kind::DEVICE ? bytes : 0;
    *address = pointerTo(block.begin);
    born(nameOf(kind), *address, detail(block));
    return CUDA_SUCCESS;
}

CUresult release(const char *call, Kind kind, void *address) {
    Memory &m = memory();
    std::unique_lock<std::mutex> lock(m.mutex);
    Block *block = blockNear(m, addressOf(address));
    bool isStart = block != nullptr && block->begin == addressOf(address) && block->kind == kind;
    if (!isStart || !block->lives) {
        lock.unlock();
        const char *what = isStart ? "released twice" : "not the start of a block of that kind";
        return static_cast<CUresult>(
            gradusEmulatorMisuse("%s: %p is %s: %s", call, address, what, describe(address).c_str()));
    }
    bool intact = isSurroundingIntact(*block);
    std::string overwritten = nameOf(kind) + detail(*block);
    kill(m, *block);
    lock.unlock();
    return intact ? CUDA_SUCCESS
                  : static_cast<CUresult>(gradusEmulatorMisuse("%s: bytes beside %s were overwritten", call,
                                                               overwritten.c_str()));
}

void releaseAllMemory() {
    Memory &m = memory();
    std::lock_guard<std::mutex> lock(m.mutex);
    for (auto &entry : m.blocks) {
        if (entry.second.lives) {
            kill(m, entry.second);
        }
    }
}

bool liesIn(Kind kind, const void *address, size_t bytes) {
    Memory &m = memory();
    std::lock_guard<std::mutex> lock(m.mutex);
    Address at = addressOf(address);
    const Block *block = blockNear(m, at);
    return block != nullptr && block->lives && block->kind == kind && at >= block->begin &&
           at <= block->begin + block->bytes && bytes <= block->begin + block->bytes - at;
}

bool isManaged(const void *address, size_t bytes) {
    Memory &m = memory();
    std::lock_guard<std::mutex> lock(m.mutex);
    Address at = addressOf(address);
    return m.space != 0 && at < m.space + SPACE && at + bytes > m.space;
}

std::string describe(const void *address) {
    Memory &m = memory();
    std::lock_guard<std::mutex> lock(m.mutex);
    Address at = addressOf(address);
    const Block *block = blockNear(m, at);
    if (block == nullptr) {
        bool managed = m.space != 0 && at >= m.space && at < m.space + SPACE;
        return managed ? "far from every block" : "memory of the host that is not pinned, or nothing at all";
    }
    std::string name = std::string(block->lives ? "" : "released ") + nameOf(block->kind) + detail(*block);
    if (at < block->begin) {
        return std::to_string(block->begin - at) + " bytes before " + name;
    }
    if (at >= block->begin + block->bytes) {
        return std::to_string(at - block->begin - block->bytes) + " bytes past the end of " + name;
    }
    return "byte " + std::to_string(at - block->begin) + " of " + name;
}

CUresult requireDevice(const char *call, const char *what, const void *address, size_t bytes) {
    if (liesIn(Kind::DEVICE, address, bytes)) {
        return CUDA_SUCCESS;
    }
    return static_cast<CUresult>(gradusEmulatorMisuse("%s: %s, %zu bytes at %p, is not in one living device block: %s",
                                                      call, what, bytes, address, describe(address).c_str()));
}

CUresult requireHost(const char *call, const char *what, const void *address, size_t bytes) {
    if (!isManaged(address, bytes) || liesIn(Kind::PINNED, address, bytes)) {
        return CUDA_SUCCESS;
    }
    return static_cast<CUresult>(gradusEmulatorMisuse("%s: %s, %zu bytes at %p, is not in one living pinned block: %s",
                                                      call, what, bytes, address, describe(address).c_str()));
}

extern "C" bool gradusEmulatorIsDeviceMemory(const void *address, size_t bytes) {
    return liesIn(Kind::DEVICE, address, bytes) || liesIn(Kind::PINNED, address, bytes);
}

}  // namespace gradus
