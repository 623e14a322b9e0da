"""Runs the `retort` program: `python -m retort score rollouts.jsonl`."""

from __future__ import annotations

import os
import sys

from retort.binary import find_binary
from retort.errors import BinaryNotFound


def main() -> None:
    """Becomes the native program, with the same arguments."""
    try:
        program = find_binary()
    except BinaryNotFound as error:
        sys.stderr.write(f"error: {error}\n")
        sys.exit(1)
    os.execv(program, [program, *sys.argv[1:]])


if __name__ == "__main__":
    main()
