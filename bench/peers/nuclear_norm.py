"""Optimal values of small nuclear-norm programs by CVXPY (interior-point or SCS), for NuclearNormGoldenTest.

pip install cvxpy; python3 nuclear_norm.py
"""

import cvxpy as cp
import numpy as np

ROWS, COLS, RANK, OPERATORS = 10, 8, 2, 40

i, j = np.arange(ROWS)[:, None], np.arange(COLS)[None, :]
target = sum(np.sin(1 + 0.7 * (l + 1) * i) * np.cos(0.4 * (l + 2) * j) for l in range(RANK))
mask = (3 * i + 5 * j + i * j) % 7 < 4
noise = 0.1 * np.sin(17.0 * i * i + 5.0 * j * j)
operators = [np.sin(0.37 * k * k + 0.61 * (COLS * i + j) * (k + 1)) for k in range(OPERATORS)]


def solve(name, objective, constraints):
    problem = cp.Problem(cp.Minimize(objective), constraints)
    problem.solve(solver="CLARABEL", tol_gap_abs=1e-11, tol_gap_rel=1e-11, tol_feas=1e-11)
    check = cp.Problem(cp.Minimize(objective), constraints)
    check.solve(solver="SCS", eps=1e-8, max_iters=200000)
    print(f"{name}: {problem.value:.12g} (Clarabel, {problem.status}), {check.value:.9g} (SCS)")


w = cp.Variable((ROWS, COLS))
places = list(zip(*np.nonzero(mask)))
print(len(places), "entries")
sampled = cp.hstack([w[p] for p in places])
sensed = cp.hstack([cp.sum(cp.multiply(a, w)) for a in operators])
for name, image, y in (
    ("completion", sampled, target[mask]),
    ("completion, noisy", sampled, (target + noise)[mask]),
    ("sensing", sensed, np.array([np.sum(a * target) for a in operators])),
):
    solve(name, cp.normNuc(w), [image == y])
    for penalty in (0.1, 1.0):
        solve(f"{name}, penalty {penalty}", 0.5 * cp.sum_squares(image - y) + penalty * cp.normNuc(w), [])
