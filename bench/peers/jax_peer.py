"""JAX: value and gradient by jax.grad, steps in a lax.fori_loop under jit; several runs by vmap."""
import os

os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=true")
import jax
import jax.numpy as jnp
import numpy as np
from functools import partial
from worker import serve

jax.config.update("jax_enable_x64", True)


def product_of(factors):
    product = factors[0]
    for w in factors[1:]:
        product = w @ product
    return product


def loss(factors, target):
    return 0.5 * jnp.sum((product_of(factors) - target) ** 2)


def one_step(factors, target, step_size):
    gradients = jax.grad(loss)(factors, target)
    return [w - step_size * g for w, g in zip(factors, gradients)]


@partial(jax.jit, donate_argnums=0)
def several(factors, target, step_size, count):
    step = one_step if factors[0].ndim == 2 else jax.vmap(one_step, in_axes=(0, None, None))
    return jax.lax.fori_loop(0, count, lambda _, w: step(w, target, step_size), factors)


@jax.jit
def measured(factors, target):
    product = product_of(factors)
    values = [jnp.linalg.svd(m, compute_uv=False) for m in [product] + list(factors)]
    return 0.5 * jnp.sum((product - target) ** 2, axis=(-1, -2)), values


class Jax:
    def __init__(self, factors, target, step_size, runs, precision, threads):
        shape = (runs,) if runs > 1 else ()
        self.factors = [jnp.asarray(np.broadcast_to(w, shape + w.shape).astype(precision)) for w in factors]
        self.target = jnp.asarray(target.astype(precision))
        self.step_size = jnp.asarray(step_size, precision)

    def describe(self):
        return f"JAX {jax.__version__}, {jax.devices()[0].platform}"

    def steps(self, count):
        self.factors = jax.block_until_ready(several(self.factors, self.target, self.step_size, count))

    def product(self):
        product = np.asarray(product_of(self.factors))
        return product.reshape((-1,) + product.shape[-2:])[-1]

    def record(self):
        jax.block_until_ready(measured(self.factors, self.target))


if __name__ == "__main__":
    serve(Jax)
