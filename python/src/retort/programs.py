"""The request for one run of one program."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any

from retort.records import Limits


def run_params(
    program: str | bytes,
    language: str,
    *,
    stdin: str | bytes | None = None,
    args: Sequence[str] = (),
    files: Mapping[str, str | bytes] | None = None,
    limits: Limits | None = None,
) -> dict[str, Any]:
    """Makes the request; bytes, which need be no text, travel in base64."""
    params: dict[str, Any] = {"language": language}
    for name, value in (("program", program), ("stdin", stdin)):
        if isinstance(value, bytes):
            params[f"{name}_base64"] = base64.b64encode(value).decode("ascii")
        elif value is not None:
            params[name] = value
    if args:
        params["args"] = list(args)
    if files:
        params["files"] = {
            path: {"base64": base64.b64encode(content).decode("ascii")} if isinstance(content, bytes) else content
            for path, content in files.items()
        }
    if limits:
        params["limits"] = dict(limits)
    return params
