package org.gradus.backend.cuda;

import static jcuda.driver.CUfunction_attribute.CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import jcuda.Pointer;
import jcuda.driver.CUfunction;
import jcuda.driver.CUmodule;
import jcuda.driver.CUstream;
import jcuda.driver.JCudaDriver;

/** A function of a loaded module. All its parameters take 8 bytes: addresses, {@code long long}, {@code double}. */
final class Kernel {
    private static final int MOST_PARAMETERS = 16;
    /** What a block may have without being asked for. */
    private static final int DEFAULT_SHARED_BYTES = 48 * 1024;

    private final Context context;
    private final String name;
    private final CUfunction function = new CUfunction();
    private final LongBuffer slots;
    private final Pointer parameters;
    private int sharedBytes = DEFAULT_SHARED_BYTES;

    /**
     * Blocks and threads of a launch.
     *
     * @param gridX at most 2³¹ − 1
     * @param gridY at most 65,535
     * @param sharedBytes of dynamic shared memory for each block
     */
    record Launch(int gridX, int gridY, int blockX, int blockY, int sharedBytes) {
        static final int MOST_GRID_Y = 65_535;
    }

    Kernel(Context context, CUmodule module, String name) {
        this.context = context;
        this.name = name;
        context.check("cuModuleGetFunction " + name, JCudaDriver.cuModuleGetFunction(function, module, name));
        ByteBuffer memory =
                ByteBuffer.allocateDirect(MOST_PARAMETERS * Long.BYTES).order(ByteOrder.nativeOrder());
        slots = memory.asLongBuffer();
        Pointer[] each = new Pointer[MOST_PARAMETERS];
        for (int i = 0; i < MOST_PARAMETERS; i++) {
            each[i] = Pointer.to(memory).withByteOffset((long) i * Long.BYTES);
        }
        parameters = Pointer.to(each);
    }

    /**
     * Puts the kernel into a stream; the parameters are copied during the call. The context is current.
     *
     * @param arguments addresses and integers as they are, a double as its bits ({@link Double#doubleToRawLongBits})
     */
    synchronized void launch(CUstream stream, Launch launch, long... arguments) {
        if (launch.sharedBytes() > sharedBytes) {
            context.check(
                    "cuFuncSetAttribute " + name,
                    JCudaDriver.cuFuncSetAttribute(
                            function, CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES, launch.sharedBytes()));
            sharedBytes = launch.sharedBytes();
        }
        slots.put(0, arguments);
        int status = JCudaDriver.cuLaunchKernel(
                function,
                launch.gridX(),
                launch.gridY(),
                1,
                launch.blockX(),
                launch.blockY(),
                1,
                launch.sharedBytes(),
                stream,
                parameters,
                null);
        context.check("cuLaunchKernel " + name, status);
    }
}
