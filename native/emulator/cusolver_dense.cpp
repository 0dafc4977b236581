// gesvd (job 'N') and syevd (values only) of the emulator's libcusolver.so.11.
#include "cusolver_handle.h"

#include <algorithm>

namespace gradus {
namespace {

bool fits(int64_t rows, int ld) { return ld >= std::max<int64_t>(1, rows); }

// m ≥ n is gesvd's own condition.
bool validGesvd(int m, int n) { return n >= 0 && m >= n; }

int64_t gesvdLength(int64_t m, int64_t n) { return 64 * (m + n) + 4096; }

int64_t syevdLength(int64_t n) { return 1 + 6 * n + 2 * n * n; }

template <class T> struct Gesvd {
    const char *name;
    int m;
    int n;
    T *a;
    int lda;
    T *s;
    T *work;
    int *info;

    int run() const {
        auto values = static_cast<size_t>(n) * sizeof(T);
        auto scratch = static_cast<size_t>(gesvdLength(m, n)) * sizeof(T);
        int status = requireApart(name, {{"A", a, n == 0 ? 0 : extent(m, n, lda, 0, 1, sizeof(T))},
                                         {"S", s, values},
                                         {"work", work, scratch},
                                         {"devInfo", info, sizeof(int)}});
        if (status != 0) {
            return status;
        }
        bool refused = refusesToConverge("gesvd", 0);
        if (refused) {
            poison(s, n);
        } else {
            write(singularValues(copyOf(a, m, n, lda)), s);
        }
        // The number of superdiagonals that did not converge.
        *info = refused ? std::max(1, n - 1) : 0;
        poisonMatrix(a, m, n, lda);
        poison(work, gesvdLength(m, n));
        return 0;
    }
};

template <class T> struct Syevd {
    const char *name;
    bool upper;
    int n;
    T *a;
    int lda;
    T *w;
    T *work;
    int *info;

    // Both triangles from the one that counts.
    Dense symmetric() const {
        Dense full = copyOf(a, n, n, lda);
        for (int64_t j = 0; j < n; j++) {
            for (int64_t i = j + 1; i < n; i++) {
                (upper ? full.at(i, j) : full.at(j, i)) = upper ? full.at(j, i) : full.at(i, j);
            }
        }
        return full;
    }

    int run() const {
        auto values = static_cast<size_t>(n) * sizeof(T);
        auto scratch = static_cast<size_t>(syevdLength(n)) * sizeof(T);
        int status = requireApart(name, {{"A", a, n == 0 ? 0 : extent(n, n, lda, 0, 1, sizeof(T))},
                                         {"W", w, values},
                                         {"work", work, scratch},
                                         {"devInfo", info, sizeof(int)}});
        if (status != 0) {
            return status;
        }
        bool refused = refusesToConverge("syevd", 0);
        if (refused) {
            poison(w, n);
        } else {
            write(eigenvaluesOfSymmetric(symmetric()), w);
        }
        // The number of off-diagonal entries that did not converge.
        *info = refused ? std::max(1, n - 1) : 0;
        poisonMatrix(a, n, n, lda);
        poison(work, syevdLength(n));
        return 0;
    }
};

int gesvdBufferSize(const char *name, SolverHandle *handle, int m, int n, int *length) {
    return solverCall(name, handle, [=](SolverHandle &) -> int {
        return validGesvd(m, n) ? writeLength(gesvdLength(m, n), length) : kInvalidValue;
    });
}

template <class T>
int gesvd(const char *name, SolverHandle *handle, char jobU, char jobVt, int m, int n, T *a, int lda, T *s, int ldu,
          int ldvt, T *work, int length, int *info) {
    return solverCall(name, handle, [=](SolverHandle &h) -> int {
        auto job = [](char c) { return c == 'N' || c == 'A' || c == 'S' || c == 'O'; };
        if (!job(jobU) || !job(jobVt) || !validGesvd(m, n) || !fits(m, lda) || !fits(m, ldu) || !fits(n, ldvt) ||
            length < gesvdLength(m, n)) {
            return kInvalidValue;
        }
        if (jobU != 'N' || jobVt != 'N') {
            return kNotSupported;
        }
        Gesvd<T> task{name, m, n, a, lda, s, work, info};
        return carryOut(name, h, [task] { return task.run(); });
    });
}

bool validSyevd(int job, int uplo, int n, int lda) {
    return (job == 0 || job == 1) && (uplo == 0 || uplo == 1) && n >= 0 && fits(n, lda);
}

int syevdBufferSize(const char *name, SolverHandle *handle, int job, int uplo, int n, int lda, int *length) {
    return solverCall(name, handle, [=](SolverHandle &) -> int {
        return validSyevd(job, uplo, n, lda) ? writeLength(syevdLength(n), length) : kInvalidValue;
    });
}

template <class T>
int syevd(const char *name, SolverHandle *handle, int job, int uplo, int n, T *a, int lda, T *w, T *work, int length,
          int *info) {
    return solverCall(name, handle, [=](SolverHandle &h) -> int {
        if (!validSyevd(job, uplo, n, lda) || length < syevdLength(n)) {
            return kInvalidValue;
        }
        if (job != kNoVectors) {
            return kNotSupported;
        }
        Syevd<T> task{name, uplo == 1, n, a, lda, w, work, info};
        return carryOut(name, h, [task] { return task.run(); });
    });
}

}  // namespace
}  // namespace gradus

using namespace gradus;

#define GRADUS_GESVD(NAME, T)                                                                                          \
    int NAME##_bufferSize(SolverHandle *handle, int m, int n, int *length) {                                           \
        return gesvdBufferSize(#NAME "_bufferSize", handle, m, n, length);                                             \
    }                                                                                                                  \
    int NAME(SolverHandle *handle, signed char jobU, signed char jobVt, int m, int n, T *a, int lda, T *s, T *,        \
             int ldu, T *, int ldvt, T *work, int length, T *, int *info) {                                            \
        return gesvd<T>(#NAME, handle, static_cast<char>(jobU), static_cast<char>(jobVt), m, n, a, lda, s, ldu, ldvt,  \
                        work, length, info);                                                                           \
    }

#define GRADUS_SYEVD(NAME, T)                                                                                          \
    int NAME##_bufferSize(SolverHandle *handle, int job, int uplo, int n, const T *, int lda, const T *,               \
                          int *length) {                                                                               \
        return syevdBufferSize(#NAME "_bufferSize", handle, job, uplo, n, lda, length);                                \
    }                                                                                                                  \
    int NAME(SolverHandle *handle, int job, int uplo, int n, T *a, int lda, T *w, T *work, int length, int *info) {    \
        return syevd<T>(#NAME, handle, job, uplo, n, a, lda, w, work, length, info);                                   \
    }

extern "C" {

GRADUS_GESVD(cusolverDnDgesvd, double)
GRADUS_GESVD(cusolverDnSgesvd, float)
GRADUS_SYEVD(cusolverDnDsyevd, double)
GRADUS_SYEVD(cusolverDnSsyevd, float)
}
