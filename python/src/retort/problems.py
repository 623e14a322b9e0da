"""Turns the problem objects that the service answers with into exceptions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from retort.errors import (
    InfraError,
    InternalFault,
    NoSandbox,
    RequestRefused,
    RetortError,
    ServiceUnavailable,
)

_CLASSES: dict[str, type[RetortError]] = {
    "overloaded": ServiceUnavailable,
    "draining": ServiceUnavailable,
    "no_sandbox": NoSandbox,
    "internal": InternalFault,
}

_CODES = {-32000: "cancelled", -32001: "overloaded", -32002: "no_sandbox", -32003: "too_large", -32603: "internal"}


def problem_error(problem: Mapping[str, Any], *, status: int | None = None, origin: str = "") -> RetortError:
    """Makes the exception that a problem object asks for; `origin` names who answered."""
    code = problem.get("code")
    if not isinstance(code, str):
        code = _code_of_status(status)
    detail = problem.get("detail") or problem.get("title") or "no reason was given"
    hint = problem.get("hint")
    message = f"{origin}: {detail}" if origin else str(detail)
    kind = _CLASSES.get(code, RequestRefused)
    return kind(message, hint=hint if isinstance(hint, str) else None, code=code)


def rpc_error(error: Mapping[str, Any]) -> RetortError:
    """Makes the exception for the `error` member of a JSON-RPC answer."""
    data = error.get("data")
    problem: dict[str, Any] = dict(data) if isinstance(data, Mapping) else {}
    problem.setdefault("detail", error.get("message"))
    problem.setdefault("code", _CODES.get(error.get("code", 0), "invalid_request"))
    return problem_error(problem)


def may_help_to_retry(error: RetortError) -> bool:
    """Whether the same request may succeed later or elsewhere."""
    return isinstance(error, InfraError)


def _code_of_status(status: int | None) -> str:
    if status in (502, 503, 504):
        return "overloaded"
    return "internal" if status is not None and status >= 500 else "invalid_request"
