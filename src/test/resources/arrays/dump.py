"""Every dataset and attribute of an HDF5 file as JSON on standard output; floats as float.hex, which tells every bit."""
import json
import sys

import h5py
import numpy


def plain(value):
    value = numpy.asarray(value)
    if value.dtype.kind == "f":
        return [float(x).hex() for x in value.ravel()]
    if value.dtype.kind == "i":
        return [int(x) for x in value.ravel()]
    return [x.decode() if isinstance(x, bytes) else str(x) for x in value.ravel()]


def described(node):
    return {name: plain(value) for name, value in node.attrs.items()}


def visit(name, node):
    entry = {"attributes": described(node)}
    if isinstance(node, h5py.Dataset):
        value = node[()]
        entry |= {"type": str(node.dtype), "shape": list(node.shape), "values": plain(value)}
    found[name] = entry


found = {}
with h5py.File(sys.argv[1], "r") as file:
    found["/"] = {"attributes": described(file)}
    file.visititems(visit)
print(json.dumps(found))
