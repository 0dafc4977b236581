// gesvdj and gesvdjBatched (values only) of the emulator's libcusolver.so.11. U and V have to be there all the same: the
// real routines keep their rotations in them.
#include "cusolver_handle.h"

#include <algorithm>

namespace gradus {
namespace {

// Of gesvdjBatched.
constexpr int kLargestBatchedSize = 32;
constexpr int kLargestBatch = 65535;

template <class T> struct Arguments {
    const char *name;
    bool batched;
    bool economy;
    int m;
    int n;
    T *a;
    int lda;
    T *s;
    T *u;
    int ldu;
    T *v;
    int ldv;
    T *work;
    int batch;
    int *info;
    JacobiInfo *settings;

    int64_t least() const { return std::min(m, n); }
    int64_t columnsOfU() const { return economy ? least() : m; }
    int64_t columnsOfV() const { return economy ? least() : n; }

    // Elements; beyond an int for n > 32767, as cuSOLVER 11 has it.
    int64_t length() const {
        int64_t one = 2 * static_cast<int64_t>(m) * n + 8 * (static_cast<int64_t>(m) + n) + 64;
        return one * std::max(1, batch);
    }

    bool valid(int job) const {
        bool sizes = m >= 0 && n >= 0 && batch >= 0 && (job == 0 || job == 1);
        bool small = !batched || std::max(m, n) <= kLargestBatchedSize;
        return sizes && small && lda >= std::max(1, m) && ldu >= std::max(1, m) && ldv >= std::max(1, n);
    }

    bool empty() const { return least() == 0 || batch == 0; }

    int check() const {
        auto bytes = [](int64_t rows, int64_t cols, int64_t ld, int64_t batch) {
            return extent(rows, cols, ld, ld * cols, batch, sizeof(T));
        };
        return requireApart(name, {{"A", a, empty() ? 0 : bytes(m, n, lda, batch)},
                                   {"S", s, static_cast<size_t>(least() * batch) * sizeof(T)},
                                   {"U", u, empty() ? 0 : bytes(m, columnsOfU(), ldu, batch)},
                                   {"V", v, empty() ? 0 : bytes(n, columnsOfV(), ldv, batch)},
                                   {"work", work, static_cast<size_t>(length()) * sizeof(T)},
                                   {"info", info, static_cast<size_t>(batch) * sizeof(int)}});
    }

    // One matrix; info is min(m, n) + 1 where the sweeps did not suffice.
    void solve(int64_t i) const {
        T *matrix = a + i * lda * n;
        T *values = s + i * least();
        JacobiResult result = jacobi(copyOf(matrix, m, n, lda), settings->tolerance, settings->maxSweeps);
        bool refused = refusesToConverge(batched ? "gesvdjBatched" : "gesvdj", i);
        if (refused) {
            poison(values, least());
        } else {
            write(result.values, values);
        }
        info[i] = refused || !result.converged ? static_cast<int>(least()) + 1 : 0;
        settings->sweeps = refused ? settings->maxSweeps : result.sweeps;
        poisonMatrix(matrix, m, n, lda);
        poisonMatrix(u + i * ldu * columnsOfU(), m, columnsOfU(), ldu);
        poisonMatrix(v + i * ldv * columnsOfV(), n, columnsOfV(), ldv);
    }

    int run() const {
        int status = check();
        if (status != 0) {
            return status;
        }
        if (empty()) {
            std::fill(info, info + batch, 0);
            return 0;
        }
        for (int64_t i = 0; i < batch; i++) {
            solve(i);
        }
        poison(work, length());
        return 0;
    }
};

template <class T> int bufferSize(SolverHandle *handle, int job, int *length, const Arguments<T> &arguments) {
    return solverCall(arguments.name, handle, [&](SolverHandle &) {
        return withInfo(arguments.name, arguments.settings, [&](JacobiInfo &) -> int {
            return arguments.valid(job) ? writeLength(arguments.length(), length) : kInvalidValue;
        });
    });
}

template <class T> int solve(SolverHandle *handle, int job, int length, const Arguments<T> &arguments) {
    return solverCall(arguments.name, handle, [&](SolverHandle &h) {
        return withInfo(arguments.name, arguments.settings, [&](JacobiInfo &settings) -> int {
            if (!arguments.valid(job) || length < arguments.length()) {
                return kInvalidValue;
            }
            if (job != kNoVectors) {
                return kNotSupported;
            }
            // The batch is a dimension of the real routine's launch grid.
            if (arguments.batch > kLargestBatch) {
                return kInternalError;
            }
            settings.last = arguments.batched ? JacobiInfo::Last::kBatched : JacobiInfo::Last::kSingle;
            Arguments<T> task = arguments;
            return carryOut(task.name, h, [task] { return task.run(); });
        });
    });
}

// Lengths and sizes only.
template <class T>
Arguments<T> shapeOf(const char *name, bool batched, int economy, int m, int n, int lda, int ldu, int ldv, int batch,
                     JacobiInfo *settings) {
    return {name,    batched, economy != 0, m,       n,     nullptr, lda,     nullptr,
            nullptr, ldu,     nullptr,      ldv, nullptr, batch, nullptr, settings};
}

}  // namespace
}  // namespace gradus

using namespace gradus;

#define GRADUS_GESVDJ(NAME, T)                                                                                         \
    int NAME##_bufferSize(SolverHandle *handle, int job, int economy, int m, int n, const T *, int lda, const T *,     \
                          const T *, int ldu, const T *, int ldv, int *length, JacobiInfo *settings) {                 \
        return bufferSize(handle, job, length,                                                                         \
                          shapeOf<T>(#NAME "_bufferSize", false, economy, m, n, lda, ldu, ldv, 1, settings));          \
    }                                                                                                                  \
    int NAME(SolverHandle *handle, int job, int economy, int m, int n, T *a, int lda, T *s, T *u, int ldu, T *v,       \
             int ldv, T *work, int length, int *info, JacobiInfo *settings) {                                          \
        return solve<T>(handle, job, length,                                                                           \
                        {#NAME, false, economy != 0, m, n, a, lda, s, u, ldu, v, ldv, work, 1, info, settings});       \
    }

#define GRADUS_GESVDJ_BATCHED(NAME, T)                                                                                 \
    int NAME##_bufferSize(SolverHandle *handle, int job, int m, int n, const T *, int lda, const T *, const T *,       \
                          int ldu, const T *, int ldv, int *length, JacobiInfo *settings, int batch) {                 \
        return bufferSize(handle, job, length,                                                                         \
                          shapeOf<T>(#NAME "_bufferSize", true, 0, m, n, lda, ldu, ldv, batch, settings));             \
    }                                                                                                                  \
    int NAME(SolverHandle *handle, int job, int m, int n, T *a, int lda, T *s, T *u, int ldu, T *v, int ldv, T *work,  \
             int length, int *info, JacobiInfo *settings, int batch) {                                                 \
        return solve<T>(handle, job, length,                                                                           \
                        {#NAME, true, false, m, n, a, lda, s, u, ldu, v, ldv, work, batch, info, settings});           \
    }

extern "C" {

GRADUS_GESVDJ(cusolverDnDgesvdj, double)
GRADUS_GESVDJ(cusolverDnSgesvdj, float)
GRADUS_GESVDJ_BATCHED(cusolverDnDgesvdjBatched, double)
GRADUS_GESVDJ_BATCHED(cusolverDnSgesvdjBatched, float)
}
