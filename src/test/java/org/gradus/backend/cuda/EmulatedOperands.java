package org.gradus.backend.cuda;

import jcuda.driver.CUdeviceptr;

/** Random operands of a product, on the host and on the device. */
final class EmulatedOperands {
    private final EmulatedStream device;
    private final EmulatedProduct product;
    final double[] hostA;
    final double[] hostB;
    final double[] hostC;
    final CUdeviceptr a;
    final CUdeviceptr b;
    final CUdeviceptr c;

    EmulatedOperands(EmulatedStream device, EmulatedProduct product) {
        this.device = device;
        this.product = product;
        hostA = product.random(product.strideA(), 1);
        hostB = product.random(product.strideB(), 2);
        hostC = product.random(product.strideC(), 3);
        a = product.upload(device, hostA);
        b = product.upload(device, hostB);
        c = product.upload(device, hostC);
    }

    double[] expected(double alpha, double beta) {
        return product.expected(alpha, hostA, hostB, beta, hostC);
    }

    double[] result() {
        return product.download(device, c, hostC.length);
    }
}
