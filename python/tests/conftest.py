from __future__ import annotations

import importlib.util
import os
import pathlib
from collections.abc import Iterator

import pytest

import retort

FAKE = str(pathlib.Path(__file__).parent / "fake_engine.py")


@pytest.fixture
def log(tmp_path: pathlib.Path) -> pathlib.Path:
    """Where the fake engine writes a line for each item that it scores."""
    return tmp_path / "log"


@pytest.fixture
def fake(log: pathlib.Path) -> Iterator[retort.Engine]:
    """An engine whose child is the test double."""
    with retort.Engine(binary=FAKE, environment={"FAKE_LOG": str(log)}) as engine:
        yield engine


def item(text: str, task: str = "right") -> dict[str, object]:
    return {"task": task, "completion": text}


def open_files() -> int:
    """How many descriptors this process holds."""
    return len(os.listdir("/proc/self/fd"))


def children() -> set[int]:
    """The processes that this process made and has not reaped, zombies too."""
    found = set()
    for task in os.listdir("/proc/self/task"):
        try:
            text = pathlib.Path(f"/proc/self/task/{task}/children").read_text()
        except FileNotFoundError:
            continue
        found |= {int(number) for number in text.split()}
    return found


@pytest.fixture
def fake_environment(log: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[pathlib.Path]:
    """An environment in which the adapters find the test double; gives the log of what it scored."""
    monkeypatch.setenv("RETORT_BINARY", FAKE)
    monkeypatch.setenv("FAKE_LOG", str(log))
    for name in ("RETORT_URL", "RETORT_TOKEN_FILE", "RETORT_PRESET", "RETORT_REWARDS", "RETORT_TASK_COLUMN"):
        monkeypatch.delenv(name, raising=False)
    forget_engines()
    yield log
    forget_engines()


def forget_engines() -> None:
    """Closes the engines that adapters share, and what they remember."""
    from retort import default, sharing, verl

    for engine in default._engines.values():
        engine.close()
    default._engines.clear()
    sharing._shared.clear()
    verl._cached_scorer.cache_clear()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skips by name what a missing framework or program keeps from running."""
    for test in items:
        for mark in test.iter_markers("framework"):
            missing = [name for name in mark.args if importlib.util.find_spec(name) is None]
            if missing:
                script = "test-service" if test.path.parent.name == "service" else "test-python --frameworks"
                test.add_marker(pytest.mark.skip(reason=f"needs {', '.join(missing)}: scripts/{script}"))
        if test.get_closest_marker("binary") and not real_binary():
            test.add_marker(pytest.mark.skip(reason="needs the retort program: make build"))


def real_binary() -> str | None:
    """The native program: the one that the tests were told of, or the one that was built in this tree."""
    built = pathlib.Path(__file__).parents[2] / ".build-release" / "release" / "retort"
    named = os.environ.get("RETORT_TEST_BINARY")
    return named or (str(built) if built.is_file() else None)


@pytest.fixture
def real_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> Iterator[str]:
    """An environment in which the adapters find the native program."""
    binary = real_binary()
    assert binary is not None
    monkeypatch.setenv("RETORT_BINARY", binary)
    monkeypatch.setenv("RETORT_PLUGINS", str(pathlib.Path(__file__).parents[2] / "plugins"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name in ("RETORT_URL", "RETORT_TOKEN_FILE", "RETORT_PRESET", "RETORT_REWARDS", "RETORT_TASK_COLUMN"):
        monkeypatch.delenv(name, raising=False)
    forget_engines()
    yield binary
    forget_engines()
