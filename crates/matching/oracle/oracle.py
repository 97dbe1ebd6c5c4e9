"""What other solvers find on the drawn instances of the benchmark.

    python3 oracle.py golden   writes ../tests/solver/golden.tsv: seeds, and what scipy finds
    python3 oracle.py times    times the crate, scipy and lapjv side by side

Needs `pip install scipy lapjv` and cargo. A mentor with several places becomes as many columns;
each mentee has a column of their own in which to stay unmatched, where places may be too few.
Times are of the processor, in milliseconds, the least of several runs.
"""

import subprocess
import sys
import time
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

HERE = Path(__file__).resolve().parent
BENCH = ["cargo", "run", "--quiet", "--release", "-p", "tandem-matching", "--example", "bench", "--"]
FORBIDDEN = np.iinfo(np.int32).min


def bench(*words):
    return subprocess.run([*BENCH, *map(str, words)], cwd=HERE, check=True, capture_output=True).stdout


def drawn(kind, size, seed):
    """The places of each mentor and the table of scores."""
    numbers = np.frombuffer(bench("raw", kind, size, seed), dtype="<i4")
    n, m = numbers[:2]
    return numbers[2 : 2 + m], numbers[2 + m :].reshape(n, m)


def expanded(capacity, scores, with_unmatched):
    """Costs with a column for each place, and what a mentee without a pair costs."""
    n = len(scores)
    columns = np.repeat(np.arange(len(capacity)), capacity)
    spread = scores[:, columns].astype(np.float64)
    unmatched = 2_000_001.0 * (n + 1)
    costs = np.where(spread == FORBIDDEN, 4 * unmatched, -spread)
    if with_unmatched:
        own = np.full((n, n), 4 * unmatched)
        np.fill_diagonal(own, unmatched)
        costs = np.hstack([costs, own])
    return costs, unmatched


def figures(costs, rows, columns, unmatched):
    """How many stay unmatched, and the total."""
    chosen = costs[rows, columns]
    paired = chosen[chosen < unmatched]
    return len(costs) - len(paired), -int(paired.sum())


def golden():
    lines = ["# kind, mentees, seed, unmatched, total: as scipy.optimize.linear_sum_assignment finds them"]
    sizes = [1, 2, 7, 20, 50, 100, 200, 300, 500, 700, 1000]
    cases = [(kind, size, seed) for kind in ("rand", "ties", "mentor", "scarce") for seed, size in enumerate(sizes)]
    cases += [(kind, 41, 100 + seed) for kind in ("rand", "ties", "mentor", "scarce") for seed in range(4)]
    cases += [(kind, 2000, 7) for kind in ("rand", "ties", "mentor", "scarce")]
    for kind, size, seed in cases:
        capacity, scores = drawn(kind, size, seed)
        costs, unmatched = expanded(capacity, scores, True)
        found = figures(costs, *linear_sum_assignment(costs), unmatched)
        lines.append("\t".join(map(str, (kind, size, seed, *found))))
        print(lines[-1], flush=True)
    path = HERE.parent / "tests" / "solver" / "golden.tsv"
    path.write_text("\n".join(lines) + "\n")


def least(times, solve):
    best = None
    for _ in range(times):
        before = time.process_time()
        result = solve()
        took = (time.process_time() - before) * 1000
        best = min(best, (took, result), key=lambda run: run[0]) if best else (took, result)
    return best


def times():
    from lapjv import lapjv

    print("kind     mentees      ours     scipy     lapjv   ours/scipy")
    for kind in ("mentor", "ties", "rand"):
        for size in (500, 1000, 2000, 5000):
            seed, runs = 3, 1 if size == 5000 else 3
            took, *found = bench("time", kind, size, seed).split()
            capacity, scores = drawn(kind, size, seed)
            costs, unmatched = expanded(capacity, scores, False)
            with_scipy, pairs = least(runs, lambda: linear_sum_assignment(costs))
            assert [int(figure) for figure in found] == list(figures(costs, *pairs, unmatched))
            # lapjv wants a square.
            square = np.zeros((costs.shape[1], costs.shape[1]))
            square[: len(costs)] = costs
            with_lapjv, _ = least(runs, lambda: lapjv(square))
            ratio = float(took) / with_scipy
            print(f"{kind:8}{size:8}{float(took):10.1f}{with_scipy:10.1f}{with_lapjv:10.1f}{ratio:13.2f}", flush=True)


{"golden": golden, "times": times}[sys.argv[1]]()
