"""Makes what the library `tokenizers` learns from some texts, for the trainer of pairs.

    pip install tokenizers && python Tests/Fixtures/tokenizers/make-trainer.py
"""
import json
import os

from tokenizers import Tokenizer, models, pre_tokenizers, trainers

from make import RULES

HERE = os.path.dirname(os.path.abspath(__file__))
TEXTS = [
    "for i in range(10):\n    print(i, i * i)\n", "def add(a, b):\n    return a + b\n\nprint(add(12, 345))\n",
    "let xs = [1, 2, 3]\nprint(xs.map { $0 * 2 })\n", "it's we'll they're 2024 caf\u00e9 \u4e16\u754c\n" * 3,
    "while true; do echo \"$x\"; done\n", "<|im_start|>user\nprint('abab' * 3)<|im_end|>\n", "aaaa aaaa bbbb abab baba\n",
]


def main():
    fixture = {"texts": TEXTS, "specials": ["<|endoftext|>", "<|im_start|>", "<|im_end|>"], "families": {}}
    for name, (normalizer, rule) in RULES.items():
        tokenizer = Tokenizer(models.BPE())
        if normalizer:
            tokenizer.normalizer = normalizer
        tokenizer.pre_tokenizer = rule
        trainer = trainers.BpeTrainer(vocab_size=330, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False,
                                      special_tokens=fixture["specials"])
        # The trainer of the library does not cut special tokens out, ours does: it is given the texts between them.
        parts = TEXTS[:5] + ["user\nprint('abab' * 3)", "\n"] + TEXTS[6:]
        tokenizer.train_from_iterator(parts, trainer)
        model = json.loads(tokenizer.to_str())["model"]
        merges = [m if isinstance(m, list) else m.split(" ") for m in model["merges"]]
        fixture["families"][name] = {"merges": merges, "vocab": sorted(model["vocab"].items(), key=lambda item: item[1])}
    with open(HERE + "/trainer.json", "w") as file:
        json.dump(fixture, file, separators=(",", ":"))
        file.write("\n")


if __name__ == "__main__":
    main()
