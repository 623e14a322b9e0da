"""The adapters by themselves; tests/frameworks drives them with the frameworks' own code."""

from __future__ import annotations

import asyncio
import json
import pathlib
import pickle

import pytest

import retort
from retort import easyr1, trl, verl
from retort.openrlhf import response_of
from retort.scorer import last_reply

pytestmark = pytest.mark.usefixtures("fake_environment")

TEXTS = ["right", "wrong", "infra", "right"]
TASKS = ["right"] * 4
REWARDS = [1.0, 0.25, None, 1.0]


def messages(text: str) -> list[dict[str, str]]:
    return [
        {"role": "assistant", "content": "first"},
        {"role": "tool", "content": "t"},
        {"role": "assistant", "content": text},
    ]


@pytest.mark.parametrize("shape", [str, messages], ids=["texts", "messages"])
def test_trl_gives_a_reward_or_none(shape: object) -> None:
    completions = [shape(text) for text in TEXTS]  # type: ignore[operator]
    assert trl.code_reward(completions=completions, prompts=["p"] * 4, task=TASKS, trainer_state=None) == REWARDS
    assert asyncio.run(trl.async_code_reward(completions=completions, task=TASKS)) == REWARDS


def test_trl_functions_of_components_share_one_execution(fake_environment: pathlib.Path) -> None:
    functions = trl.component_rewards("format", "tests", "stdout")
    copies = [pickle.loads(pickle.dumps(function)) for function in functions]
    rewards = [function(completions=["right", "wrong"], task=["right"] * 2) for function in [*functions, *copies]]
    assert rewards == [[1.0, 1.0], [1.0, 0.0], [0.0, 0.0]] * 2
    assert [function.__name__ for function in functions] == ["format_reward", "tests_reward", "stdout_reward"]
    assert len(fake_environment.read_text().splitlines()) == 2


def test_trl_asynchronous_functions_of_components_share_one_execution(fake_environment: pathlib.Path) -> None:
    functions = [trl.AsyncCodeReward(name) for name in ("reward", "tests")]

    async def step() -> list[list[float | None]]:
        return list(
            await asyncio.gather(*(each(completions=["slow:0.3", "right"], task=["right"] * 2) for each in functions))
        )

    assert asyncio.run(step()) == [[1.0, 1.0], [1.0, 1.0]]
    assert len(fake_environment.read_text().splitlines()) == 2


def test_trl_components_agree_on_what_could_not_be_scored() -> None:
    functions = trl.component_rewards("reward", "tests")
    assert [each(completions=TEXTS, task=TASKS) for each in functions] == [REWARDS, [1.0, 0.0, None, 1.0]]


def test_trl_logs_once_what_happened() -> None:
    extras: list[tuple[str, list[object]]] = []
    metrics: dict[str, list[float]] = {}
    for function in trl.component_rewards("reward", "tests"):
        function(
            completions=TEXTS,
            task=TASKS,
            log_extra=lambda name, values: extras.append((name, values)),
            log_metric=lambda name, value: metrics.setdefault(name, []).append(value),
        )
    assert extras == [("verdict", ["accepted", "wrong_answer", "internal_error", "accepted"])]
    assert metrics["reward/infra_error_frac"] == [0.25]
    assert metrics["reward/exec_time_s"] == [0.0015]


def test_trl_names_the_column_that_is_missing() -> None:
    with pytest.raises(retort.RequestRefused, match=r"no column 'task'; it has answer"):
        trl.code_reward(completions=["x"], answer=["y"])
    assert trl.CodeReward(column="answer")(completions=["y"], answer=["y"]) == [1.0]


def test_trl_names_the_component_that_is_missing() -> None:
    with pytest.raises(retort.RequestRefused, match="no component 'nonsense'"):
        trl.nonsense_reward(completions=["x"], task=["y"])
    with pytest.raises(AttributeError):
        _ = trl.nonsense


def test_a_task_that_is_none_is_no_reward_of_zero() -> None:
    with pytest.raises(retort.RequestRefused, match="rollout 1 has no task"):
        trl.code_reward(completions=["x", "y"], task=["x", "no task"])


def test_trl_goes_on_when_the_engine_cannot(fake_environment: pathlib.Path) -> None:
    assert trl.code_reward(completions=["die", "right"], task=["right"] * 2) == [None, None]
    assert trl.code_reward(completions=["wrong"], task=["right"]) == [0.25]


def test_trl_says_when_there_is_no_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RETORT_BINARY", "/nowhere/retort")
    with pytest.raises(retort.BinaryNotFound):
        trl.code_reward(completions=["x"], task=["x"])


def test_verl_gets_flat_rows_with_the_same_keys() -> None:
    rows = [verl.compute_score("retort", text, "right", {}) for text in ("right", "wrong")]
    rows.append(asyncio.run(verl.compute_score_async("retort", "right", "right", {}, preset="tests")))
    assert [(row["score"], row["acc"], row["verdict"]) for row in rows] == [
        (1.0, 1.0, "accepted"),
        (0.25, 0.0, "wrong_answer"),
        (1.0, 1.0, "accepted"),
    ]
    assert len({tuple(row) for row in rows}) == 1
    assert all(isinstance(value, float) for row in rows for key, value in row.items() if key != "verdict")


def test_verl_never_makes_a_zero_of_a_fault() -> None:
    with pytest.raises(retort.Unscorable, match="hint"):
        verl.compute_score("retort", "infra", "right")
    row = verl.compute_score("retort", "infra", "right", infra_score=0.5)
    assert (row["score"], row["infra_error"], row["verdict"]) == (0.5, 1.0, "internal_error")


def test_a_batch_gives_a_fault_the_mean_of_its_group() -> None:
    truths = ["a", "a", "a", "b", "b", "c"]
    texts = ["a", "wrong", "infra", "b", "b", "infra"]
    rows = verl.compute_score_batch(["s"] * 6, texts, truths, [{}] * 6)
    assert [row["score"] for row in rows] == [1.0, 0.25, 0.625, 1.0, 1.0, 0.8125]
    assert [row["infra_error"] for row in rows] == [0, 0, 1, 0, 0, 1]
    with pytest.raises(retort.Unscorable):
        verl.compute_score_batch(["s"], ["infra"], ["a"], [{}])


def test_a_batch_that_partly_met_a_dead_engine_still_has_equal_keys() -> None:
    assert len({tuple(row) for row in verl.compute_score_batch(["s"] * 2, ["a", "infra"], ["a"] * 2)}) == 1


def test_easyr1_gets_numbers_only() -> None:
    inputs = [{"response": text, "response_length": 3, "ground_truth": "right"} for text in TEXTS]
    rows = easyr1.compute_score(inputs, preset="tests")
    assert [row["overall"] for row in rows] == [1.0, 0.25, 0.75, 1.0]
    assert all(isinstance(value, float) for row in rows for value in row.values())
    assert easyr1.REWARD_TYPE == "batch"


@pytest.mark.parametrize(
    ("query", "prompt", "response"),
    [
        ("<s>Hi!answer</s>", "Hi!", "answer"),
        ("Hi!```a\n```<|im_end|>\n", "Hi!", "```a\n```"),
        ("cut off: answer", "Hi, this was cut off: ", "cut off: answer"),
        ("Hi!a < b | c > d", "Hi!", "a < b | c > d"),
        ("Hi!x<\uff5cend\u2581of\u2581sentence\uff5c>", "Hi!", "x"),
    ],
)
def test_openrlhf_finds_the_response_in_a_query(query: str, prompt: str, response: str) -> None:
    assert response_of(query, prompt) == response


def test_the_last_reply_is_what_the_assistant_said_last() -> None:
    assert last_reply("text") == "text"
    assert (
        last_reply([{"role": "assistant", "content": [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]}])
        == "ab"
    )
    assert last_reply([{"role": "user", "content": "x"}]) == ""
    assert last_reply([{"role": "assistant", "content": None}]) == ""


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> None:
    rewards = tmp_path / "rewards.json"
    rewards.write_text(json.dumps({"name": "mine"}))
    monkeypatch.setenv("RETORT_REWARDS", str(rewards))
    monkeypatch.setenv("RETORT_URL", "http://host:1")
    settings = retort.Settings.from_environment(token_file="t")
    assert (settings.url, settings.token_file, settings.rewards) == ("http://host:1", "t", '{"name": "mine"}')
    monkeypatch.setenv("RETORT_PRESET", "tests")
    assert retort.Settings.from_environment(preset="codeboost").preset == "codeboost"
