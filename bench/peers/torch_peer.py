"""PyTorch in four ways: torch_peer.py autograd|manual|graph|compile. The last two need a GPU and a compiler.

autograd: loss.backward() and an update in place, as in a training script. manual: the gradients written out, into memory that is
reused. graph: manual, captured as a CUDA graph. compile: torch.compile of autograd's step.
"""
import sys

import torch
from worker import blas, serve

WAY = sys.argv[1] if len(sys.argv) > 1 else "autograd"


class Torch:
    def __init__(self, factors, target, step_size, runs, precision, threads):
        torch.set_num_threads(threads)
        self.device = "cuda" if WAY in ("graph", "compile") or torch.cuda.is_available() else "cpu"
        dtype = getattr(torch, precision)
        shape = (runs,) if runs > 1 else ()
        self.factors = [
            torch.as_tensor(w, dtype=dtype, device=self.device).expand(shape + w.shape).clone() for w in factors
        ]
        self.target = torch.as_tensor(target, dtype=dtype, device=self.device)
        self.step_size = step_size
        if WAY in ("autograd", "compile"):
            for w in self.factors:
                w.requires_grad_(True)
        self.prefixes = [torch.empty_like(w) for w in self.factors[1:]]
        self.below = [torch.empty_like(w) for w in self.factors[:-1]]
        self.step = {"autograd": self.autograd, "manual": self.manual, "graph": self.capture, "compile": self.compiled}[WAY]

    def describe(self):
        return f"PyTorch {torch.__version__} {WAY}, {self.device}, {blas()}, {torch.get_num_threads()} threads"

    def steps(self, count):
        for _ in range(count):
            self.step()
        if self.device == "cuda":
            torch.cuda.synchronize()

    def loss(self):
        product = self.factors[0]
        for w in self.factors[1:]:
            product = w @ product
        return 0.5 * (product - self.target).square().sum()

    def autograd(self):
        for w in self.factors:
            w.grad = None
        self.loss().backward()
        with torch.no_grad():
            for w in self.factors:
                w.sub_(w.grad, alpha=self.step_size)

    @torch.no_grad()
    def manual(self):
        w = self.factors
        product = w[0]
        for j in range(1, len(w)):
            product = torch.matmul(w[j], product, out=self.prefixes[j - 1])
        b = torch.sub(product, self.target, out=self.prefixes[-1]) if len(w) > 1 else product - self.target
        b.mul_(-self.step_size)
        for j in range(len(w) - 1, 0, -1):
            torch.matmul(w[j].mT, b, out=self.below[j - 1])
            right = self.prefixes[j - 2] if j > 1 else w[0]
            if w[j].dim() == 3:
                w[j].baddbmm_(b, right.mT)
            else:
                w[j].addmm_(b, right.mT)
            b = self.below[j - 1]
        w[0].add_(b)

    def capture(self):
        self.manual()
        torch.cuda.synchronize()
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph):
            self.manual()
        self.step = graph.replay
        self.graph = graph

    def compiled(self):
        self.step = torch.compile(self.autograd)
        self.step()

    @torch.no_grad()
    def product(self):
        product = self.factors[0]
        for w in self.factors[1:]:
            product = w @ product
        return product.reshape((-1,) + product.shape[-2:])[-1].cpu().numpy()

    @torch.no_grad()
    def record(self):
        product = self.factors[0]
        for w in self.factors[1:]:
            product = w @ product
        loss = 0.5 * (product - self.target).square().sum(dim=(-1, -2))
        values = [torch.linalg.svdvals(m).cpu() for m in [product] + self.factors]
        return loss.cpu(), values


if __name__ == "__main__":
    serve(Torch)
