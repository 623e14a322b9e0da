"""A pool on a real Ray cluster of two machines, both on this one: two raylets with workers of their own."""

from __future__ import annotations

import collections
import json
import os
import pathlib
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

import retort
from tests.conftest import FAKE, item, real_binary
from tests.frameworks.tasks import ANSWERS, REWARDS, SUM

pytestmark = [pytest.mark.framework("ray")]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    import ray
    from ray.cluster_utils import Cluster

    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 2, "include_dashboard": False})
    ray.init(address=cluster.address, logging_level="error")
    yield cluster
    ray.shutdown()
    cluster.shutdown()


@pytest.fixture
def second(cluster: Any) -> Iterator[Any]:
    """A second machine, of which a test may deprive the cluster."""
    node = cluster.add_node(num_cpus=2)
    cluster.wait_for_nodes()
    yield node
    if node in cluster.list_all_nodes():
        cluster.remove_node(node, allow_graceful=True)


def wait_for_actors(pool: Any, nodes: int) -> dict[str, int]:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        found: dict[str, int] = pool.nodes()
        if len(found) == nodes and not pool.starting:
            return found
        time.sleep(0.2)
    raise AssertionError(f"actors on {pool.nodes()} only")


def test_scores_on_all_machines_in_the_order_of_the_items(cluster: Any, second: Any, log: pathlib.Path) -> None:
    from retort.ray import Pool

    with Pool(cores_each=1, binary=FAKE, environment={"FAKE_LOG": str(log)}, arguments=()) as pool:
        assert sorted(wait_for_actors(pool, 2).values()) == [2, 2]
        lines = pool.score([{"id": f"n{n}", "task": f"{n % 7}", "completion": f"{n % 5}"} for n in range(1000)])
        assert [line["id"] for line in lines] == [f"n{n}" for n in range(1000)]
        assert [line["reward"] for line in lines] == [1.0 if n % 7 == n % 5 else 0.25 for n in range(1000)]
        assert len(log.read_text().splitlines()) == 1000
        assert pool.score([]) == []


def test_a_machine_that_dies_loses_nothing_and_counts_nothing_twice(
    cluster: Any, second: Any, log: pathlib.Path
) -> None:
    from retort.ray import Pool

    with Pool(cores_each=1, items_each=16, binary=FAKE, environment={"FAKE_LOG": str(log)}, arguments=()) as pool:
        wait_for_actors(pool, 2)
        killer = threading.Timer(1.5, lambda: cluster.remove_node(second, allow_graceful=False))
        killer.start()
        seen = collections.Counter(
            (place, line["id"], line["reward"])
            for place, line in pool.score_iter(item(f"slow:0.0{n % 10}") for n in range(1600))
        )
        killer.join()
        assert sorted(seen) == [(n, n, 1.0) for n in range(1600)]
        assert set(seen.values()) == {1}
        assert len(pool.nodes()) == 1
        # What was under way on the machine was scored a second time, and no more than that.
        again = len(log.read_text().splitlines()) - 1600
        assert 0 < again <= 2 * 2 * 16


def test_an_actor_that_dies_is_replaced(cluster: Any, log: pathlib.Path) -> None:
    import ray

    from retort.ray import Pool

    with Pool(2, cores_each=1, binary=FAKE, environment={"FAKE_LOG": str(log)}, arguments=()) as pool:
        wait_for_actors(pool, 1)
        killer = threading.Timer(0.5, lambda: ray.kill(pool.ready[0]))
        killer.start()
        lines = pool.score(item("slow:0.02") for _ in range(400))
        assert [line["reward"] for line in lines] == [1.0] * 400
        assert sum(wait_for_actors(pool, 1).values()) == 2


def test_a_request_that_is_wrong_is_told_as_what_it_is(cluster: Any) -> None:
    from retort.ray import Pool

    with Pool(1, cores_each=1, binary=FAKE, arguments=()) as pool:
        with pytest.raises(retort.RequestRefused, match="no preset"):
            pool.score([item("x")], preset="unknown")
        with pytest.raises(retort.ChildDied, match="exit code 9"):
            pool.score([item("die")])
        assert pool.score([item("right")])[0]["reward"] == 1.0


def test_says_when_the_cluster_has_no_room(cluster: Any) -> None:
    from retort.ray import Pool

    with (
        Pool(1, cores_each=64, start_timeout=1.0, binary=FAKE) as pool,
        pytest.raises(retort.ServiceUnavailable, match="ray status"),
    ):
        pool.score([item("x")])


PLUGINS = str(pathlib.Path(__file__).parents[3] / "plugins")


def native_settings() -> dict[str, Any]:
    return {"preset": "tests", "binary": real_binary(), "environment": {"RETORT_PLUGINS": PLUGINS}}


def native_engines() -> set[int]:
    """The processes of the native program that actors started, on either machine."""
    start = [str(real_binary()), "serve", "--stdio"]
    found = set()
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            if process.joinpath("cmdline").read_text().split("\0")[:3] == start:
                found.add(int(process.name))
        except OSError:
            continue
    return found


@pytest.mark.binary
def test_scores_with_the_native_program(cluster: Any, second: Any) -> None:
    from retort.ray import Pool

    with Pool(cores_each=1, **native_settings()) as pool:
        wait_for_actors(pool, 2)
        lines = pool.score([{"task": SUM, "completion": answer} for answer in ANSWERS * 25])
        assert [line["reward"] for line in lines] == REWARDS * 25


@pytest.mark.binary
def test_a_machine_that_dies_takes_its_native_programs_along_and_no_rollout(cluster: Any, second: Any) -> None:
    from retort.ray import Pool

    def numbered() -> Iterator[dict[str, Any]]:
        # Each of its own, for equal programs would be run once; one in three is wrong.
        for n in range(480):
            program = (
                f"import time\ntime.sleep(0.05)\nprint(sum(map(int, input().split())) * {n} // {n if n % 3 else 1})"
            )
            yield {"id": f"n{n}", "task": SUM, "completion": f"```python\n{program}\n```"}

    wanted = {(n, f"n{n}", 1.0 if n % 3 else 0.0, 0) for n in range(480)}
    before = native_engines()
    with Pool(cores_each=1, items_each=16, **native_settings()) as pool:
        wait_for_actors(pool, 2)
        seen: collections.Counter[Any] = collections.Counter()
        most = 0
        for place, line in pool.score_iter(numbered()):
            seen[place, line["id"], line["reward"], line["infra_error"]] += 1
            if sum(seen.values()) == 96:
                most = len(native_engines() - before)
                cluster.remove_node(second, allow_graceful=False)
        assert set(seen) == wanted
        assert set(seen.values()) == {1}
        assert len(pool.nodes()) == 1
        assert most > 2
        deadline = time.monotonic() + 30
        while len(native_engines() - before) > 2 and time.monotonic() < deadline:
            time.sleep(0.1)
        assert len(native_engines() - before) == 2


@pytest.mark.binary
def test_the_example_scores_a_file_over_the_cluster(cluster: Any, second: Any, tmp_path: pathlib.Path) -> None:
    """`examples/ray_score.py` to its end: the lines in the order of the rollouts, from both machines."""
    rollouts = tmp_path / "rollouts.jsonl"
    items = [{"id": f"n{n}", "task": SUM, "completion": f"{ANSWERS[n % 4]}\n<!-- {n} -->"} for n in range(400)]
    rollouts.write_text("".join(json.dumps(item) + "\n" for item in items))
    scores = tmp_path / "scores.jsonl"
    example = pathlib.Path(__file__).parents[2] / "examples" / "ray_score.py"
    environment = {**os.environ, "RETORT_BINARY": str(real_binary()), "RETORT_PLUGINS": PLUGINS}
    done = subprocess.run(
        [
            *(sys.executable, str(example), str(rollouts), "--output", str(scores), "--preset", "tests"),
            *("--cores-each", "1", "--address", cluster.address),
        ],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    lines = [json.loads(line) for line in scores.read_text().splitlines()]
    assert [line["id"] for line in lines] == [item["id"] for item in items]
    assert [line["reward"] for line in lines] == REWARDS * 100
    assert "400 rollouts" in done.stdout, done.stdout
    assert "on 2 machines" in done.stdout, done.stdout
