"""The process that parses files of borders: started by exec, without Django, limited in memory and time.

The file comes by standard input, its kind as the only argument. Standard output is a line a shape:
[number, code, name, kecamatan, kabupaten, polygons], at last {"end": n}; or {"refused": code, "facts": {...}}.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence

from bersinar.territory.borders import geojson
from bersinar.territory.borders.geojson import Ring
from bersinar.territory.borders.refusal import Refusal


def main(arguments: Sequence[str]) -> int:
    """Read one file; a refusal is an answer, not a failure."""
    answer = sys.stdout
    encode = json.JSONEncoder(separators=(",", ":")).encode
    try:
        count = 0
        for number, facts, polygons in _shapes(sys.stdin.buffer.read(), arguments[0]):
            answer.write(encode([number, *facts, polygons]))
            answer.write("\n")
            count += 1
        answer.write(encode({"end": count}) + "\n")
    except Refusal as refusal:
        answer.write(encode({"refused": refusal.code, "facts": refusal.facts}) + "\n")
    answer.flush()
    return 0


def _shapes(raw: bytes, kind: str) -> Iterator[tuple[int, list[str], list[list[Ring]]]]:
    if kind == "geojson":
        return geojson.shapes(raw)
    # Here, not above: it needs the extra, and far more memory.
    from bersinar.territory.borders import packed

    return packed.shapes(raw)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
