"""One point in each village: a fact from a named source, enough for a schematic map that looks like the island."""

from __future__ import annotations

import csv
from importlib import resources

from bersinar.demo.story.people import Stage
from bersinar.territory import actions

_MARK = "# "


def points(_stage: Stage) -> None:
    """The table beside this file; its first line names the source."""
    text = resources.files("bersinar.demo.story").joinpath("points.csv").read_text(encoding="utf-8")
    said, *lines = text.splitlines()
    rows = csv.DictReader(line for line in lines if line)
    actions.set_points(
        ((row["code"], float(row["lat"]), float(row["lon"])) for row in rows), source=said.removeprefix(_MARK)
    )
