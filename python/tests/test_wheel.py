"""The wheel carries the native program to where it finds its parts."""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys
import zipfile

import pytest

from tests.conftest import real_binary
from tests.frameworks.tasks import ANSWERS, REWARDS, SUM

ROOT = pathlib.Path(__file__).parents[2]

pytestmark = [pytest.mark.framework("build"), pytest.mark.binary]

SCORE = """
import json, sys, retort
with retort.Engine(preset="tests") as engine:
    answers = json.load(sys.stdin)
    lines = engine.score({"task": task, "completion": answer} for task, answer in answers)
    print(json.dumps([retort.find_binary(), engine.health()["status"], [line["reward"] for line in lines]]))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    output = tmp_path_factory.mktemp("dist")
    release = str(pathlib.Path(str(real_binary())).parent)
    environment = {**os.environ, "RETORT_RELEASE": release}
    subprocess.run([ROOT / "scripts" / "wheel", output], check=True, env=environment, stdout=subprocess.DEVNULL)
    (built,) = output.glob("*.whl")
    return built


def test_is_tagged_for_any_python_of_one_platform(wheel: pathlib.Path) -> None:
    name, _, tag = wheel.stem.partition("-py3-none-manylinux_2_")
    assert name == "retort-0.1.0"
    assert tag.endswith(os.uname().machine)
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert sum(name.endswith("plugin.json") for name in names) >= 12
    assert "retort/py.typed" in names


def test_a_fresh_installation_scores(wheel: pathlib.Path, tmp_path: pathlib.Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True)
    programs = tmp_path / "venv" / "bin"
    subprocess.run([programs / "pip", "install", "--quiet", "--no-index", wheel], check=True)
    # Nothing of this tree or of this shell may be needed.
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    done = subprocess.run(
        [programs / "python", "-c", SCORE],
        input=json.dumps([(SUM, answer) for answer in ANSWERS]),
        capture_output=True,
        text=True,
        env=environment,
        cwd="/",
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [str(programs / "retort"), "ok", REWARDS]
    for command in ([programs / "retort", "--help"], [programs / "python", "-m", "retort", "--help"]):
        shown = subprocess.run(command, capture_output=True, text=True, env=environment, cwd="/")
        assert "USAGE" in shown.stdout, shown.stderr


def test_a_wheel_without_the_program_is_for_every_platform(tmp_path: pathlib.Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "RETORT_PREFIX"}
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(tmp_path), str(ROOT / "python")]
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
    assert [path.name for path in tmp_path.glob("*.whl")] == ["retort-0.1.0-py3-none-any.whl"]
