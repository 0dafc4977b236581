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
    private final Resources resources;

    /**
     * Captures what {@code body} gives to {@code line}; nothing of it is carried out. Thread-local: what other threads ask
     * of the driver in the meantime does not matter.
     */
    Graph(Line line, Runnable body) {
        this.line = line;
        context = line.context();
        resources = new Resources();
        try {
            try (Resources captured = new Resources()) { // the executable holds all that is needed
                CUgraph graph = capture(body);
                captured.add(context.release("cuGraphDestroy", () -> cuGraphDestroy(graph)));
                context.check("cuGraphInstantiate", cuGraphInstantiate(executable, graph, 0));
                resources.add(context.release("cuGraphExecDestroy", () -> cuGraphExecDestroy(executable)));
            }
            context.check("cuGraphUpload", cuGraphUpload(executable, line.stream()));
        } catch (RuntimeException | Error thrown) {
            resources.closeAfter(thrown);
            throw thrown;
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
        resources.close();
    }
}
