"""A refusal as the reading process tells it: a code and facts. The sentence is made on the other side."""

from __future__ import annotations


class Refusal(Exception):
    """The file is not read."""

    def __init__(self, code: str, **facts: str | int) -> None:
        self.code = code
        self.facts = facts
        super().__init__(code)
