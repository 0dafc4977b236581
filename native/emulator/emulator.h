// What libcuda.so.1 of the emulator offers to the emulator's other libraries. Everything else about a device, its memory
// and its streams is the driver's own business.
#pragma once
#include <cstddef>
#include <functional>

struct CUstream_st;

namespace gradus {

// Work that a library hands to a stream. It may be carried out many times (graph replay), on the stream's own worker
// thread, so it owns copies of all that it needs; it returns 0 or a CUresult that then sticks to the context.
using Work = std::function<int()>;

// All of them are exported by libcuda.so.1 with C linkage.
extern "C" {

// Counts a call of the entry point `name` and tells whether it is to fail (GRADUS_EMULATOR_FAIL=name:k, or a test's
// request). To be asked first in every entry point of every library.
bool gradusEmulatorFails(const char *name);

// Appends work to a stream; while the stream captures, records it into the graph under way instead. Returns a CUresult.
int gradusEmulatorEnqueue(CUstream_st *stream, const char *name, const Work *work);

// Waits until the stream has carried out all its work; fails, and invalidates the capture, while the stream captures.
int gradusEmulatorSynchronize(CUstream_st *stream);

bool gradusEmulatorIsCapturing(CUstream_st *stream);

// Fails the capture that is under way on the stream, as a forbidden call does.
void gradusEmulatorInvalidateCapture(CUstream_st *stream);

// Whether [address, address + bytes) lies in one living device allocation (or in pinned host memory, which devices reach).
bool gradusEmulatorIsDeviceMemory(const void *address, size_t bytes);

// Reports a misuse that a real device would not notice or would crash on: it is printed, counted, and turned into a sticky
// error of the context (CUDA_ERROR_ILLEGAL_ADDRESS, 700), which is returned.
int gradusEmulatorMisuse(const char *format, ...) __attribute__((format(printf, 1, 2)));

// What every call that needs a context asks after gradusEmulatorFails: 0, or a CUresult: not initialized, no context
// current on this thread, or the sticky error that an earlier misuse left.
int gradusEmulatorState();

// The same, for calls that allocate, free or wait on the host's side without naming a stream (creating a library's handle,
// say): fails, and invalidates the capture, while the calling thread captures.
int gradusEmulatorHostCall(const char *name);

// Something of the given kind ("cuBLAS handle") came to life, or died: it shows in the report of leaks meanwhile.
void gradusEmulatorBorn(const char *kind, const void *handle);
void gradusEmulatorDied(const void *handle);
// Its release was made to fail on demand, so that it is no leak of its owner's.
void gradusEmulatorExcuse(const void *handle);
}

}  // namespace gradus
