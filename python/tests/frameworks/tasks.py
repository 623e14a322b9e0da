"""A few tasks with answers of which is known what they are worth, for tests with the native program."""

from __future__ import annotations

import json

SUM = json.dumps({"inputs": ["1 2\n", "3 4\n"], "outputs": ["3\n", "7\n"]})

RIGHT = "Read two numbers.\n\n```python\nprint(sum(map(int, input().split())))\n```"
WRONG = "```python\nprint(3)\n```"
CRASH = "```python\nraise ValueError('no')\n```"
NOTHING = "I do not know."

ANSWERS = [RIGHT, WRONG, CRASH, NOTHING]
REWARDS = [1.0, 0.5, 0.0, 0.0]
"""By the preset `tests`: the share of the tests that pass."""
