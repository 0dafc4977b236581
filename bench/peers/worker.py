"""What every Python peer shares: a loop that carries out one command a line, as JSON, until standard input ends.

{"do": "open", "folder": F, "depth": N, "runs": R, "step_size": s, "precision": "float64", "threads": T}
    F holds target.npy and W_1.npy ... W_N.npy; every one of the R runs starts from them -> {"describe": ...}
{"do": "check", "steps": k, "file": P}   k steps from the start, the product of the last run into P (.npy)
{"do": "steps", "seconds": s}            steps for about s seconds -> {"seconds": of one step of all runs}
{"do": "record", "seconds": s}           loss and singular values of product and factors, again and again -> the same
"""
import json
import os
import re
import sys
import time

import numpy as np


def blas():
    """Files of linear algebra that are mapped into this process, whatever the package was built with."""
    with open("/proc/self/maps") as maps:
        paths = {line.split()[-1] for line in maps if "/" in line}
    names = sorted({os.path.basename(os.path.realpath(path)) for path in paths if re.search(r"blas|mkl_rt|blis", path)})
    return ", ".join(names) or "a BLAS of its own"


def timed(work, seconds):
    """Seconds of one of work's units; work(k) carries out k of them and waits."""
    work(1)
    start = time.perf_counter()
    work(1)
    once = max(1e-9, time.perf_counter() - start)
    times = max(1, int(seconds / once / 4))
    done = 0
    start = time.perf_counter()
    while True:
        work(times)
        done += times
        gone = time.perf_counter() - start
        if gone >= seconds:
            return gone / done


def serve(Peer):
    peer = None
    for line in sys.stdin:
        command = json.loads(line)
        answer = {}
        if command["do"] == "open":
            folder = command["folder"]
            factors = [np.load(f"{folder}/W_{j + 1}.npy") for j in range(command["depth"])]
            target = np.load(f"{folder}/target.npy")
            peer = Peer(factors, target, command["step_size"], command["runs"], command["precision"], command["threads"])
            answer["describe"] = peer.describe()
        elif command["do"] == "check":
            peer.steps(command["steps"])
            np.save(command["file"], peer.product())
        elif command["do"] == "steps":
            answer["seconds"] = timed(peer.steps, command["seconds"])
        elif command["do"] == "record":
            answer["seconds"] = timed(lambda times: [peer.record() for _ in range(times)], command["seconds"])
        print(json.dumps(answer), flush=True)
