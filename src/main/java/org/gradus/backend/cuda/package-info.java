/** NVIDIA GPUs: the driver API, cuBLAS, cuSOLVER and kernels of our own compiled by NVRTC. See docs/gpu.md. */
package org.gradus.backend.cuda;
