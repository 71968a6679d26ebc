"""Which benchmark is which, and the table they are printed in."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from benchmarks.pages import prepared
from benchmarks.support.folders import DATABASES
from benchmarks.support.measuring import Options, Outcome

# In the order they are run without a word. The module has `measure(options)`, which yields outcomes.
KNOWN = {
    "B19": "benchmarks.pages.bench_import",
    "B19b": "benchmarks.pages.bench_export",
    "B20": "benchmarks.pages.bench_overview",
    "SEARCH": "benchmarks.pages.bench_search",
    "LISTS": "benchmarks.pages.bench_lists",
    "MAPPING": "benchmarks.pages.bench_mapping",
}
USAGE = """\
./bench                      all of them, on SQLite and PostgreSQL
./bench B19 SEARCH           these alone
./bench B20 --database sqlite --repeats 3
"""
HEADINGS = (
    "id",
    "what",
    "n",
    "database",
    "peer",
    "ours",
    "ratio",
    "processor ratio",
    "target",
    "pairs",
    "spread",
    "agrees",
)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(usage=USAGE)
    parser.add_argument("ids", nargs="*")
    parser.add_argument("--database", choices=[*DATABASES, "both"], default="both")
    parser.add_argument(
        "--repeats", type=int, default=5, help="pairs; at least 2 for a peer of more than 20 s"
    )
    parser.add_argument(
        "--rows", type=int, default=84_000, help="size of the nation; smaller only to try the bench"
    )
    options = parser.parse_args(arguments)
    by_name = {name.casefold(): name for name in KNOWN}
    unknown = [one for one in options.ids if one.casefold() not in by_name]
    if unknown:
        parser.error(f"unknown: {', '.join(unknown)}; known: {', '.join(KNOWN)}")
    wanted = [by_name[one.casefold()] for one in options.ids] or list(KNOWN)
    databases = DATABASES if options.database == "both" else (options.database,)
    _say(f"{os.cpu_count()} processors, load {_load()} before the first measurement\n")
    _say("| " + " | ".join(HEADINGS) + " |")
    _say("|" + "---|" * len(HEADINGS))
    notes: list[str] = []
    void = False
    try:
        for name in wanted:
            void = _measure(name, databases, options, notes) or void
    finally:
        prepared.clear()
    _say("")
    for note in notes:
        _say(f"- {note}")
    _say(
        f"\nLoad at the end: {_load()}. Ratios are medians over medians, peer and ours in turn on this machine."
    )
    return 1 if void else 0


def _measure(name: str, databases: Sequence[str], options: argparse.Namespace, notes: list[str]) -> bool:
    """Print the rows of one id; True when one of them is void."""
    asked = Options(databases=databases, repeats=options.repeats, rows=options.rows)
    void = False
    for outcome in importlib.import_module(KNOWN[name]).measure(asked):
        _say("| " + " | ".join(_cells(name, outcome)) + " |")
        notes += [f"{name}, {outcome.database}: {note}" for note in outcome.notes]
        void = void or not outcome.agrees
    return void


def _cells(name: str, one: Outcome) -> list[str]:
    peer = "-" if one.peer is None else _time(one.peer)
    return [
        name,
        one.what,
        f"{one.n:,}",
        one.database,
        peer,
        _time(one.ours),
        one.ratio_text,
        one.processor_text,
        one.target,
        str(one.pairs),
        f"{100 * one.spread:.0f} %",
        "yes" if one.agrees else "NO: void",
    ]


def _time(seconds: float) -> str:
    if seconds >= 1:
        return f"{seconds:.1f} s"
    return f"{1000 * seconds:.{0 if seconds >= 0.01 else 1}f} ms"


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
