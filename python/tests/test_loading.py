"""Trainers load reward functions from files, under names of their own; the adapters bear it."""

from __future__ import annotations

import importlib.util
import pathlib
import sys
from types import ModuleType

import pytest

import retort


def load(name: str, under: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    path = pathlib.Path(str(retort.__file__)).with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(under, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, under, module)
    spec.loader.exec_module(module)
    return module


@pytest.mark.usefixtures("fake_environment")
def test_as_easyr1_loads_its_reward_function(monkeypatch: pytest.MonkeyPatch) -> None:
    module = load("easyr1", "custom_reward_fn", monkeypatch)
    rows = module.compute_score([{"response": "a", "response_length": 1, "ground_truth": "a"}])
    assert rows[0]["overall"] == 1.0


@pytest.mark.usefixtures("fake_environment")
def test_as_verl_loads_its_reward_function(monkeypatch: pytest.MonkeyPatch) -> None:
    module = load("verl", "custom_module_1", monkeypatch)
    assert module.compute_score(data_source="d", solution_str="a", ground_truth="a", extra_info={})["score"] == 1.0


def test_openrlhf_loads_without_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    assert callable(load("openrlhf", "reward_func", monkeypatch).reward_func)
