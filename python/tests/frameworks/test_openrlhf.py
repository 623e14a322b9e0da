"""OpenRLHF's own executor loads the function from its file and makes an experience's reward of what it returns."""

from __future__ import annotations

import asyncio
import pathlib
from types import SimpleNamespace
from typing import Any

import pytest

import retort.openrlhf
from tests.frameworks import tiny
from tests.frameworks.tasks import ANSWERS, REWARDS, SUM

pytestmark = [pytest.mark.framework("openrlhf", "torch")]


class Sampler:
    """Stands for vLLM's engine: it answers every prompt with one text."""

    def __init__(self, tokenizer: Any, text: str) -> None:
        self.ids = [*tokenizer.encode(text), 1]

    async def generate(self, prompt: Any, parameters: Any, multi_modal_data: Any = None) -> Any:
        return SimpleNamespace(
            outputs=[SimpleNamespace(token_ids=self.ids, finish_reason="stop", logprobs=None, text="")]
        )


def execute(answer: str, task: str) -> dict[str, Any]:
    from openrlhf.utils.agent import SingleTurnAgentExecutor

    tokenizer = tiny.tiny_tokenizer()
    executor = SingleTurnAgentExecutor(str(retort.openrlhf.__file__))
    parameters = SimpleNamespace(max_tokens=4096, logprobs=None)
    prompt = tokenizer.apply_chat_template([{"role": "user", "content": "Add."}], tokenize=False)
    output: dict[str, Any] = asyncio.run(
        executor.execute(prompt, task, parameters, 8192, tokenizer, Sampler(tokenizer, answer))
    )
    return output


@pytest.mark.binary
@pytest.mark.usefixtures("real_environment")
def test_the_executor_gets_a_reward_that_becomes_one_number(monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    monkeypatch.setenv("RETORT_PRESET", "tests")
    outputs = [execute(answer, SUM) for answer in ANSWERS]
    # As the samples generator wraps them.
    assert [torch.tensor([output["reward"]]).tolist() for output in outputs] == [[reward] for reward in REWARDS]
    assert [torch.tensor([output["scores"]]).tolist() for output in outputs] == [[reward] for reward in REWARDS]
    assert [output["extra_logs"]["tests"].flatten()[0].item() for output in outputs] == REWARDS


def test_a_fault_leaves_the_executor_without_a_reward(fake_environment: pathlib.Path) -> None:
    output = execute("infra", "right")
    assert (output["reward"], output["scores"]) == (None, None)


def test_several_rollouts_give_tensors_of_their_number(fake_environment: pathlib.Path) -> None:
    result = retort.openrlhf.reward_func(["pright", "pwrong"], ["p", "p"], ["right", "right"])
    assert result["rewards"].tolist() == [1.0, 0.25]
    assert result["extra_logs"]["tests"].tolist() == [1.0, 0.0]
