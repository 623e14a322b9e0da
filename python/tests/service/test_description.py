"""The server tried by its own description: schemathesis makes requests of /openapi.json, right ones and wrong ones.

RETORT_SECONDS says for how long.
"""

from __future__ import annotations

import os
import pathlib
import subprocess
import sys

import pytest

from tests.servers import native_server
from tests.service.wire import ask

pytestmark = [pytest.mark.binary, pytest.mark.framework("schemathesis")]

SETTINGS = pathlib.Path(__file__).with_name("schemathesis.toml")


def test_does_what_its_description_says(tmp_path: pathlib.Path) -> None:
    runs = tmp_path / "runs"
    (runs / "first").mkdir(parents=True)
    (runs / "first" / "metrics.jsonl").write_text('{"step": 1, "reward": 0.5}\n')
    with native_server("--runs", str(runs)) as server:
        tried = subprocess.run(
            [
                *(sys.executable, "-m", "schemathesis.cli", "--config-file", str(SETTINGS)),
                *("run", f"{server.url}/openapi.json", "--max-time", os.environ.get("RETORT_SECONDS", "60")),
                *("--workers", "1", "--continue-on-failure", "--request-timeout", "300", "--no-color"),
            ],
            capture_output=True,
            text=True,
            cwd=tmp_path,
        )
        assert tried.returncode == 0, tried.stdout + tried.stderr
        # It tried in earnest, and nothing was left behind.
        assert "passed" in tried.stdout, tried.stdout
        status, health = ask(server, "GET", "/v1/health")
        assert (status, health["running"], health["queued"]) == (200, 0, 0)
        print(tried.stdout)
