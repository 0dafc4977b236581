"""CuPy on a GPU: NumPy's step with arrays of the device."""
import cupy
from numpy_peer import NumPy
from worker import serve


class CuPy(NumPy):
    def __init__(self, factors, target, step_size, runs, precision, threads):
        super().__init__(factors, target, step_size, runs, precision, threads)
        self.factors = [cupy.asarray(w) for w in self.factors]
        self.target = cupy.asarray(self.target)

    def describe(self):
        return f"CuPy {cupy.__version__}, {cupy.cuda.runtime.getDeviceProperties(0)['name'].decode()}"

    def step(self):
        w = self.factors
        prefixes = [w[0]]
        for j in range(1, len(w)):
            prefixes.append(w[j] @ prefixes[-1])
        b = (prefixes.pop() - self.target) * -self.step_size
        for j in range(len(w) - 1, 0, -1):
            below = w[j].swapaxes(-1, -2) @ b
            w[j] += b @ prefixes[j - 1].swapaxes(-1, -2)
            b = below
        w[0] += b

    def steps(self, count):
        super().steps(count)
        cupy.cuda.Device().synchronize()

    def product(self):
        return cupy.asnumpy(super().product())

    def record(self):
        product = self.factors[0]
        for w in self.factors[1:]:
            product = w @ product
        loss = 0.5 * cupy.sum((product - self.target) ** 2, axis=(-1, -2))
        values = [cupy.asnumpy(cupy.linalg.svd(m, compute_uv=False)) for m in [product] + self.factors]
        return cupy.asnumpy(loss), values


if __name__ == "__main__":
    serve(CuPy)
