// Householder reduction (Golub and Van Loan, Matrix Computations, 5.4.8 and 8.3.1), then bisection by Sturm counts
// (Barth, Martin and Wilkinson, Numer. Math. 9, 1967). The singular values of a bidiagonal matrix with diagonal d and
// superdiagonal e are the non-negative eigenvalues of the tridiagonal one with diagonal 0 and off-diagonal
// d₁ e₁ d₂ e₂ … (Golub and Kahan 1965).
#include "cusolver_values.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace gradus {
namespace {

constexpr double kEpsilon = std::numeric_limits<double>::epsilon();

double dot(const double *x, const double *y, int64_t n) {
    double sum = 0;
#pragma omp simd reduction(+ : sum)
    for (int64_t i = 0; i < n; i++) {
        sum += x[i] * y[i];
    }
    return sum;
}

void addScaled(double factor, const double *x, double *y, int64_t n) {
    for (int64_t i = 0; i < n; i++) {
        y[i] += factor * x[i];
    }
}

// (I − τ v vᵀ) x = (β, 0, …, 0)ᵀ; x becomes v, v₀ = 1.
struct Reflection {
    double tau;
    double beta;
};

Reflection reflect(double *x, int64_t n) {
    double rest = dot(x + 1, x + 1, n - 1);
    if (rest == 0) {
        double first = x[0];
        x[0] = 1;
        return {0, first};
    }
    double norm = std::sqrt(x[0] * x[0] + rest);
    double beta = x[0] > 0 ? -norm : norm;
    double scale = 1 / (x[0] - beta);
    double tau = (beta - x[0]) / beta;
    for (int64_t i = 1; i < n; i++) {
        x[i] *= scale;
    }
    x[0] = 1;
    return {tau, beta};
}

// Divides by a power of two near the largest magnitude, so that squares neither overflow nor vanish; returns it.
double normalize(Dense &a) {
    double largest = 0;
    for (double x : a.values) {
        largest = std::max(largest, std::fabs(x));
    }
    if (largest == 0) {
        return 1;
    }
    int exponent = std::ilogb(largest);
    for (double &x : a.values) {
        x = std::scalbn(x, -exponent);
    }
    return std::scalbn(1.0, exponent);
}

// Symmetric tridiagonal; off[i] couples i and i+1.
struct Tridiagonal {
    std::vector<double> diagonal;
    std::vector<double> off;
};

// A := (I − τ v vᵀ) A for columns from `first` on, v reaching from row `top` down.
void reflectColumns(Dense &a, const double *v, double tau, int64_t top, int64_t first) {
    for (int64_t j = first; j < a.cols; j++) {
        double *column = a.column(j) + top;
        addScaled(-tau * dot(v, column, a.rows - top), v, column, a.rows - top);
    }
}

// A := A (I − τ v vᵀ) for rows from `top` on, v reaching from column `first` on.
void reflectRows(Dense &a, const std::vector<double> &v, double tau, int64_t top, int64_t first) {
    int64_t height = a.rows - top;
    std::vector<double> product(height, 0.0);
    for (int64_t j = first; j < a.cols; j++) {
        addScaled(v[j - first], a.column(j) + top, product.data(), height);
    }
    for (int64_t j = first; j < a.cols; j++) {
        addScaled(-tau * v[j - first], product.data(), a.column(j) + top, height);
    }
}

// The Golub-Kahan form of A's bidiagonal matrix; rows ≥ cols.
Tridiagonal bidiagonalize(Dense &a) {
    std::vector<double> off;
    std::vector<double> row;
    for (int64_t k = 0; k < a.cols; k++) {
        double *v = a.column(k) + k;
        Reflection left = reflect(v, a.rows - k);
        off.push_back(left.beta);
        reflectColumns(a, v, left.tau, k, k + 1);
        if (k + 1 < a.cols) {
            row.clear();
            for (int64_t j = k + 1; j < a.cols; j++) {
                row.push_back(a.at(k, j));
            }
            Reflection right = reflect(row.data(), a.cols - k - 1);
            off.push_back(right.beta);
            reflectRows(a, row, right.tau, k + 1, k + 1);
        }
    }
    return {std::vector<double>(2 * a.cols, 0.0), off};
}

// A := A − v wᵀ − w vᵀ with p = τ A v, w = p − (τ/2)(p·v) v, on the trailing block of each column; both triangles.
Tridiagonal tridiagonalize(Dense &a) {
    int64_t n = a.cols;
    Tridiagonal t;
    for (int64_t k = 0; k < n; k++) {
        t.diagonal.push_back(a.at(k, k));
        if (k + 1 == n) {
            break;
        }
        int64_t size = n - k - 1;
        double *v = a.column(k) + k + 1;
        Reflection r = reflect(v, size);
        t.off.push_back(r.beta);
        std::vector<double> w(size, 0.0);
        for (int64_t j = 0; j < size; j++) {
            addScaled(r.tau * v[j], a.column(k + 1 + j) + k + 1, w.data(), size);
        }
        addScaled(-0.5 * r.tau * dot(w.data(), v, size), v, w.data(), size);
        for (int64_t j = 0; j < size; j++) {
            double *column = a.column(k + 1 + j) + k + 1;
            addScaled(-w[j], v, column, size);
            addScaled(-v[j], w.data(), column, size);
        }
    }
    return t;
}

class Bisection {
public:
    explicit Bisection(const Tridiagonal &t) : diagonal_(t.diagonal) {
        size_t n = diagonal_.size();
        for (size_t i = 0; i < n; i++) {
            double before = i > 0 ? std::fabs(t.off[i - 1]) : 0;
            double after = i + 1 < n ? std::fabs(t.off[i]) : 0;
            squares_.push_back(before * before);
            bound_ = std::max(bound_, std::fabs(diagonal_[i]) + before + after);
        }
    }

    // Eigenvalues `from` … n−1 of the ascending order, none below `least`.
    std::vector<double> ascending(int64_t from, double least) const {
        std::vector<double> found;
        for (int64_t k = from; k < static_cast<int64_t>(diagonal_.size()); k++) {
            found.push_back(bound_ == 0 ? 0 : value(k, found.empty() ? least : std::max(least, found.back())));
        }
        return found;
    }

    double bound() const { return bound_; }

private:
    // How many eigenvalues lie below x: the negative pivots of T − x.
    int64_t below(double x) const {
        double smallest = std::numeric_limits<double>::min();
        int64_t count = 0;
        double pivot = 1;
        for (size_t i = 0; i < diagonal_.size(); i++) {
            pivot = diagonal_[i] - x - squares_[i] / pivot;
            if (std::fabs(pivot) < smallest) {
                pivot = -smallest;
            }
            count += pivot < 0 ? 1 : 0;
        }
        return count;
    }

    double value(int64_t k, double low) const {
        double high = bound_ * (1 + 4 * kEpsilon);
        while (high - low > 0.25 * kEpsilon * bound_) {
            double middle = low + 0.5 * (high - low);
            if (middle <= low || middle >= high) {
                break;
            }
            (below(middle) > k ? high : low) = middle;
        }
        return low + 0.5 * (high - low);
    }

    std::vector<double> diagonal_;
    std::vector<double> squares_;
    double bound_ = 0;
};

std::vector<double> nans(int64_t count) {
    return std::vector<double>(count, std::numeric_limits<double>::quiet_NaN());
}

void scale(std::vector<double> &values, double factor) {
    for (double &x : values) {
        x *= factor;
    }
}

}  // namespace

bool Dense::isFinite() const {
    return std::all_of(values.begin(), values.end(), [](double x) { return std::isfinite(x); });
}

std::vector<double> singularValues(Dense a) {
    if (!a.isFinite()) {
        return nans(a.cols);
    }
    double unit = normalize(a);
    std::vector<double> values = Bisection(bidiagonalize(a)).ascending(a.cols, 0);
    std::reverse(values.begin(), values.end());
    scale(values, unit);
    return values;
}

std::vector<double> eigenvaluesOfSymmetric(Dense a) {
    if (!a.isFinite()) {
        return nans(a.cols);
    }
    double unit = normalize(a);
    Bisection bisection(tridiagonalize(a));
    std::vector<double> values = bisection.ascending(0, -bisection.bound() * (1 + 4 * kEpsilon));
    scale(values, unit);
    return values;
}

}  // namespace gradus
