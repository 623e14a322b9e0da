"""verl's own reward loop, managers and workers call the rewards."""

from __future__ import annotations

import asyncio
import pathlib
from collections.abc import Iterator
from typing import Any

import pytest

import retort.verl
from tests.frameworks import tiny
from tests.frameworks.tasks import ANSWERS, REWARDS, SUM

pytestmark = [pytest.mark.framework("verl", "ray", "torch")]

MODULE = "pkg://retort.verl"
MANAGERS = "pkg://retort.verl_managers"


@pytest.fixture
def ray_of_one(real_environment: str) -> Iterator[None]:
    """Ray on this machine, whose workers inherit the environment as it is now."""
    import ray

    ray.init(num_cpus=4, include_dashboard=False, logging_level="error")
    yield
    ray.shutdown()


def configuration(folder: pathlib.Path | None, *overrides: str) -> Any:
    """verl's own default configuration with these overrides, as its trainer composes it."""
    import verl.trainer
    from hydra import compose, initialize_config_dir

    where = pathlib.Path(verl.trainer.__file__).parent / "config"
    with initialize_config_dir(str(where), version_base=None):
        return compose("ppo_trainer", [*([f"actor_rollout_ref.model.path={folder}"] if folder else []), *overrides])


def rollouts(answers: list[str], tasks: list[str], tokenizer: Any) -> Any:
    """The batch that verl's rollout hands to its reward loop: prompts padded left, responses padded right."""
    import numpy
    import torch
    from verl import DataProto

    prompt = torch.tensor(tokenizer.encode("Add two numbers."))
    ids = [torch.tensor([*tokenizer.encode(answer), 1]) for answer in answers]
    width = max(len(each) for each in ids)
    responses = torch.stack([torch.nn.functional.pad(each, (0, width - len(each))) for each in ids])
    mask = torch.stack([torch.arange(width) < len(each) for each in ids]).long()
    prompts = prompt.repeat(len(answers), 1)
    return DataProto.from_dict(
        tensors={
            "prompts": prompts,
            "responses": responses,
            "input_ids": torch.cat([prompts, responses], dim=1),
            "attention_mask": torch.cat([torch.ones_like(prompts), mask], dim=1),
        },
        non_tensors={
            "data_source": numpy.array(["retort"] * len(answers), dtype=object),
            "reward_model": numpy.array([{"style": "rule", "ground_truth": task} for task in tasks], dtype=object),
            "extra_info": numpy.array([{"index": place} for place in range(len(answers))], dtype=object),
            "uid": numpy.array(tasks, dtype=object),
        },
    )


def rewards_by_manager(config: Any, tokenizer: Any, answers: list[str], tasks: list[str]) -> list[dict[str, Any]]:
    """What a manager of verl's reward loop gives, each rollout on its own and all at once."""
    from verl.trainer.ppo.reward import load_reward_manager

    async def all_at_once() -> list[dict[str, Any]]:
        manager = load_reward_manager(config, tokenizer)
        data = rollouts(answers, tasks, tokenizer)
        return list(await asyncio.gather(*(manager.run_single(data[i : i + 1]) for i in range(len(data)))))

    return asyncio.run(all_at_once())


@pytest.mark.binary
@pytest.mark.usefixtures("real_environment")
@pytest.mark.parametrize("name", ["compute_score", "compute_score_async"])
@pytest.mark.parametrize("path", [MODULE, str(retort.verl.__file__)], ids=["package", "file"])
def test_the_loops_naive_manager_calls_the_function_by_path_and_name(name: str, path: str) -> None:
    config = configuration(
        None,
        f"reward.custom_reward_function.path={path}",
        f"reward.custom_reward_function.name={name}",
        "+reward.custom_reward_function.reward_kwargs.preset=tests",
    )
    results = rewards_by_manager(config, tiny.tiny_tokenizer(), ANSWERS, [SUM] * 4)
    assert [result["reward_score"] for result in results] == REWARDS
    assert len({tuple(result["reward_extra_info"]) for result in results}) == 1
    assert [result["reward_extra_info"]["verdict"] for result in results] == [
        "accepted",
        "wrong_answer",
        "runtime_error",
        "no_answer",
    ]


@pytest.mark.binary
@pytest.mark.usefixtures("real_environment")
@pytest.mark.parametrize("manager", ["dapo", "gdpo"])
def test_the_loops_other_managers_take_the_function(manager: str) -> None:
    config = configuration(
        None,
        f"reward.custom_reward_function.path={MODULE}",
        "reward.custom_reward_function.name=compute_score_async",
        "+reward.custom_reward_function.reward_kwargs.preset=tests",
        f"reward.reward_manager.name={manager}",
        "algorithm.adv_estimator=gdpo",
        "+algorithm.gdpo_reward_keys=[format,tests]",
    )
    results = rewards_by_manager(config, tiny.tiny_tokenizer(), ANSWERS, [SUM] * 4)
    assert [result["reward_score"] for result in results] == REWARDS


@pytest.mark.binary
@pytest.mark.usefixtures("real_environment")
def test_a_manager_of_ours_is_loaded_by_its_path() -> None:
    config = configuration(
        None,
        "reward.reward_manager.source=importlib",
        f"reward.reward_manager.module.path={MANAGERS}",
        "reward.reward_manager.name=CodeRewardManager",
        "+reward.reward_kwargs.preset=tests",
    )
    results = rewards_by_manager(config, tiny.tiny_tokenizer(), ANSWERS, [SUM] * 4)
    assert [result["reward_score"] for result in results] == REWARDS


def test_a_fault_stops_verl_rather_than_become_a_zero(fake_environment: pathlib.Path) -> None:
    config = configuration(
        None,
        f"reward.custom_reward_function.path={MODULE}",
        "reward.custom_reward_function.name=compute_score_async",
    )
    with pytest.raises(retort.Unscorable):
        rewards_by_manager(config, tiny.tiny_tokenizer(), ["infra"], [SUM])


@pytest.mark.binary
@pytest.mark.usefixtures("ray_of_one")
def test_the_reward_loops_workers_score_a_batch_on_ray(tmp_path: pathlib.Path) -> None:
    from verl.experimental.reward_loop.reward_loop import RewardLoopManager

    config = configuration(
        pathlib.Path(tiny.save(tmp_path)),
        "reward.num_workers=2",
        f"reward.custom_reward_function.path={MODULE}",
        "reward.custom_reward_function.name=compute_score_async",
        "+reward.custom_reward_function.reward_kwargs.preset=tests",
    )
    data = rollouts(ANSWERS * 3, [SUM] * 12, tiny.tiny_tokenizer())
    scored = RewardLoopManager(config).compute_rm_score(data)
    assert scored.batch["rm_scores"].sum(dim=1).tolist() == REWARDS * 3
    assert scored.non_tensor_batch["infra_error"].tolist() == [0.0] * 12
    assert "tests" in scored.meta_info["reward_extra_keys"]


@pytest.mark.parametrize("how", ["verl's batch manager", "ours"])
def test_the_older_batch_managers_give_a_fault_the_mean_of_its_group(fake_environment: pathlib.Path, how: str) -> None:
    from verl.workers.reward_manager import get_reward_manager_cls

    import retort.verl_managers

    tokenizer = tiny.tiny_tokenizer()
    data = rollouts(["a", "wrong", "infra", "b"], ["a", "a", "a", "b"], tokenizer)
    if how == "ours":
        manager = get_reward_manager_cls("retort")(tokenizer, 0)
        assert isinstance(manager, retort.verl_managers.CodeBatchRewardManager)
    else:
        manager = get_reward_manager_cls("batch")(tokenizer, 0, retort.verl.compute_score_batch)
    result = manager(data, return_dict=True)
    assert result["reward_tensor"].sum(dim=1).tolist() == [1.0, 0.25, 0.625, 1.0]
    assert result["reward_extra_info"]["infra_error"] == [0.0, 0.0, 1.0, 0.0]
    last = [len(tokenizer.encode(text)) for text in ("a", "wrong", "infra", "b")]
    assert result["reward_tensor"].argmax(dim=1).tolist() == last


@pytest.mark.binary
@pytest.mark.usefixtures("real_environment")
def test_the_example_is_composed_read_and_scored_by_verl(tmp_path: pathlib.Path) -> None:
    from hydra import compose, initialize_config_dir
    from verl.trainer.ppo.reward import load_reward_manager
    from verl.utils.dataset.rl_dataset import RLHFDataset, collate_fn

    from retort import datasets

    prompt = [{"role": "user", "content": "Add two numbers."}]
    tasks = [
        {"id": f"s{place}", "prompt": prompt, "task": SUM, "split": "train", "index": place, "task_kind": "tests"}
        for place in range(8)
    ]
    data = str(tmp_path / "train.parquet")
    datasets.write(datasets.rows(tasks, "verl"), data)
    folder = pathlib.Path(__file__).parents[2] / "examples" / "verl"
    with initialize_config_dir(str(folder), version_base=None):
        config = compose(
            "retort_grpo",
            [f"data.train_files={data}", "reward.custom_reward_function.reward_kwargs.preset=tests"],
        )
    assert (config.algorithm.adv_estimator, config.actor_rollout_ref.rollout.n) == ("grpo", 8)

    tokenizer = tiny.tiny_tokenizer()
    rows = RLHFDataset(data_files=data, tokenizer=tokenizer, config=config.data)
    assert len(rows) == 8
    batch = collate_fn([rows[place] for place in range(4)])
    assert [row["ground_truth"] for row in batch["reward_model"]] == [SUM] * 4
    assert list(batch["data_source"]) == ["retort"] * 4

    async def score() -> list[float]:
        manager = load_reward_manager(config, tokenizer)
        data = rollouts(ANSWERS, [row["ground_truth"] for row in batch["reward_model"]], tokenizer)
        results = await asyncio.gather(*(manager.run_single(data[i : i + 1]) for i in range(4)))
        return [result["reward_score"] for result in results]

    assert asyncio.run(score()) == REWARDS
