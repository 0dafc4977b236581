/**
 * What {@code bench} measures: steps, records and products of a grid of sizes, depths, batches, precisions, solvers and backends,
 * taking turns in one process.
 */
package org.gradus.bench;
