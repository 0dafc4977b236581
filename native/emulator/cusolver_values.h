// Singular values and eigenvalues as the emulator's cuSOLVER computes them: in double, whatever the caller's precision.
#pragma once
#include <cstdint>
#include <vector>

namespace gradus {

// Column-major, without gaps between the columns.
struct Dense {
    int64_t rows;
    int64_t cols;
    std::vector<double> values;

    double *column(int64_t j) { return values.data() + j * rows; }
    double &at(int64_t i, int64_t j) { return values[j * rows + i]; }
    bool isFinite() const;
};

// Both by Householder reduction and bisection; errors of a few units in the last place of the largest value. NaN
// throughout where an element is not finite. Singular values (rows ≥ cols) descend, eigenvalues ascend.
std::vector<double> singularValues(Dense a);
std::vector<double> eigenvaluesOfSymmetric(Dense a);

struct JacobiResult {
    // min(rows, cols) values, descending; NaN where an element is not finite.
    std::vector<double> values;
    bool converged;
    int sweeps;
    // The largest |aᵢ·aⱼ| / (‖aᵢ‖‖aⱼ‖) that the last sweep met.
    double residual;
};

// One-sided Jacobi; columns count as orthogonal at cosines up to max(tolerance, ε√rows).
JacobiResult jacobi(Dense a, double tolerance, int maxSweeps);

}  // namespace gradus
