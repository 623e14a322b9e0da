"""The taskset of retort under a name without a dot, which is what verifiers looks a taskset up by."""

from retort.verifiers import CodeTaskset

__all__ = ["CodeTaskset"]
