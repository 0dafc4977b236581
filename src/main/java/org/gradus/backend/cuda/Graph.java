package org.gradus.backend.cuda;

import static jcuda.driver.JCudaDriver.cuGraphDestroy;
import static jcuda.driver.JCudaDriver.cuGraphExecDestroy;
import static jcuda.driver.JCudaDriver.cuGraphInstantiate;
import static jcuda.driver.JCudaDriver.cuGraphLaunch;
import static jcuda.driver.JCudaDriver.cuGraphUpload;
import static jcuda.driver.JCudaDriver.cuStreamBeginCapture;
import static jcuda.driver.JCudaDriver.cuStreamEndCapture;

import jcuda.driver.CUgraph;
import jcuda.driver.CUgraphExec;
import jcuda.driver.CUstreamCaptureMode;

/** What a line was given once, to be launched again as a whole: one call of the host, whatever is in it. */
final class Graph implements AutoCloseable {
    private final Line line;
    private final Context context;
    private final CUgraphExec executable = new CUgraphExec();

    /**
     * Captures what {@code body} gives to {@code line}; nothing of it is carried out. Thread-local: what other threads ask
     * of the driver in the meantime does not matter.
     */
    Graph(Line line, Runnable body) {
        this.line = line;
        context = line.context();
        CUgraph graph = capture(body);
        try {
            context.check("cuGraphInstantiate", cuGraphInstantiate(executable, graph, 0));
        } finally {
            cuGraphDestroy(graph); // the executable holds all that is needed; a failure has nothing to say
        }
        int status = cuGraphUpload(executable, line.stream());
        if (status != 0) {
            cuGraphExecDestroy(executable);
            context.check("cuGraphUpload", status);
        }
    }

    private CUgraph capture(Runnable body) {
        int mode = CUstreamCaptureMode.CU_STREAM_CAPTURE_MODE_THREAD_LOCAL;
        context.check("cuStreamBeginCapture", cuStreamBeginCapture(line.stream(), mode));
        CUgraph graph = new CUgraph();
        try {
            body.run();
        } catch (RuntimeException | Error thrown) {
            if (cuStreamEndCapture(line.stream(), graph) == 0) {
                cuGraphDestroy(graph);
            }
            throw thrown;
        }
        context.check("cuStreamEndCapture", cuStreamEndCapture(line.stream(), graph));
        return graph;
    }

    void launch() {
        context.check("cuGraphLaunch", cuGraphLaunch(executable, line.stream()));
    }

    @Override
    public void close() {
        context.release("cuGraphExecDestroy", () -> cuGraphExecDestroy(executable))
                .run();
    }
}
