"""The Desa Bersinar list of one year, in the columns units report today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bersinar.access import Actor
from bersinar.reporting.queries.years import work_year


@dataclass(frozen=True, slots=True)
class DesaBersinarList:
    year: int


def desa_bersinar_list(actor: Actor, *, year: int | None, on: date) -> DesaBersinarList:
    return DesaBersinarList(year=year or work_year(actor, on=on))
