"""A foreign file as it stands: sheets of plain values, with what is easily overlooked told beside them."""

from __future__ import annotations

from dataclasses import dataclass

from bersinar.fieldwork.rules import plan
from bersinar.fieldwork.rules.cells import Formula, Raw

Cell = Raw | Formula


@dataclass(frozen=True, slots=True)
class Sheet(plan.Sheet):
    """One sheet. A formula comes as Formula, never as its stored result; rows and columns count from nought."""

    is_hidden: bool = False

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)
