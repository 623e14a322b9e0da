"""What tells one engine from another; small, picklable, and equal when the engines are."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Settings:
    """Where the engine is, and what a request asks for unless it says otherwise."""

    url: str | None = None
    token: str | None = field(default=None, repr=False)
    token_file: str | None = None
    binary: str | None = None
    arguments: tuple[str, ...] = ()
    environment: tuple[tuple[str, str], ...] = ()
    preset: str | None = None
    rewards: str | None = None
    timeout: float | None = None
    retries: int = 2
    stall_after: float = 120.0

    @classmethod
    def from_environment(cls, **changes: Any) -> Settings:
        """Reads `RETORT_URL`, `RETORT_TOKEN_FILE`, `RETORT_PRESET`, `RETORT_REWARDS` (a file); `changes` go first."""
        values: dict[str, Any] = {
            "url": os.environ.get("RETORT_URL") or None,
            "token": os.environ.get("RETORT_TOKEN") or None,
            "token_file": os.environ.get("RETORT_TOKEN_FILE") or None,
            "preset": os.environ.get("RETORT_PRESET") or None,
            "rewards": _read_rewards(os.environ.get("RETORT_REWARDS") or None),
        }
        values.update({name: value for name, value in changes.items() if value is not None})
        if not isinstance(values["rewards"], (str, type(None))):
            values["rewards"] = rewards_text(values["rewards"])
        values["arguments"] = tuple(values.get("arguments", ()))
        values["environment"] = tuple(sorted(dict(values.get("environment", ())).items()))
        return cls(**values)

    def bearer_token(self) -> str | None:
        """Returns the token, read anew from its file so that it may be changed there."""
        if self.token is not None or self.token_file is None:
            return self.token
        with open(self.token_file, encoding="utf-8") as file:
            return file.read().strip()


def rewards_text(rewards: Mapping[str, Any] | str | None) -> str | None:
    """Turns a way to reward into the string that settings hold, so that equal ones are equal."""
    if rewards is None or isinstance(rewards, str):
        return rewards
    return json.dumps(rewards, ensure_ascii=False, sort_keys=True)


def _read_rewards(path: str | None) -> str | None:
    if path is None:
        return None
    with open(path, encoding="utf-8") as file:
        return file.read()
