"""The page at `/` in a headless Chromium: what it shows, that it can be read, and that no text becomes markup.

RETORT_SCREENSHOTS names a folder for pictures of it.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import pathlib
from collections.abc import Iterator
from typing import Any

import pytest

from tests.frameworks.tasks import CRASH, RIGHT, SUM, WRONG
from tests.servers import NativeServer, native_server
from tests.service.wire import ask, wait_until

pytestmark = [pytest.mark.binary, pytest.mark.framework("selenium", "axe_core_python")]

HOSTILE = "</pre><img src=x onerror='window.taken=1'><script>window.taken=1</script>"
# A name of a folder has no slash.
HOSTILE_NAME = "<img src=x onerror=window.taken=1>"


def metrics(steps: int) -> str:
    rows: list[dict[str, Any]] = [
        {
            "step": step,
            "reward": 1 - math.exp(-step / 40) + 0.05 * math.sin(step),
            "kl": step / 1000,
            "rewards/tests/mean": min(1.0, step / 100),
            "completions/mean_length": 80 + step % 7,
            HOSTILE: step,
            "note": HOSTILE,
        }
        for step in range(steps)
    ]
    return "".join(json.dumps(row) + "\n" for row in rows) + '{"step": 1'


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    folder = tmp_path_factory.mktemp("runs")
    for name in ("first", HOSTILE_NAME):
        (folder / name).mkdir()
        (folder / name / "metrics.jsonl").write_text(metrics(120))
    (folder / "no run").mkdir()
    return folder


@pytest.fixture(scope="module")
def server(runs: pathlib.Path) -> Iterator[NativeServer]:
    with native_server("--preset", "tests", "--runs", str(runs)) as server:
        items = [
            {"id": "right", "task": SUM, "completion": RIGHT},
            {"id": "wrong", "task": SUM, "completion": WRONG},
            {"id": "crash", "task": SUM, "completion": CRASH},
            {"id": HOSTILE, "task": SUM, "completion": f"```python\nprint({HOSTILE!r})\n```{HOSTILE}"},
        ]
        for item in items:
            # A rollout is kept now and then, so that keeping costs nothing; here each is to be.
            wait_until(lambda item=item: keeps(server, item))
        yield server


def keeps(server: NativeServer, item: dict[str, Any]) -> bool:
    ask(server, "POST", "/v1/score", {"items": [item]})
    return any(line["id"] == item["id"] for line in ask(server, "GET", "/v1/recent")[1])


@contextlib.contextmanager
def started_browser(scheme: str = "light", width: int = 1200, height: int = 900) -> Iterator[Any]:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars"):
        options.add_argument(argument)
    browser = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    try:
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        yield browser
    finally:
        browser.quit()


def opened(browser: Any, server: NativeServer) -> Any:
    browser.get(server.url + "/")
    wait_until(lambda: text(browser, "state").startswith("ok"))
    # Which toolchains there are is found out when somebody asks for the first time.
    wait_until(lambda: not browser.execute_script("return document.getElementById('try-button').disabled"))
    wait_until(
        lambda: browser.execute_script("return document.querySelectorAll('#rollout-table tbody tr').length") >= 4
    )
    return browser


def text(browser: Any, name: str) -> str:
    return str(browser.execute_script("return document.getElementById(arguments[0]).innerText", name))


def choose_run(browser: Any, name: str) -> None:
    script = "const node = document.getElementById('run-name'); node.value = arguments[0];"
    wait_until(lambda: browser.execute_script(f"{script} return node.value === arguments[0]", name))
    browser.execute_script(f"{script} node.dispatchEvent(new Event('change'))", name)


def press(browser: Any, name: str) -> None:
    browser.execute_script("document.getElementById(arguments[0]).click()", name)


def click_rollout(browser: Any, name: str) -> None:
    script = "[...document.querySelectorAll('#rollout-table button')].find(one => one.textContent === arguments[0])"
    wait_until(lambda: browser.execute_script(f"return !!{script}", name))
    browser.execute_script(f"{script}.click()", name)


def picture(browser: Any, name: str) -> None:
    folder = os.environ.get("RETORT_SCREENSHOTS")
    if not folder:
        return
    import base64

    pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
    shot = browser.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True, "format": "png"})
    (pathlib.Path(folder) / f"{name}.png").write_bytes(base64.b64decode(shot["data"]))


def complaints(browser: Any) -> list[str]:
    """What the browser's console says; an address that is refused on purpose is no complaint."""
    return [entry["message"] for entry in browser.get_log("browser") if "favicon" not in entry["message"]]


def show_everything(browser: Any) -> None:
    """Uses each part of the page once."""
    press(browser, "try-button")
    wait_until(lambda: text(browser, "try-result") not in ("", "running"))
    assert "isolated by" in text(browser, "try-result"), text(browser, "try-result")
    click_rollout(browser, "wrong")
    wait_until(lambda: "expected" in text(browser, "rollout"))
    choose_run(browser, "first")
    wait_until(lambda: "reward" in text(browser, "curves"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_shows_all_of_it_and_is_accessible(server: NativeServer, scheme: str) -> None:
    with started_browser(scheme) as browser:
        opened(browser, server)
        check_everything(browser, scheme)


def check_everything(browser: Any, scheme: str) -> None:
    from axe_core_python.selenium import Axe

    show_everything(browser)
    assert "accepted" in text(browser, "verdicts")
    assert "6" in text(browser, "try-result").split("stdout")[1].split()
    shown = text(browser, "rollout")
    for part in ("prompt", "completion", "reward", "tests", "- 7", "+ 3"):
        assert part in shown, shown
    assert browser.execute_script("return document.querySelectorAll('#curves svg polyline').length") >= 4
    assert "python" in text(browser, "language-table")
    background = browser.execute_script("return getComputedStyle(document.body).backgroundColor")
    brightness = sum(int(part) for part in background[4:-1].split(",")[:3])
    assert (brightness < 300) == (scheme == "dark")
    wait_until(lambda: browser.execute_script("return document.querySelectorAll('#throughput polyline').length"))
    picture(browser, scheme)
    violations = Axe().run(browser)["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in violations] == []
    assert complaints(browser) == []


def test_can_be_read_on_a_phone(server: NativeServer) -> None:
    with started_browser(width=390, height=844) as browser:
        opened(browser, server)
        show_everything(browser)
        picture(browser, "phone")
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 390


def test_no_text_becomes_markup(server: NativeServer, tmp_path: pathlib.Path) -> None:
    """Programs, completions, names and numbers of files, all of them written by somebody who wants in."""
    from selenium.webdriver.common.by import By

    rollouts = tmp_path / "rollouts.jsonl"
    line = {
        "id": HOSTILE,
        "verdict": HOSTILE,
        "reward": HOSTILE,
        "exec_ms": HOSTILE,
        "prompt": HOSTILE,
        "completion": HOSTILE,
        "expected": HOSTILE,
        "actual": f"x\n{HOSTILE}",
        "detail": {HOSTILE: HOSTILE},
        "error": HOSTILE,
        HOSTILE: 1,
    }
    odd = [None, 3, [], {}, {"id": None, "reward": None}, {"detail": 1, "expected": 3, "actual": [], "prompt": {}}]
    rollouts.write_text("".join(json.dumps(one) + "\n" for one in [line, *odd]) + "{torn")
    steps = tmp_path / "metrics.jsonl"
    steps.write_text(metrics(5) + "\n" + "".join(json.dumps(one) + "\n" for one in odd))
    with started_browser() as browser:
        opened(browser, server)
        browser.execute_script("document.getElementById('program').value = arguments[0]", f"print({HOSTILE!r})")
        press(browser, "try-button")
        wait_until(lambda: HOSTILE in text(browser, "try-result"))
        browser.execute_script(
            "document.getElementById('program').value = arguments[0]", f"raise Exception({HOSTILE!r})"
        )
        press(browser, "try-button")
        wait_until(lambda: "runtime_error" in text(browser, "try-result"))
        click_rollout(browser, HOSTILE)
        wait_until(lambda: text(browser, "rollout").count(HOSTILE) >= 2)
        choose_run(browser, HOSTILE_NAME)
        wait_until(lambda: HOSTILE in text(browser, "curves"))
        browser.find_element(By.ID, "rollout-file").send_keys(str(rollouts))
        wait_until(lambda: "null" in text(browser, "rollout-table") or "undefined" in text(browser, "rollout-table"))
        for button in browser.find_elements(By.CSS_SELECTOR, "#rollout-table button"):
            browser.execute_script("arguments[0].click()", button)
        click_rollout(browser, HOSTILE)
        assert text(browser, "rollout").count(HOSTILE) >= 6
        browser.find_element(By.ID, "metrics-file").send_keys(str(steps))
        wait_until(lambda: HOSTILE in text(browser, "curves"))
        assert browser.execute_script("return window.taken") is None
        assert (
            browser.execute_script("return document.querySelectorAll('img, main script, iframe, object').length") == 0
        )
        assert complaints(browser) == []


def test_asks_for_the_token(tmp_path: pathlib.Path) -> None:
    token = tmp_path / "token"
    token.write_text("secret-of-the-test")
    with native_server("--token-file", str(token)) as server:
        with started_browser() as browser:
            browser.get(server.url + "/")
            wait_until(lambda: not browser.execute_script("return document.getElementById('token-form').hidden"))
            browser.execute_script("document.getElementById('token').value = 'secret-of-the-test'")
            browser.execute_script("document.querySelector('#token-form button').click()")
            wait_until(lambda: "python" in text(browser, "language-table"))
            wait_until(lambda: text(browser, "state").startswith("ok"))
