package org.gradus.store;

/**
 * What a file of operators tells about them before it is opened as such.
 *
 * @param count m
 * @param rows rows of each operator, 0 where the file does not tell
 * @param cols columns of each operator, 0 where the file does not tell
 * @param entries rows · cols
 */
public record OperatorShape(long count, int rows, int cols, long entries) {}
