#include "graph.h"

#include "context.h"
#include "fault.h"
#include "handles.h"

namespace gradus {
namespace {

struct Graph {
    std::vector<Piece> pieces;
};

// Two launches of one executable graph never overlap.
struct Executable {
    std::vector<Piece> pieces;
    std::mutex running;

    int run() {
        std::lock_guard<std::mutex> lock(running);
        for (const Piece &piece : pieces) {
            int status = runGuarded(piece.name.c_str(), piece.work);
            if (status != CUDA_SUCCESS) {
                return status;
            }
        }
        return CUDA_SUCCESS;
    }
};

Handles<Graph, CUgraph> &graphs() {
    static auto *const made = new Handles<Graph, CUgraph>("graph");
    return *made;
}

Handles<Executable, CUgraphExec> &executables() {
    static auto *const made = new Handles<Executable, CUgraphExec>("executable graph");
    return *made;
}

CUresult notLiving(const char *call, const void *handle) {
    return static_cast<CUresult>(
        gradusEmulatorMisuse("%s: graph %p was destroyed, or never created", call, handle));
}

// A launch or upload: the stream must exist and may not capture.
CUresult requireIdleStream(const char *call, CUstream handle, std::shared_ptr<Stream> &stream) {
    stream = requireStream(call, handle);
    if (stream == nullptr) {
        return stickyError();
    }
    return invalidateCapture(*stream) ? CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED : CUDA_SUCCESS;
}

}  // namespace

CUgraph addGraph(std::vector<Piece> pieces) {
    auto graph = std::make_shared<Graph>();
    graph->pieces = std::move(pieces);
    return graphs().add(graph);
}

void forgetGraphs() {
    graphs().removeAll();
    executables().removeAll();
}

extern "C" {

CUresult cuGraphInstantiateWithFlags(CUgraphExec *exec, CUgraph handle, unsigned long long) {
    CUresult entered = enter("cuGraphInstantiateWithFlags", CUDA_ERROR_OUT_OF_MEMORY);
    if (entered != CUDA_SUCCESS) {
        return entered;
    }
    auto graph = graphs().find(handle);
    if (graph == nullptr) {
        return notLiving("cuGraphInstantiateWithFlags", handle);
    }
    auto executable = std::make_shared<Executable>();
    executable->pieces = graph->pieces;
    *exec = executables().add(executable);
    return CUDA_SUCCESS;
}

CUresult cuGraphUpload(CUgraphExec handle, CUstream streamHandle) {
    CUresult entered = enter("cuGraphUpload", CUDA_ERROR_OUT_OF_MEMORY);
    if (entered != CUDA_SUCCESS) {
        return entered;
    }
    if (executables().find(handle) == nullptr) {
        return notLiving("cuGraphUpload", handle);
    }
    std::shared_ptr<Stream> stream;
    return requireIdleStream("cuGraphUpload", streamHandle, stream);
}

CUresult cuGraphLaunch(CUgraphExec handle, CUstream streamHandle) {
    CUresult entered = enter("cuGraphLaunch");
    if (entered != CUDA_SUCCESS) {
        return entered;
    }
    auto executable = executables().find(handle);
    if (executable == nullptr) {
        return notLiving("cuGraphLaunch", handle);
    }
    std::shared_ptr<Stream> stream;
    CUresult idle = requireIdleStream("cuGraphLaunch", streamHandle, stream);
    return idle != CUDA_SUCCESS ? idle : submit(*stream, {"graph", [executable] { return executable->run(); }});
}

CUresult cuGraphExecDestroy(CUgraphExec handle) {
    CUresult entered = enter("cuGraphExecDestroy");
    if (entered != CUDA_SUCCESS) {
        return excuseOnDemand(entered, handle);
    }
    return executables().remove(handle) == nullptr ? notLiving("cuGraphExecDestroy", handle) : CUDA_SUCCESS;
}

CUresult cuGraphDestroy(CUgraph handle) {
    CUresult entered = enter("cuGraphDestroy");
    if (entered != CUDA_SUCCESS) {
        return excuseOnDemand(entered, handle);
    }
    return graphs().remove(handle) == nullptr ? notLiving("cuGraphDestroy", handle) : CUDA_SUCCESS;
}
}

}  // namespace gradus
