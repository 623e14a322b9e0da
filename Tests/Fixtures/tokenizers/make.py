"""Makes small tokenizers with the rules of four families of models, and what the library `tokenizers` says of some texts.

    pip install tokenizers && python Tests/Fixtures/tokenizers/make.py

The vocabularies are trained on the examples of plugins/ and are nobody's but ours; what is tried is rules and merges.
"""
import glob
import json
import os
import random

from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

HERE = os.path.dirname(os.path.abspath(__file__))
LLAMA = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}%s| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")
BYTES = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)


def split(digits):
    return pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(LLAMA % digits), "isolated"), BYTES])


RULES = {
    "gpt2": (None, pre_tokenizers.ByteLevel(add_prefix_space=False)),
    "smollm": (None, pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)])),
    "llama3": (None, split("{1,3}")),
    "qwen2": (normalizers.NFC(), split("")),
}

TEXTS = [
    "", " ", "  ", "a", "Hello World", "  leading and trailing  ", "x = foo(1, 22, 333, 4444)\n\n\n    return x\n",
    "it's we'll THEY'RE I'D 'tis 'ſ o'Clock", "\r\n\r\n\t\tdef f():\r\n  pass\r\n", "a\u00a0b\u2003c\u3000d\u0085e",
    "caf\u00e9 cafe\u0301 \u212b \u1e9b\u0323", "\u4f60\u597d\uff0c\u4e16\u754c 123\u4e00\u4e8c \u0661\u0662\u0663 \u216b \u00bd",
    "\U0001f600\U0001f468\u200d\U0001f469\u200d\U0001f467 ok", "<|endoftext|>", "a<|endoftext|>b <|im_start|>user\n<|im_start|><|im_end|>",
    "<|endoftext|<|endoftext|>", "=" * 40 + "-" * 17 + "\n" + "#" * 9, "\x00\x01\x7f\x80\ufeff\ufffd", "9" * 25 + " 1.5e-10",
    "tab\tand\x0bvertical\x0cfeed \n \n  x", "()[]{};:,.<>/?!@#$%^&*_+-=|\\`~\"'", "\u0e20\u0e32\u0e29\u0e32 \u0939\u093f\u0928\u094d\u0926\u0940 \u05e2\u05d1\u05e8\u05d9\u05ea",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" * 4,
]


def random_text(draws):
    signs = ["a", "B", "the", " ", " ", "  ", "\n", "\r\n", "\t", "'s", "'LL", "7", "42", "1234", "_", "==", "(", ")", "\u00e9", "e\u0301", "\u017f",
             "\u00df", "\u4e16", "\U0001f600", "\u00a0", "\u2028", "<|im_end|>", "<|im", "\u0660", "\u00b2", "\u01c5", "\u02b0", "\u0345"]
    return "".join(draws.choice(signs) for _ in range(draws.randrange(1, 30)))


def main():
    code = [open(name, encoding="utf-8").read() for name in sorted(glob.glob(HERE + "/../../../plugins/*/examples/*.*"))
            if not name.endswith(".in")]
    draws = random.Random(7)
    texts = TEXTS + [random_text(draws) for _ in range(60)]
    cases = {"texts": texts, "ids": {}}
    for name, (normalizer, rule) in RULES.items():
        tokenizer = Tokenizer(models.BPE(ignore_merges=name == "llama3"))
        if normalizer:
            tokenizer.normalizer = normalizer
        tokenizer.pre_tokenizer = rule
        trainer = trainers.BpeTrainer(vocab_size=700, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False,
                                      special_tokens=["<|endoftext|>"])
        tokenizer.train_from_iterator(code, trainer)
        tokenizer.add_special_tokens(["<|im_start|>", "<|im_end|>"])
        tokenizer.add_tokens([AddedToken("o'Clock", normalized=True), AddedToken("caf\u00e9", normalized=True)])
        tokenizer.save(HERE + "/%s.json" % name, pretty=False)
        cases["ids"][name] = [tokenizer.encode(text, add_special_tokens=False).ids for text in texts]
    with open(HERE + "/cases.json", "w") as file:
        json.dump(cases, file, separators=(",", ":"))
        file.write("\n")


if __name__ == "__main__":
    main()
