/**
 * BLAS and LAPACK on the CPU through OpenBLAS. The library runs with one thread; products are divided among our own
 * threads, by runs or by columns, and operators of measurements by all of them together, see {@link
 * org.gradus.backend.openblas.Program}.
 */
package org.gradus.backend.openblas;
