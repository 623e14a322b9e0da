#!/usr/bin/env python3
"""A test double of `retort serve --stdio` that can die, stall and talk nonsense: an item's completion says when.

FAKE_LOG names a file that gets a line for every item that is scored. The file is locked by each append being one write.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from typing import Any

_output = threading.Lock()


def say(message: dict[str, Any]) -> None:
    with _output:
        sys.stdout.buffer.write(json.dumps(message).encode() + b"\n")
        sys.stdout.buffer.flush()


def happens_once(path: str) -> bool:
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    except FileExistsError:
        return False
    return True


def misbehave(completion: str) -> None:
    verb, _, argument = completion.partition(":")
    if verb == "die" or (verb == "die-once" and happens_once(argument)):
        print("the fake engine is dying", file=sys.stderr, flush=True)
        os._exit(9)
    if verb == "stall" or (verb == "stall-once" and happens_once(argument)):
        with _output:
            time.sleep(3600)
    if verb == "garble" or (verb == "garble-once" and happens_once(argument)):
        with _output:
            os.write(1, b"Segmentation fault\n")
    if verb == "slow":
        time.sleep(float(argument))


def score_line(item: dict[str, Any]) -> dict[str, Any]:
    completion = item["completion"]
    text = completion if isinstance(completion, str) else completion[-1]["content"]
    misbehave(text)
    line: dict[str, Any] = {"id": item["id"], "reward": None, "format": 0.0, "tests": 0.0, "stdout": 0.0}
    line |= {"verdict": None, "infra_error": 1, "exec_ms": 1.5, "queue_ms": 0.5}
    log = os.environ.get("FAKE_LOG")
    if log:
        with open(log, "a") as file:
            file.write(f"{item['task']}\t{text}\n")
    if item["task"] == "no task":
        return {**line, "error": "$.task: not a task"}
    verb, _, argument = text.partition(":")
    if verb == "infra" or (verb == "infra-once" and happens_once(argument)):
        return {**line, "verdict": "internal_error"}
    right = text == item["task"] or verb in ("die-once", "stall-once", "infra-once", "garble-once", "slow")
    line |= {"reward": 1.0 if right else 0.25, "format": 1.0, "tests": float(right), "infra_error": 0}
    return {**line, "verdict": "accepted" if right else "wrong_answer"}


def answer(number: int, method: str, params: dict[str, Any]) -> dict[str, Any]:
    if method == "score":
        preset = params.get("preset")
        if preset == "unknown":
            problem = {"code": "invalid_request", "status": 422, "detail": "no preset", "hint": "name another"}
            return {"error": {"code": -32602, "message": "invalid params", "data": problem}}
        lines = []
        for index, item in enumerate(params["items"]):
            line = score_line(item)
            if params.get("stream"):
                say({"jsonrpc": "2.0", "method": "result", "params": {"id": number, "index": index, "result": line}})
            lines.append(line)
        return {"result": {"count": len(lines)} if params.get("stream") else {"results": lines}}
    if method == "run":
        return {"result": {"verdict": "accepted", "stdout": params.get("stdin", ""), "echo": params}}
    if method == "tasks":
        return {"result": {"tasks": [{"id": s.get("id")} for s in params["snippets"]], "report": {}}}
    if method == "languages":
        return {"result": {"languages": [{"name": "python"}]}}
    if method == "health":
        return {"result": {"status": "ok", "pid": os.getpid(), "uptime_s": 0.0}}
    return {"error": {"code": -32601, "message": "no such method"}}


def main() -> None:
    assert sys.argv[1:3] == ["serve", "--stdio"], sys.argv
    print("the fake engine starts", file=sys.stderr, flush=True)
    cancelled = set()
    for line in sys.stdin.buffer:
        request = json.loads(line)
        if request["method"] == "cancel":
            cancelled.add(request["params"]["id"])
            log = os.environ.get("FAKE_LOG")
            if log:
                with open(log, "a") as file:
                    file.write("cancel\n")
            continue

        def work(request: dict[str, Any] = request) -> None:
            number = request["id"]
            say({"jsonrpc": "2.0", "id": number, **answer(number, request["method"], request.get("params", {}))})

        threading.Thread(target=work, daemon=True).start()
    # What runs when the input ends is ended with it.
    os._exit(0)


if __name__ == "__main__":
    main()
