// Streams, each with a thread that carries out its work in order, and what synchronizes them.
#pragma once
#include "cuda_types.h"
#include "emulator.h"
#include "handles.h"

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace gradus {

struct Piece {
    std::string name;
    Work work;
    // done after a sticky error too: others may wait for it
    bool always = false;
};

// What a thread records of one stream's work. Guarded by the mutex of all captures.
struct Capture {
    std::thread::id thread;
    int mode;
    bool valid = true;
    std::vector<Piece> pieces;
};

class Stream : public std::enable_shared_from_this<Stream> {
public:
    // Starts the worker.
    static std::shared_ptr<Stream> open();

    // Number of the piece; the worker takes it up as soon as those before are done.
    long push(Piece piece);
    void await(long number);
    void awaitAll();
    // The worker finishes what is there and ends.
    void close();

private:
    void run();

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Piece> queue_;
    long pushed_ = 0;
    long done_ = 0;
    bool closing_ = false;

    friend class Captures;
    std::shared_ptr<Capture> capture_;
};

// A point in a stream that others wait for.
class Marker {
public:
    void reach();
    void await();
    bool isReached();

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool reached_ = false;
};

Handles<Stream, CUstream> &streams();
// The stream of a handle; null after a misuse was reported.
std::shared_ptr<Stream> requireStream(const char *call, CUstream handle);

// Hands over or records; CUDA_ERROR_STREAM_CAPTURE_INVALIDATED when the stream's capture failed before.
CUresult submit(Stream &stream, Piece piece);

// Finishes all work, ends all workers, forgets streams, events and graphs.
void destroyAllStreams();

// Captures of a stream.
bool isCapturing(Stream &stream);
// Fails the stream's capture; false if there is none.
bool invalidateCapture(Stream &stream);
CUresult beginCapture(Stream &stream, int mode);
CUresult endCapture(Stream &stream, std::vector<Piece> &pieces);
// Fails the captures that forbid the calling thread what may wait or allocate; false if there are none.
bool invalidateCapturesOfThread();
void forgetCaptures();

// The entry points' own parts of destroyAllStreams.
void forgetEvents();
void forgetGraphs();

}  // namespace gradus
