// One-sided Jacobi after Hestenes, with de Rijk's exchange of columns (Demmel and Veselić, SIAM J. Matrix Anal. Appl. 13,
// 1992): rotations make the columns orthogonal, their norms are then the singular values.
#include "cusolver_values.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

namespace gradus {
namespace {

constexpr double kEpsilon = std::numeric_limits<double>::epsilon();

struct Gram {
    double xx;
    double xy;
    double yy;
};

Gram gram(const double *x, const double *y, int64_t n) {
    double xx = 0;
    double xy = 0;
    double yy = 0;
#pragma omp simd reduction(+ : xx, xy, yy)
    for (int64_t i = 0; i < n; i++) {
        xx += x[i] * x[i];
        xy += x[i] * y[i];
        yy += y[i] * y[i];
    }
    return {xx, xy, yy};
}

// Makes x and y orthogonal by the smaller of the two angles: tan θ = sign(ζ)/(|ζ| + √(1 + ζ²)), ζ = (yy − xx)/2xy.
// Written as corrections with τ = tan(θ/2) (Rutishauser), so that the rounding of cos θ does not let norms drift.
void rotate(double *x, double *y, int64_t n, const Gram &g) {
    double zeta = (g.yy - g.xx) / (2 * g.xy);
    double t = std::copysign(1.0, zeta) / (std::fabs(zeta) + std::hypot(1.0, zeta));
    double c = 1 / std::sqrt(1 + t * t);
    double s = c * t;
    double tau = s / (1 + c);
    for (int64_t i = 0; i < n; i++) {
        double before = x[i];
        x[i] -= s * (y[i] + tau * before);
        y[i] += s * (before - tau * y[i]);
    }
}

Dense transposed(Dense &a) {
    Dense t{a.cols, a.rows, std::vector<double>(a.values.size())};
    for (int64_t j = 0; j < a.cols; j++) {
        for (int64_t i = 0; i < a.rows; i++) {
            t.at(j, i) = a.at(i, j);
        }
    }
    return t;
}

// The largest power of two that is no larger than the largest element, or 1 for a matrix of zeros.
double unitOf(const Dense &a) {
    double largest = 0;
    for (double x : a.values) {
        largest = std::max(largest, std::fabs(x));
    }
    return largest == 0 ? 1 : std::scalbn(1.0, std::ilogb(largest));
}

// One sweep over all pairs; the largest cosine met. Columns below `negligible` count as zero: what they add to others is
// far below the rounding of the largest value.
double sweep(Dense &a, double tolerance, double negligible) {
    double worst = 0;
    for (int64_t i = 0; i + 1 < a.cols; i++) {
        for (int64_t j = i + 1; j < a.cols; j++) {
            double *x = a.column(i);
            double *y = a.column(j);
            Gram g = gram(x, y, a.rows);
            if (g.xx < g.yy) {
                std::swap_ranges(x, x + a.rows, y);
                std::swap(g.xx, g.yy);
            }
            if (std::sqrt(g.yy) <= negligible) {
                continue;
            }
            double cosine = std::fabs(g.xy) / (std::sqrt(g.xx) * std::sqrt(g.yy));
            worst = std::max(worst, cosine);
            if (cosine > tolerance) {
                rotate(x, y, a.rows, g);
            }
        }
    }
    return worst;
}

std::vector<double> norms(Dense &a, double unit) {
    std::vector<double> values;
    for (int64_t j = 0; j < a.cols; j++) {
        values.push_back(unit * std::sqrt(gram(a.column(j), a.column(j), a.rows).xx));
    }
    std::sort(values.begin(), values.end(), std::greater<double>());
    return values;
}

}  // namespace

JacobiResult jacobi(Dense a, double tolerance, int maxSweeps) {
    if (!a.isFinite()) {
        double nan = std::numeric_limits<double>::quiet_NaN();
        return {std::vector<double>(std::min(a.rows, a.cols), nan), false, maxSweeps, nan};
    }
    if (a.rows < a.cols) {
        a = transposed(a);
    }
    double unit = unitOf(a);
    double squares = 0;
    for (double &x : a.values) {
        x /= unit;
        squares += x * x;
    }
    double enough = std::max(tolerance, kEpsilon * std::sqrt(static_cast<double>(a.rows)));
    double negligible = 0.01 * kEpsilon * std::sqrt(squares);
    JacobiResult result{{}, a.cols < 2, 0, 0};
    while (!result.converged && result.sweeps < maxSweeps) {
        result.residual = sweep(a, enough, negligible);
        result.sweeps++;
        result.converged = result.residual <= enough;
    }
    result.values = norms(a, unit);
    return result;
}

}  // namespace gradus
