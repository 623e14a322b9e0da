"""Cuts what a process writes into lines, and lines into messages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

_LONGEST_LINE = 1 << 30


class ProtocolFault(Exception):
    """The process wrote what is no message of the protocol, so nothing that it says can be trusted."""


class LineSplitter:
    """Takes bytes as they come and gives whole lines; the pieces of a long line are joined once."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._length = 0

    def split(self, data: bytes) -> Iterator[bytes]:
        """Gives the lines that end in this piece."""
        *whole, rest = data.split(b"\n")
        for line in whole:
            yield b"".join([*self._pieces, line]) if self._pieces else line
            self._pieces.clear()
            self._length = 0
        if rest:
            self._pieces.append(rest)
            self._length += len(rest)
            if self._length > _LONGEST_LINE:
                raise ProtocolFault(f"a line of more than {_LONGEST_LINE} bytes")


def parse_line(line: bytes) -> dict[str, Any]:
    """Reads one message."""
    try:
        message = json.loads(line)
    except ValueError as error:
        raise ProtocolFault(f"{line[:200]!r}") from error
    if not isinstance(message, dict):
        raise ProtocolFault(f"{line[:200]!r}")
    return message
