"""Turns the lines of `retort generate` into the datasets of trainers, as JSON lines or as parquet.

    retort generate snippets/ --output tasks.jsonl
    retort-datasets tasks.jsonl --format verl --output train.parquet --split train

Every format has the whole task in one string, because some trainers pass on that field and nothing else. `all` has the
columns of every trainer in one row; then a trainer needs no more than its key options. Parquet needs
`pip install retort[parquet]`.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from retort.errors import RequestRefused, RetortError

Row = dict[str, Any]

DATA_SOURCE = "retort"
ABILITY = "code"
ENV_CLASS = "retort"
_ROWS_EACH = 1024


def verl_row(task: Mapping[str, Any]) -> Row:
    """The columns of verl."""
    return {
        "data_source": DATA_SOURCE,
        "prompt": _messages(task),
        "ability": ABILITY,
        "reward_model": {"style": "rule", "ground_truth": _task_text(task)},
        "extra_info": _about(task),
    }


def skyrl_row(task: Mapping[str, Any]) -> Row:
    """The columns of SkyRL."""
    return {
        "data_source": DATA_SOURCE,
        "prompt": _messages(task),
        "env_class": ENV_CLASS,
        "reward_spec": {"method": "rule", "ground_truth": _task_text(task)},
        "extra_info": _about(task),
    }


def trl_row(task: Mapping[str, Any]) -> Row:
    """The columns of TRL: the prompt, and the task under the name that `retort.trl` looks for."""
    return {"prompt": _messages(task), "task": _task_text(task), **_about(task)}


def easyr1_row(task: Mapping[str, Any]) -> Row:
    """The columns of EasyR1 (`data.prompt_key=problem data.answer_key=answer`)."""
    return {"problem": _prompt_text(task), "answer": _task_text(task), **_about(task)}


def openrlhf_row(task: Mapping[str, Any]) -> Row:
    """The columns of OpenRLHF (`--data.input_key input --data.label_key label --data.apply_chat_template`)."""
    return {"input": _messages(task), "label": _task_text(task), "datasource": DATA_SOURCE, **_about(task)}


def row_of_all(task: Mapping[str, Any]) -> Row:
    """The columns of all trainers in one row."""
    text = _task_text(task)
    return {
        **verl_row(task),
        **skyrl_row(task),
        "prompt_text": _prompt_text(task),
        "task": text,
        "answer": text,
        "label": text,
        "task_kind": _about(task)["task_kind"],
        "language": _about(task)["language"],
    }


FORMATS: dict[str, Callable[[Mapping[str, Any]], Row]] = {
    "all": row_of_all,
    "verl": verl_row,
    "skyrl": skyrl_row,
    "trl": trl_row,
    "easyr1": easyr1_row,
    "openrlhf": openrlhf_row,
}


def rows(tasks: Iterable[Mapping[str, Any]], form: str = "all", split: str | None = None) -> Iterator[Row]:
    """Gives a trainer's row for each task, of one part of them where `split` names one."""
    shape = FORMATS.get(form)
    if shape is None:
        raise RequestRefused(f"there is no format {form!r}", hint=f"take one of {', '.join(FORMATS)}")
    for task in tasks:
        if split is None or task.get("split") == split:
            yield shape(task)


def read_tasks(path: str) -> Iterator[dict[str, Any]]:
    """Reads the lines of `retort generate`, in the format `retort`."""
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                task = json.loads(line)
            except ValueError as error:
                raise RequestRefused(f"{path}:{number}: {error}") from error
            if not isinstance(task, dict) or "prompt" not in task or "task" not in task:
                raise RequestRefused(
                    f"{path}:{number}: no task with its prompt",
                    hint="make the lines with retort generate --format retort",
                )
            yield task


def write(rows: Iterable[Row], path: str) -> int:
    """Writes rows as the ending of the path says, `.jsonl` or `.parquet`, whole or not at all; returns their number."""
    if path.endswith(".parquet"):
        writer = _write_parquet
    elif path.endswith((".jsonl", ".json")):
        writer = _write_lines
    else:
        raise RequestRefused(f"{path!r} ends in neither .jsonl nor .parquet")
    unfinished = f"{path}.{os.getpid()}.part"
    try:
        count = writer(rows, unfinished)
        os.replace(unfinished, path)
    finally:
        if os.path.exists(unfinished):
            os.unlink(unfinished)
    return count


def main(arguments: list[str] | None = None) -> None:
    """The command `retort-datasets`."""
    parser = argparse.ArgumentParser(
        prog="retort-datasets", description="Turn generated tasks into a trainer's dataset."
    )
    parser.add_argument("tasks", help="lines of retort generate, in the format retort")
    parser.add_argument("--output", required=True, help="a file that ends in .jsonl or .parquet")
    parser.add_argument("--format", choices=list(FORMATS), default="all", help="whose columns (default: all)")
    parser.add_argument("--split", help="take the tasks of this part only")
    options = parser.parse_args(arguments)
    try:
        count = write(rows(read_tasks(options.tasks), options.format, options.split), options.output)
    except (RetortError, OSError) as error:
        sys.stderr.write(f"error: {error}\n")
        sys.exit(1)
    sys.stderr.write(f"{count} rows\n")


def _write_lines(rows: Iterable[Row], path: str) -> int:
    count = 0
    with open(path, "w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            count += 1
    return count


def _write_parquet(rows: Iterable[Row], path: str) -> int:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise RequestRefused("parquet needs pyarrow", hint="pip install retort[parquet]") from error
    source = iter(rows)
    first = next(source, None)
    if first is None:
        raise RequestRefused("there is no task to write", hint="look at --split")
    # The first row has every column with its type, so that no part of a file differs from another.
    schema = pyarrow.Table.from_pylist([first]).schema
    count = 0
    with pyarrow.parquet.ParquetWriter(path, schema) as writer:
        batch = [first]
        for row in source:
            if len(batch) == _ROWS_EACH:
                writer.write_table(pyarrow.Table.from_pylist(batch, schema))
                count += len(batch)
                batch = []
            batch.append(row)
        writer.write_table(pyarrow.Table.from_pylist(batch, schema))
    return count + len(batch)


def _messages(task: Mapping[str, Any]) -> list[dict[str, str]]:
    prompt = task["prompt"]
    if isinstance(prompt, str):
        return [{"role": "user", "content": prompt}]
    return [{"role": message["role"], "content": message["content"]} for message in prompt]


def _prompt_text(task: Mapping[str, Any]) -> str:
    return "\n\n".join(message["content"] for message in _messages(task))


def _task_text(task: Mapping[str, Any]) -> str:
    value = task["task"]
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _about(task: Mapping[str, Any]) -> dict[str, Any]:
    """What else is known of a task, with the same keys and types for every one."""
    inner = json.loads(task["task"]) if isinstance(task["task"], str) else task["task"]
    return {
        "split": str(task.get("split") or "train"),
        "index": int(task.get("index", 0)),
        "task_id": str(task.get("task_id") or task.get("id") or inner.get("id") or ""),
        "task_kind": str(task.get("task_kind") or inner.get("kind") or ""),
        "language": str(task.get("language") or inner.get("language") or ""),
        "snippet": str(task.get("snippet") or ""),
    }
