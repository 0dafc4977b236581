package org.gradus.bench;

/** What a cell opens and gives back. */
interface Resource extends AutoCloseable {
    @Override
    void close();
}
