"""One engine a process for all who ask for the same settings, as the adapters do."""

from __future__ import annotations

import os
import threading
from typing import Any

from retort.engine import Engine
from retort.settings import Settings

_lock = threading.Lock()
_engines: dict[Settings, Engine] = {}


def shared_engine(settings: Settings | None = None, **changes: Any) -> Engine:
    """Returns the engine of these settings, or of those that the environment and the changes give."""
    wanted = settings if settings is not None else Settings.from_environment(**changes)
    with _lock:
        engine = _engines.get(wanted)
        if engine is None:
            engine = _engines[wanted] = Engine.of(wanted)
        return engine


def _after_fork_in_child() -> None:
    global _lock
    _lock = threading.Lock()


os.register_at_fork(after_in_child=_after_fork_in_child)
