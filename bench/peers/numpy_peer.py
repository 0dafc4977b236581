"""NumPy, with every product written out: 3(N-1) products a step, no more than the descent needs."""
import numpy as np
from worker import blas, serve


class NumPy:
    def __init__(self, factors, target, step_size, runs, precision, threads):
        shape = (runs,) if runs > 1 else ()
        self.factors = [np.broadcast_to(w, shape + w.shape).astype(precision) for w in factors]
        self.target = target.astype(precision)
        self.step_size = np.dtype(precision).type(step_size)

    def describe(self):
        return f"NumPy {np.__version__}, {blas()}"

    def steps(self, count):
        for _ in range(count):
            self.step()

    def step(self):
        w = self.factors
        prefixes = [w[0]]
        for j in range(1, len(w)):
            prefixes.append(w[j] @ prefixes[-1])
        b = prefixes.pop()
        b = b - self.target if not prefixes else np.subtract(b, self.target, out=b)
        b *= -self.step_size
        for j in range(len(w) - 1, 0, -1):
            below = w[j].swapaxes(-1, -2) @ b
            w[j] += b @ prefixes[j - 1].swapaxes(-1, -2)
            b = below
        w[0] += b

    def product(self):
        product = self.factors[0]
        for w in self.factors[1:]:
            product = w @ product
        return product.reshape((-1,) + product.shape[-2:])[-1]

    def record(self):
        product = self.factors[0]
        for w in self.factors[1:]:
            product = w @ product
        loss = 0.5 * np.sum((product - self.target) ** 2, axis=(-1, -2))
        values = [np.linalg.svd(m, compute_uv=False) for m in [product] + self.factors]
        return loss, values


if __name__ == "__main__":
    serve(NumPy)
