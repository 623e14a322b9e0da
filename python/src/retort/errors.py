"""What goes wrong between a trainer and the engine, told apart by who has to act.

A bad program never raises: its verdict is a value in a score. `InfraError` and what is below it mean that nothing was
found out about a program; asking again may help, and no reward may be made of it.
"""

from __future__ import annotations


class RetortError(Exception):
    """Anything that the engine could not do; `hint` says what to do about it, where there is something."""

    def __init__(self, message: str, *, hint: str | None = None, code: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint
        self.code = code

    def __str__(self) -> str:
        message = str(self.args[0])
        return f"{message}\nhint: {self.hint}" if self.hint else message


class BinaryNotFound(RetortError):
    """The `retort` program is in none of the places where it is looked for."""


class RequestRefused(RetortError):
    """The request is wrong and stays wrong: a field, a language, a preset, a token, a size."""


class EngineClosed(RetortError):
    """The engine was closed while the request waited, or before it was made."""


class InfraError(RetortError):
    """Our own failure: nothing is known about the program, and no reward may be made of it."""


class ChildDied(InfraError):
    """The engine's process ended with the request in flight, and ended again when it was sent anew."""


class ServiceUnavailable(InfraError):
    """No server could be reached, or all of them are overloaded or ending."""


class NoSandbox(InfraError):
    """The engine runs, but has no sandbox as strong as required."""


class EngineTimeout(InfraError):
    """The answer did not come in the time that the caller gave."""


class InternalFault(InfraError):
    """The engine answered that the fault is its own."""


class Unscorable(InfraError):
    """A rollout has no score after every try, and the framework has no way to be told so."""
