package org.gradus.backend.cuda;

import jcuda.jcublas.JCublas2;
import jcuda.jcusolver.JCusolver;
import jcuda.nvrtc.JNvrtc;

/** What libraries that are loaded say of their own versions; no device is needed. */
final class LibraryVersions {
    /** libraryPropertyType: major, minor, patch level. */
    private static final int PROPERTIES = 3;

    private LibraryVersions() {}

    /** 12.6.4 */
    static String cublas() {
        int[] parts = new int[PROPERTIES];
        int[] value = new int[1];
        for (int property = 0; property < PROPERTIES; property++) {
            Status.blas("cublasGetProperty", JCublas2.cublasGetProperty(property, value));
            parts[property] = value[0];
        }
        return parts[0] + "." + parts[1] + "." + parts[2];
    }

    /** 11.7.1; cuSOLVER's number is 1000·major + 100·minor + patch level. */
    static String cusolver() {
        int[] version = new int[1];
        Status.solver("cusolverGetVersion", JCusolver.cusolverGetVersion(version));
        return version[0] / 1000 + "." + version[0] % 1000 / 100 + "." + version[0] % 100;
    }

    /** 12.6 */
    static String nvrtc() {
        int[] major = new int[1];
        int[] minor = new int[1];
        Status.nvrtc("nvrtcVersion", JNvrtc.nvrtcVersion(major, minor));
        return major[0] + "." + minor[0];
    }
}
