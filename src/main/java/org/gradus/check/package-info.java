/** Whether a device computes what the CPU does, and how fast: what {@code gradus gpu-check} reports. */
package org.gradus.check;
