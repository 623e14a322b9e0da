"""Scores a file of rollouts on every machine of a Ray cluster.

    ray start --head                       # on one machine; `ray start --address=HEAD:6379` on the others
    python examples/ray_score.py rollouts.jsonl --output scores.jsonl --preset tests

The lines of the output stand in the order of the rollouts, whatever machine scored them, and whichever died meanwhile.
What is set here of RETORT_REWARDS, RETORT_BINARY and their like holds on every machine.
"""

from __future__ import annotations

import argparse
import collections
import json
import os
import time
from collections.abc import Iterator
from typing import Any

import ray

from retort.ray import Pool


def rollouts(path: str) -> Iterator[dict[str, Any]]:
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rollouts", help="lines of {id, task, completion}")
    parser.add_argument("--output", required=True)
    parser.add_argument("--preset")
    parser.add_argument("--cores-each", type=int, default=2, help="cores of an actor")
    parser.add_argument("--address", default=None, help="the cluster; this machine alone when it is not given")
    options = parser.parse_args()

    # Ray shows these to whoever looks: no place for a token.
    settings = {
        name: value for name, value in os.environ.items() if name.startswith("RETORT_") and name != "RETORT_TOKEN"
    }
    ray.init(address=options.address, runtime_env={"env_vars": settings})
    started = time.monotonic()
    verdicts: collections.Counter[str | None] = collections.Counter()
    waiting: dict[int, dict[str, Any]] = {}
    following = 0
    with Pool(cores_each=options.cores_each, preset=options.preset) as pool, open(options.output, "w") as output:
        for place, line in pool.score_iter(rollouts(options.rollouts)):
            waiting[place] = dict(line)
            verdicts[line["verdict"]] += 1
            while following in waiting:
                output.write(json.dumps(waiting.pop(following)) + "\n")
                following += 1
        nodes = pool.nodes()
    seconds = time.monotonic() - started
    print(f"{following} rollouts in {seconds:.1f} s on {len(nodes)} machines: {dict(verdicts)}")


if __name__ == "__main__":
    main()
