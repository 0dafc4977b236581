package org.gradus.store;

import org.gradus.linalg.Matrix;

/**
 * Equal matrices, each flattened row by row.
 *
 * @param rows rows of each matrix, 0 where the file does not tell
 * @param cols columns of each matrix, 0 where the file does not tell
 * @param flattened m × (rows·cols): row i is matrix i
 */
public record MatrixStack(int rows, int cols, Matrix flattened) {}
