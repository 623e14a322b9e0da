"""Puts the native program into the wheel.

RETORT_PREFIX names a folder that is laid out as an installation: bin/ with the program, the launcher and the zygote's
library, share/retort/plugins, and lib/ where the program needs one. Its bin/ becomes the scripts of the wheel and the
rest its data, so that an installer puts both where the program looks for them. Without RETORT_PREFIX the wheel holds
the Python package alone, for use with a server or a program that is installed otherwise.
"""

from __future__ import annotations

import os
import pathlib
import re
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_MACHINES = {62: "x86_64", 183: "aarch64"}


class PrefixHook(BuildHookInterface[Any]):
    """Adds the files of an installation to the wheel, and tags it with what they need."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        prefix = os.environ.get("RETORT_PREFIX")
        if not prefix or version == "editable":
            return
        root = pathlib.Path(prefix).resolve()
        program = root / "bin" / "retort"
        if not program.is_file():
            raise SystemExit(f"error: RETORT_PREFIX has no bin/retort: {root}\nhint: make it with scripts/wheel")
        files = sorted(path for path in root.rglob("*") if path.is_file())
        for path in files:
            inside = path.relative_to(root)
            kind = "shared_scripts" if inside.parts[0] == "bin" else "shared_data"
            name = "/".join(inside.parts[1:] if kind == "shared_scripts" else inside.parts)
            build_data[kind][str(path)] = name
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{_platform(path for path in files if _is_elf(path))}"


def _platform(programs: Any) -> str:
    """The oldest platform on which every one of these runs, by the versions of glibc's symbols in them."""
    newest, machine = 17, ""
    for program in programs:
        content = program.read_bytes()
        machine = _MACHINES[int.from_bytes(content[18:20], "little")]
        newest = max([newest, *(int(minor) for minor in re.findall(rb"GLIBC_2\.(\d+)", content))])
    return f"manylinux_2_{newest}_{machine}"


def _is_elf(path: pathlib.Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"
