"""The reward function for OpenRLHF: `--reward.remote_url /path/of/retort/openrlhf.py`.

`python -c "import retort.openrlhf; print(retort.openrlhf.__file__)"` prints that path. The dataset's label is the task
as one string of JSON (`--data.label_key label`); settings come from the environment (`RETORT_PRESET`, ...).
OpenRLHF calls with one rollout and has no way to be told that it could not be scored, so that raises `Unscorable`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from retort.scorer import Scorer, numbers, reward_of

# The query is decoded with its special tokens; one behind a closing fence would keep the fence from closing.
_ENDINGS = re.compile(
    r"(?:\s*(?:<\|[^<>|]{1,40}\|>|<\uff5c[^<>\uff5c]{1,40}\uff5c>|</s>|<eos>|<end_of_turn>|<pad>))+\s*$"
)


def reward_func(queries: Sequence[str], prompts: Sequence[str], labels: Sequence[str], **others: Any) -> dict[str, Any]:
    """Scores what stands behind each prompt; the values are tensors of shape (n), or of shape () for one rollout."""
    responses = [response_of(query, prompt) for query, prompt in zip(queries, prompts)]
    lines = Scorer().score(responses, labels)
    rewards = [reward_of(line) for line in lines]
    rows = [numbers(line) for line in lines]
    logs = {key: _tensor([row.get(key, 0.0) for row in rows]) for key in (rows[0] if rows else {})}
    return {"rewards": _tensor(rewards), "scores": _tensor(rewards), "extra_logs": logs}


def response_of(query: str, prompt: str) -> str:
    """What the policy wrote, without the prompt and the special tokens at its end."""
    place = query.find(prompt)
    response = query[place + len(prompt) :] if place >= 0 else query
    return _ENDINGS.sub("", response)


def _tensor(values: Sequence[float]) -> Any:
    import torch

    # OpenRLHF wraps the one value once more; a shape of (1) would become (1, 1) there.
    return torch.tensor(values[0] if len(values) == 1 else list(values), dtype=torch.float32)
