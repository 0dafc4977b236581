package org.gradus.backend;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.gradus.backend.cuda.EmulatedCuda;
import org.gradus.backend.openblas.OpenBlasBackend;
import org.junit.jupiter.params.provider.Arguments;

/** The backends that are held against the reference, by name, for suites that run on all of them. */
public enum FastBackend {
    CPU_1,
    CPU_2,
    CPU_3,
    /** On the emulator; {@link #open} skips the test where that cannot be built. */
    CUDA;

    /** Those that compute on the CPU by design. */
    public static final List<FastBackend> CPUS = List.of(CPU_1, CPU_2, CPU_3);

    public Backend open() {
        return switch (this) {
            case CPU_1 -> new OpenBlasBackend(1);
            case CPU_2 -> new OpenBlasBackend(2);
            case CPU_3 -> new OpenBlasBackend(3);
            case CUDA -> EmulatedCuda.open();
        };
    }

    /** (case, backend) for every case on each of {@code cpus}, and for those that {@code alsoOnCuda} takes on CUDA. */
    public static <T> Stream<Arguments> over(Stream<T> cases, List<FastBackend> cpus, Predicate<T> alsoOnCuda) {
        return cases.flatMap(each -> Stream.concat(
                        cpus.stream(), alsoOnCuda.test(each) ? Stream.of(CUDA) : Stream.<FastBackend>empty())
                .map(backend -> Arguments.of(each, backend)));
    }
}
