"""Clients that were written for other sandboxes, unchanged, against the native server."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from tests.frameworks import tiny
from tests.frameworks.tasks import ANSWERS, REWARDS, RIGHT, SUM, WRONG
from tests.servers import NativeServer, native_server

pytestmark = [pytest.mark.binary]


@pytest.fixture(scope="module")
def server() -> Iterator[NativeServer]:
    with native_server("--preset", "tests") as server:
        yield server


# MARK: verl

ECHO = "import sys\nprint(sys.stdin.read().upper(), end='')"


def check(server: NativeServer, code: str, inputs: list[str], outputs: list[str], **options: Any) -> tuple[Any, Any]:
    from verl.utils.reward_score.sandbox_fusion.utils import check_correctness

    return check_correctness(f"{server.url}/run_code", {"inputs": inputs, "outputs": outputs}, code, **options)


@pytest.mark.framework("verl", "torch")
@pytest.mark.parametrize(
    ("code", "language", "result", "status"),
    [
        (ECHO, "python", True, "success"),
        ("print('else')", "python", False, "wrong_answer"),
        ("raise ValueError('no')", "python", -2, "runtime_error"),
        ("import sys; sys.exit(3)", "python", -2, "runtime_error"),
        ("while True: pass", "python", -3, "timeout"),
        ("import time; time.sleep(30)", "python", -3, "timeout"),
        ("int main() { return 0 }", "cpp", -4, "compile_error"),
        ("const t = require('fs').readFileSync(0, 'utf8'); console.log(t.toUpperCase())", "nodejs", True, "success"),
        ("read x; echo ${x^^}", "bash", True, "success"),
    ],
)
def test_verl_tells_every_outcome_apart(
    server: NativeServer, code: str, language: str, result: object, status: str
) -> None:
    results, details = check(server, code, ["a\n", "b\n"], ["A\n", "B\n"], language=language, timeout=2)
    assert results == [result, result]
    assert {detail["status"] for detail in details} == {status}


@pytest.mark.framework("verl", "torch")
def test_verl_gets_a_large_output_whole(server: NativeServer) -> None:
    # The sandbox that this client was written for hangs on more than 196,608 bytes and calls it a time-out.
    results, details = check(server, "print('x' * 2_000_000)", [""], ["x" * 2_000_000 + "\n"])
    assert results == [True], details[0]["status"]


@pytest.mark.framework("verl", "torch")
def test_verl_keeps_a_hundred_cases_apart(server: NativeServer) -> None:
    code = "import time\ntext = input()\ntime.sleep(20 if text.startswith('slow') else 0)\nprint(text)"
    kinds = ["slow" if place in (30, 60) else "wrong" if place in (10, 25, 50) else "right" for place in range(100)]
    inputs = [f"{kind}{place}" for place, kind in enumerate(kinds)]
    outputs = ["else" if text.startswith("wrong") else text for text in inputs]
    results, _ = check(server, code, inputs, outputs, timeout=4)
    assert results == [{"slow": -3, "wrong": False, "right": True}[kind] for kind in kinds]


@pytest.mark.framework("verl", "torch")
@pytest.mark.parametrize(("answer", "score"), [(RIGHT, 1.0), (WRONG, 0.5), ("no fence", 0.0)])
def test_verls_default_reward_goes_to_the_server(server: NativeServer, answer: str, score: float) -> None:
    from verl.utils.reward_score import default_compute_score

    given = default_compute_score(
        "taco", answer, SUM, sandbox_fusion_url=f"{server.url}/run_code", concurrent_semaphore=threading.Semaphore(8)
    )
    assert given == score


@pytest.mark.framework("verl", "torch")
def test_verl_calls_a_function_of_the_solution(server: NativeServer) -> None:
    from verl.utils.reward_score.sandbox_fusion.utils import check_correctness

    tests = {"inputs": ["[1, 2]\n3", "[]\n0"], "outputs": ["6", "0"], "fn_name": "total"}
    results, _ = check_correctness(
        f"{server.url}/run_code", tests, "def total(values, more):\n    return sum(values) + more"
    )
    assert results == [True, True]


# MARK: the SandboxFusion client

sandbox_fusion = pytest.mark.framework("sandbox_fusion")


@sandbox_fusion
def test_the_sandbox_fusion_client_runs_code(server: NativeServer) -> None:
    from sandbox_fusion import RunCodeRequest, RunStatus, run_code

    request = RunCodeRequest(
        code="print(open('a.txt').read() + input())", language="python", stdin="y", files={"a.txt": "eA=="}
    )
    response = run_code(request, endpoint=server.url, max_attempts=1)
    assert response.status == RunStatus.Success
    assert response.compile_result is None
    assert (response.run_result.status, response.run_result.return_code) == ("Finished", 0)
    assert (response.run_result.stdout, response.run_result.stderr) == ("xy\n", "")


@sandbox_fusion
@pytest.mark.parametrize(
    ("code", "language", "part", "status", "code_returned"),
    [
        ("import sys; print('e', file=sys.stderr); sys.exit(2)", "python", "run_result", "Finished", 2),
        ("import time; print('p', flush=True); time.sleep(9)", "python", "run_result", "TimeLimitExceeded", None),
        ("int main() { return 0 }", "cpp", "compile_result", "Finished", 1),
    ],
)
def test_the_sandbox_fusion_client_is_told_of_failures(
    server: NativeServer, code: str, language: Any, part: str, status: str, code_returned: int | None
) -> None:
    from sandbox_fusion import RunCodeRequest, RunStatus, run_code

    request = RunCodeRequest(code=code, language=language, run_timeout=1)
    response = run_code(request, endpoint=server.url, max_attempts=1)
    assert response.status == RunStatus.Failed
    result = getattr(response, part)
    assert (result.status, result.return_code) == (status, code_returned)
    if part == "compile_result":
        assert response.run_result is None


@sandbox_fusion
def test_the_sandbox_fusion_client_runs_many_at_once(server: NativeServer) -> None:
    from sandbox_fusion import RunCodeRequest, run_code, run_code_async, run_concurrent

    requests = [RunCodeRequest(code=f"print({number})", language="python") for number in range(60)]
    responses = run_concurrent(run_code, args=[[request, server.url] for request in requests])
    assert [response.run_result.stdout for response in responses] == [f"{number}\n" for number in range(60)]

    async def all_at_once() -> list[str]:
        answers = await asyncio.gather(*(run_code_async(request, endpoint=server.url) for request in requests))
        return [answer.run_result.stdout for answer in answers]

    assert asyncio.run(all_at_once()) == [f"{number}\n" for number in range(60)]


@sandbox_fusion
@pytest.mark.parametrize(("answer", "accepted"), [(RIGHT, True), (WRONG, False)])
def test_the_sandbox_fusion_client_submits(server: NativeServer, answer: str, accepted: bool) -> None:
    from sandbox_fusion import SubmitRequest, TestConfig, submit

    cases = [
        {"input": {"stdin": "1 2\n"}, "output": {"stdout": "3\n"}},
        {"input": {"stdin": "3 4\n"}, "output": {"stdout": "7\n"}},
    ]
    config = TestConfig(
        dataset_type="CommonOJDataset",
        language="python",
        provided_data={"id": 1, "test": cases},
        extra={"run_all_cases": True},
    )
    result = submit(
        SubmitRequest(dataset="d", id=1, completion=answer, config=config), endpoint=server.url, max_attempts=1
    )
    assert result.accepted is accepted
    assert [case.passed for case in result.tests] == [True, accepted]
    assert "print(" in result.extracted_code


# MARK: OpenRLHF over HTTP


@pytest.mark.framework("openrlhf", "torch")
def test_openrlhf_fetches_rewards_over_http(server: NativeServer) -> None:
    import torch
    from openrlhf.utils.agent import SingleTurnAgentExecutor

    tokenizer = tiny.tiny_tokenizer()
    executor = SingleTurnAgentExecutor(f"{server.url}/get_reward")

    class Sampler:
        def __init__(self, text: str) -> None:
            self.ids = [*tokenizer.encode(text), 1]

        async def generate(self, prompt: Any, parameters: Any, multi_modal_data: Any = None) -> Any:
            output = SimpleNamespace(token_ids=self.ids, finish_reason="stop", logprobs=None, text="")
            return SimpleNamespace(outputs=[output])

    async def execute(answer: str) -> Any:
        parameters = SimpleNamespace(max_tokens=4096, logprobs=None)
        return await executor.execute("Add.", SUM, parameters, 8192, tokenizer, Sampler(answer))

    async def all_at_once() -> list[Any]:
        return list(await asyncio.gather(*(execute(answer) for answer in ANSWERS)))

    outputs = asyncio.run(all_at_once())
    assert [torch.tensor([output["reward"]]).flatten().tolist() for output in outputs] == [[r] for r in REWARDS]
    assert all(output["extra_logs"] for output in outputs)
    assert json.dumps(outputs[0]["scores"])
