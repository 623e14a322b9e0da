"""Datasets for trainers, of generated tasks."""

from __future__ import annotations

import json
import pathlib

import pytest

import retort
from retort import datasets

PROMPT = [{"role": "user", "content": "What does it print?\n`x`"}]
TASK = {"version": 1, "kind": "forward", "id": "s#0.0", "language": "python", "program": "print('\u00e9')", "truth": {}}


def line(number: int, split: str = "train") -> dict[str, object]:
    about = {"split": split, "index": number, "task_id": f"s{number}#0.0", "task_kind": "forward", "language": "python"}
    return {"id": f"s{number}#0.0", "prompt": PROMPT, "task": TASK, "edits": [], **about, "snippet": f"s{number}"}


@pytest.fixture
def tasks(tmp_path: pathlib.Path) -> str:
    path = tmp_path / "tasks.jsonl"
    lines = [line(number, "test" if number % 5 == 4 else "train") for number in range(2500)]
    path.write_text("".join(json.dumps(each) + "\n" for each in lines) + "\n")
    return str(path)


@pytest.mark.parametrize(
    ("form", "columns"),
    [
        ("verl", ["data_source", "prompt", "ability", "reward_model", "extra_info"]),
        ("skyrl", ["data_source", "prompt", "env_class", "reward_spec", "extra_info"]),
        ("trl", ["prompt", "task", "split", "index", "task_id", "task_kind", "language", "snippet"]),
        ("easyr1", ["problem", "answer", "split", "index", "task_id", "task_kind", "language", "snippet"]),
        ("openrlhf", ["input", "label", "datasource", "split", "index", "task_id", "task_kind", "language", "snippet"]),
    ],
)
@pytest.mark.parametrize("ending", ["jsonl", "parquet"])
def test_writes_the_columns_of_each_trainer(
    tasks: str, tmp_path: pathlib.Path, form: str, columns: list[str], ending: str
) -> None:
    if ending == "parquet":
        pytest.importorskip("pyarrow", reason="needs pyarrow: scripts/test-python")
    output = tmp_path / f"out.{ending}"
    datasets.main([tasks, "--format", form, "--output", str(output), "--split", "train"])
    written = read(output)
    assert len(written) == 2000
    assert list(written[0]) == columns
    assert written == list(datasets.rows(datasets.read_tasks(tasks), form, "train"))
    assert [path.name for path in tmp_path.iterdir() if "part" in path.name] == []


def read(path: pathlib.Path) -> list[dict[str, object]]:
    if path.suffix == ".jsonl":
        return [json.loads(text) for text in path.read_text().splitlines()]
    from pyarrow import parquet

    rows: list[dict[str, object]] = parquet.read_table(path).to_pylist()
    return rows


def test_a_row_of_all_serves_every_trainer() -> None:
    (row,) = datasets.rows([line(7)])
    for text in (row["task"], row["answer"], row["label"], row["reward_model"]["ground_truth"]):
        assert json.loads(text) == TASK
    assert row["reward_spec"]["ground_truth"] == row["task"]
    assert row["prompt_text"] == PROMPT[0]["content"]
    assert row["extra_info"]["index"] == 7


def test_a_task_that_is_a_string_already_stays_as_it_is() -> None:
    (row,) = datasets.rows([{"prompt": "text", "task": json.dumps(TASK)}], "trl")
    assert (row["task"], row["task_kind"], row["prompt"]) == (
        json.dumps(TASK),
        "forward",
        [{"role": "user", "content": "text"}],
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [("{", "tasks.jsonl:1"), ("[]\n", "tasks.jsonl:1: no task"), ('{"prompt": 1}\n', "no task with its prompt")],
)
def test_says_which_line_is_no_task(
    tmp_path: pathlib.Path, content: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "tasks.jsonl"
    path.write_text(content)
    with pytest.raises(SystemExit):
        datasets.main([str(path), "--output", str(tmp_path / "out.jsonl")])
    assert message in capsys.readouterr().err
    assert not (tmp_path / "out.jsonl").exists()


def test_refuses_an_ending_or_format_that_it_does_not_know(tasks: str) -> None:
    with pytest.raises(retort.RequestRefused, match=r"neither \.jsonl nor \.parquet"):
        datasets.write([], "out.csv")
    with pytest.raises(retort.RequestRefused, match="take one of all, verl"):
        list(datasets.rows([line(1)], "nonsense"))
