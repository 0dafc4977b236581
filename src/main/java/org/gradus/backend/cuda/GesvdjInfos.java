package org.gradus.backend.cuda;

import java.lang.reflect.Field;
import java.nio.ByteOrder;
import jcuda.NativePointerObject;
import jcuda.Pointer;
import jcuda.jcusolver.JCusolverDn;
import jcuda.jcusolver.gesvdjInfo;

/**
 * Creates cuSOLVER's gesvdjInfo through JCuda. JCuda's native takes the pointer that the Java object holds for the address
 * to write the new one to, and never sets it: called plainly it hands null to cuSOLVER. So the object first holds the
 * address of eight bytes, then what cuSOLVER wrote there. The other calls take the object as it then is.
 */
final class GesvdjInfos {
    private GesvdjInfos() {}

    /**
     * Sets {@code info} to a new gesvdjInfo; {@code slot} is host memory of at least 8 bytes, from cuMemHostAlloc, free for
     * other use afterwards. Returns cuSOLVER's status.
     */
    static int create(gesvdjInfo info, Pointer slot) {
        try {
            Field held = NativePointerObject.class.getDeclaredField("nativePointer");
            held.setAccessible(true);
            held.setLong(info, held.getLong(slot));
            int status = JCusolverDn.cusolverDnCreateGesvdjInfo(info);
            long created = slot.getByteBuffer(0, Long.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .getLong();
            held.setLong(info, status == 0 ? created : 0);
            return status;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "JCuda 12.6.0's NativePointerObject has a field nativePointer; this one not", e);
        }
    }
}
