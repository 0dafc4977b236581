package org.gradus.bundle;

/** Is told how far a bundle has come, often, by the thread that writes it. */
public interface Watcher {
    /** A part begins whose length is not known beforehand; {@code what} names it, such as "linking the Java runtime". */
    void begins(String what);

    /** So many bytes of {@code total} are compressed. */
    void compressed(long bytes, long total);

    /** Whether to stop soon. */
    boolean interrupted();
}
