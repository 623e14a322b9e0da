"""Finds the `retort` program that came with the package, or another one that the user has."""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
from collections.abc import Iterator

from retort.errors import BinaryNotFound

_NAME = "retort"


def find_binary(given: str | None = None) -> str:
    """Returns the path of the program: as given, as `RETORT_BINARY` says, as installed, or on the path.

    Raises `BinaryNotFound` with every place that was looked at.
    """
    named = given or os.environ.get("RETORT_BINARY")
    if named:
        if _is_program(named):
            return os.path.abspath(named)
        found = shutil.which(named)
        if found:
            return found
        raise BinaryNotFound(f"there is no program at {named!r}", hint="mend RETORT_BINARY, or leave it away")
    places = list(_installed())
    for place in places:
        if _is_program(place):
            return place
    found = shutil.which(_NAME)
    if found:
        return found
    raise BinaryNotFound(
        f"the program {_NAME!r} was not found in {', '.join(places)}, nor on the path",
        hint="install the wheel for this platform, or set RETORT_BINARY",
    )


def _installed() -> Iterator[str]:
    """The places where an installer puts a program, nearest first."""
    seen: set[str] = set()
    folders = [
        sysconfig.get_path("scripts"),
        sysconfig.get_path("scripts", vars={"base": sys.base_prefix}),
        os.path.join(_target_prefix(), "bin"),
        os.path.dirname(os.path.abspath(__file__)),
        sysconfig.get_path("scripts", scheme=sysconfig.get_preferred_scheme("user")),
    ]
    for folder in folders:
        path = os.path.join(folder, _NAME)
        if path not in seen:
            seen.add(path)
            yield path


def _target_prefix() -> str:
    """The folder that `pip install --target` was given, where the scripts lie in `bin`."""
    return os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def _is_program(path: str) -> bool:
    return os.path.isfile(path) and os.access(path, os.X_OK)
