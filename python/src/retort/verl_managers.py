"""Reward managers for verl: the loop's, a rollout at a time, and the older one, a batch at a time.

    reward.reward_manager.source=importlib
    reward.reward_manager.module.path=pkg://retort.verl_managers
    reward.reward_manager.name=CodeRewardManager

Needs verl.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import torch
from verl import DataProto
from verl.experimental.reward_loop.reward_manager.base import RewardManagerBase
from verl.workers.reward_manager import register
from verl.workers.reward_manager.abstract import AbstractRewardManager

from retort.scorer import Scorer, reward_of
from retort.verl import batch_rows, row


class CodeRewardManager(RewardManagerBase):
    """Scores each rollout as soon as it is there; `reward.custom_reward_function` is not needed."""

    def __init__(self, config: Any, tokenizer: Any, compute_score: Any = None, **others: Any) -> None:
        super().__init__(config, tokenizer, compute_score)
        settings = dict(config.reward.get("reward_kwargs") or {})
        self._infra_score = settings.pop("infra_score", None)
        self._scorer = Scorer(**settings)

    async def run_single(self, data: DataProto) -> dict[str, Any]:
        """Scores the last sequence of one rollout."""
        item = data[-1:][0]
        response = await self.loop.run_in_executor(None, _response, item, self.tokenizer)
        (line,) = await self._scorer.ascore([response], [item.non_tensor_batch["reward_model"]["ground_truth"]])
        extra = row(line, reward_of(line, self._infra_score))
        return {"reward_score": extra["score"], "reward_extra_info": extra}


@register("retort")
class CodeBatchRewardManager(AbstractRewardManager):
    """Scores a batch in one request; a rollout that could not be scored gets the mean of its group, by verl's `uid`."""

    def __init__(
        self,
        tokenizer: Any,
        num_examine: int = 0,
        compute_score: Any = None,
        reward_fn_key: str = "data_source",
        **settings: Any,
    ) -> None:
        self.tokenizer = tokenizer
        self._scorer = Scorer(**settings)

    def __call__(self, data: DataProto, return_dict: bool = False) -> Any:
        """Gives the reward of each rollout at its last token, shape (B, T)."""
        given = self._extract_reward_from_rm_scores(data, return_dict)
        if given is not None:
            return given
        items = [data[place] for place in range(len(data))]
        tasks = [item.non_tensor_batch["reward_model"]["ground_truth"] for item in items]
        lines = self._scorer.score([_response(item, self.tokenizer) for item in items], tasks)
        rows = batch_rows(lines, [item.non_tensor_batch.get("uid", task) for item, task in zip(items, tasks)])
        rewards = torch.zeros_like(data.batch["responses"], dtype=torch.float32)
        for place, (item, extra) in enumerate(zip(items, rows)):
            rewards[place, _response_length(item) - 1] = extra["score"]
        data.batch["acc"] = torch.tensor([extra["acc"] for extra in rows], dtype=torch.float32)
        if not return_dict:
            return rewards
        columns: dict[str, list[Any]] = defaultdict(list)
        for extra in rows:
            for key, value in extra.items():
                columns[key].append(value)
        return {"reward_tensor": rewards, "reward_extra_info": columns}


def _response(item: Any, tokenizer: Any) -> str:
    ids = item.batch["responses"][: _response_length(item)]
    text: str = tokenizer.decode(ids, skip_special_tokens=True)
    return text


def _response_length(item: Any) -> int:
    return int(item.batch["attention_mask"][-item.batch["responses"].shape[-1] :].sum())
