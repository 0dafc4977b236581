"""Gradient descent on a deep matrix factorization, as a NumPy user writes it: GF/s of a step for N = 3, float64.

Usage: numpy_descent.py [n ...]; threads by OPENBLAS_NUM_THREADS.
"""
import sys
import time

import numpy as np


def step(factors, target, eta):
    w1, w2, w3 = factors
    p2 = w2 @ w1
    b3 = w3 @ p2
    b3 -= target
    b3 *= -eta
    b2 = w3.T @ b3
    b1 = w2.T @ b2
    w3 += b3 @ p2.T
    w2 += b2 @ w1.T
    w1 += b1


def main():
    sizes = [int(n) for n in sys.argv[1:]] or [64, 256, 1024]
    print("NumPy", np.__version__)
    for n in sizes:
        rng = np.random.default_rng(1)
        factors = [0.1 * np.linalg.qr(rng.standard_normal((n, n)))[0] for _ in range(3)]
        frame = np.linalg.qr(rng.standard_normal((n, 4)))[0]
        target = (frame * [10, 5, 2, 1]) @ frame.T
        work = 6 * 2.0 * n**3
        repeats = max(1, int(5e9 / work))
        rates = []
        for _ in range(9):
            start = time.perf_counter()
            for _ in range(repeats):
                step(factors, target, 1e-3)
            rates.append(repeats * work / (time.perf_counter() - start) / 1e9)
        print(f"n = {n:4d}: step {sorted(rates)[len(rates) // 2]:.1f} GF/s")


main()
