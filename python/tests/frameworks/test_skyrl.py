"""SkyRL's gym makes and steps the environment."""

from __future__ import annotations

import pathlib
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import retort
from tests.frameworks.tasks import ANSWERS, REWARDS, SUM

pytestmark = [pytest.mark.framework("skyrl_gym")]


def make(task: str, **settings: Any) -> Any:
    import skyrl_gym
    from skyrl_gym.envs.registration import registry

    if "retort" not in registry:
        skyrl_gym.register(id="retort", entry_point="retort.skyrl:CodeEnv")
    return skyrl_gym.make("retort", env_config=settings, extras={"reward_spec": {"ground_truth": task}})


@pytest.mark.binary
@pytest.mark.usefixtures("real_environment")
def test_steps_on_many_threads_as_the_generator_does() -> None:
    def episode(answer: str) -> Any:
        environment = make(SUM, preset="tests")
        prompt, _ = environment.init([{"role": "user", "content": "p"}])
        assert prompt[0]["content"] == "p"
        output = environment.step(answer)
        metrics = environment.get_metrics()
        environment.close()
        return output["reward"], output["done"], metrics["tests"]

    with ThreadPoolExecutor(32) as threads:
        outcomes = list(threads.map(episode, ANSWERS * 8))
    assert outcomes == [(reward, True, reward) for reward in REWARDS] * 8


def test_a_fault_is_no_reward_of_zero(fake_environment: pathlib.Path) -> None:
    with pytest.raises(retort.Unscorable):
        make("right").step("infra")
