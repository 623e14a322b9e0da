"""The environment for NeMo-RL, which is in no registry: its two interfaces stand here in outline."""

from __future__ import annotations

import abc
import collections
import importlib
import pathlib
import sys
from types import ModuleType
from typing import Any

import pytest

pytestmark = [pytest.mark.framework("ray", "torch")]

FIELDS = ["observations", "metadata", "next_stop_strings", "rewards", "terminateds", "answers"]


@pytest.fixture(params=[FIELDS, [*FIELDS, "reward_valid_mask"]], ids=["older", "newer"])
def environment(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, fake_environment: pathlib.Path) -> Any:
    interfaces: Any = ModuleType("nemo_rl.environments.interfaces")
    interfaces.EnvironmentReturn = collections.namedtuple("EnvironmentReturn", request.param)
    interfaces.EnvironmentInterface = abc.ABC
    for name, module in [
        ("nemo_rl", ModuleType("nemo_rl")),
        ("nemo_rl.environments", ModuleType("nemo_rl.environments")),
        (interfaces.__name__, interfaces),
    ]:
        monkeypatch.setitem(sys.modules, name, module)
    sys.modules.pop("retort.nemo_rl", None)
    yield importlib.import_module("retort.nemo_rl").CodeEnvironment({"preset": "tests"})
    sys.modules.pop("retort.nemo_rl", None)


def test_scores_a_batch_and_marks_what_could_not_be(environment: Any) -> None:
    def conversation(text: str) -> list[dict[str, str]]:
        return [{"role": "user", "content": "p"}, {"role": "assistant", "content": text}]

    batch = [conversation(text) for text in ("right", "wrong", "infra")]
    result = environment.step(batch, [{"ground_truth": "right"}] * 3)
    assert result.rewards.tolist() == [1.0, 0.25, 0.625]
    assert result.terminateds.tolist() == [1.0, 1.0, 1.0]
    assert [message["content"] for message in result.observations] == ["accepted", "wrong_answer", "internal_error"]
    if "reward_valid_mask" in result._fields:
        assert result.reward_valid_mask.tolist() == [True, True, False]
    assert environment.global_post_process_and_metrics({"rewards": result.rewards})[1] == {
        "reward": 0.625,
        "solved": pytest.approx(1 / 3),
    }
