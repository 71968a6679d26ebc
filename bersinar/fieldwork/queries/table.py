"""All values of a round as arrays, for computing.

Danger: this is the only module that reads past the right to enforcement values, because a category needs
all thirteen answers whoever starts the calculation. What it returns must go into a method and never into a
page, an export, a message or a log; pages use visible_values().
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from itertools import islice
from math import isnan

import numpy as np
import numpy.typing as npt
from django.db.models import Case, F, FloatField, Max, Q, QuerySet, When, Window
from django.db.models.functions import Cast

from bersinar.access import Actor, Right, get_or_404
from bersinar.fieldwork.models import Entry, Round
from bersinar.fieldwork.queries.round_rows import instrument_of, villages_of_round
from bersinar.fieldwork.rules.cells import PRESENCE
from bersinar.fieldwork.vocabulary import State

TERISI, NIHIL, BELUM = 1, 0, -1
NO_ENTRY = -1
# Entries handled at a time: enough for arrays to pay, little enough for a small PC.
BLOCK = 20_000
CODES = {State.TERISI: TERISI, State.NIHIL: NIHIL, State.BELUM: BELUM}


@dataclass(frozen=True, slots=True)
class VillageRow:
    """One row of the table."""

    id: int
    code: str
    name: str
    district_code: str = ""
    district: str = ""
    regency: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """Villages by indicators. A missing value is NaN with state BELUM, never zero.

    `yes` marks the values that stand for a plain yes: there is something, nobody said how much.
    """

    villages: tuple[VillageRow, ...]
    indicators: tuple[str, ...]
    values: npt.NDArray[np.float64]
    state: npt.NDArray[np.int8]
    yes: npt.NDArray[np.bool_]
    entry_ids: npt.NDArray[np.int64]
    fingerprint: str


def current(entries: QuerySet[Entry], *, answered: bool = False) -> QuerySet[Entry]:
    """Of each village and indicator the latest entry that was not withdrawn, by itself or with its file.

    With `answered` only the cells whose latest entry is not *belum*.

    Danger: narrow before, not after. Django applies a filter on a plain column before it looks for the latest, and
    an older answer would shine through.
    """
    standing = entries.filter(withdrawal=None, imported__withdrawal=None)
    # One pass in order of cells. A list of the highest numbers, or a look for a later entry beside each one,
    # took PostgreSQL minutes in a round it had not yet counted: it went through the round anew for every entry.
    cell = [F(name) for name in ("round", "village", "indicator")]
    wanted = Case(When(~Q(state=State.BELUM), then=F("pk"))) if answered else F("pk")
    return standing.annotate(newest=Window(Max("pk"), partition_by=cell)).filter(newest=wanted)


def indicator_table(round_id: int, actor: Actor) -> IndicatorTable:
    """Everything, for a calculation; only for people who may calculate."""
    actor.require(Right.MAP_RUN)
    return _table(get_or_404(Round, actor, pk=round_id), actor)


def fingerprint(round_id: int, actor: Actor) -> str:
    """SHA-256 over what a calculation would use now; tells only whether something changed."""
    return _table(get_or_404(Round, actor, pk=round_id), actor).fingerprint


def fingerprints(rounds: Iterable[Round], actor: Actor) -> dict[int, str]:
    """The same for several rounds that were read already; the villages of an office are read once."""
    villages: dict[int, tuple[VillageRow, ...]] = {}
    found = {}
    for round_ in rounds:
        if round_.office_id not in villages:
            villages[round_.office_id] = _villages(round_)
        found[round_.pk] = _table(round_, actor, villages[round_.office_id]).fingerprint
    return found


def withdrawn_entry_ids(round_ids: Collection[int], actor: Actor) -> dict[int, list[int]]:
    """Numbers of the entries of each round that no longer count; numbers only, never values."""
    taken_back = Q(withdrawal__isnull=False) | Q(imported__withdrawal__isnull=False)
    found: dict[int, list[int]] = {pk: [] for pk in round_ids}
    entries = _every_entry(actor).filter(taken_back, round__in=round_ids).order_by("pk")
    for round_id, pk in entries.values_list("round_id", "pk"):
        found[round_id].append(pk)
    return found


def entry_ids_of_villages(
    round_id: int, village_ids: Collection[int], actor: Actor
) -> dict[int, frozenset[int]]:
    """Numbers of all entries ever made about some villages, standing or not; numbers only, never values."""
    found: dict[int, set[int]] = {pk: set() for pk in village_ids}
    entries = _every_entry(actor).filter(round=round_id, village__in=village_ids).order_by()
    for village, pk in entries.values_list("village_id", "pk"):
        found[village].add(pk)
    return {village: frozenset(listed) for village, listed in found.items()}


def state_codes(round_: Round, actor: Actor) -> tuple[tuple[VillageRow, ...], npt.NDArray[np.int8]]:
    """States without values, for completeness; who may see which state is decided by the caller."""
    villages, _names, _values, state, _yes, _entry_ids = _arrays(round_, actor, _villages(round_))
    return villages, state


def _every_entry(actor: Actor) -> QuerySet[Entry]:
    """The entries with those the actor may not look at: a category needs every indicator."""
    computing = replace(actor, rights=actor.rights | {Right.VALUES_SEE_ENFORCEMENT})
    entries: QuerySet[Entry] = Entry.objects.for_actor(computing)
    return entries


def _villages(round_: Round) -> tuple[VillageRow, ...]:
    columns = ("pk", "code", "name", "district__code", "district__name", "district__regency__name")
    return tuple(VillageRow(*row) for row in villages_of_round(round_).values_list(*columns).order_by("code"))


def _table(round_: Round, actor: Actor, villages: tuple[VillageRow, ...] | None = None) -> IndicatorTable:
    villages, names, values, state, yes, entry_ids = _arrays(round_, actor, villages or _villages(round_))
    digest = _digest(round_, villages, names, values, state, entry_ids)
    return IndicatorTable(villages, names, values, state, yes, entry_ids, digest)


def _arrays(
    round_: Round, actor: Actor, villages: tuple[VillageRow, ...]
) -> tuple[
    tuple[VillageRow, ...],
    tuple[str, ...],
    npt.NDArray[np.float64],
    npt.NDArray[np.int8],
    npt.NDArray[np.bool_],
    npt.NDArray[np.int64],
]:
    names = instrument_of(round_).names
    row_of = {village.id: k for k, village in enumerate(villages)}
    column_of = {name: k for k, name in enumerate(names)}
    shape = (len(villages), len(names))
    values = np.full(shape, np.nan)
    state = np.full(shape, BELUM, dtype=np.int8)
    yes = np.zeros(shape, dtype=np.bool_)
    entry_ids = np.full(shape, NO_ENTRY, dtype=np.int64)
    codes = {one.value: code for one, code in CODES.items()}
    found = current(_every_entry(actor).filter(round=round_)).order_by()
    # The float of a value straight from the database: a decimal for each of a million would take half the time.
    columns = ("pk", "village_id", "indicator", "state", Cast("value", FloatField()), "note")
    rows = found.values_list(*columns).iterator(BLOCK)
    while block := list(islice(rows, BLOCK)):
        pks, of_village, of_indicator, known, value, note = zip(*block, strict=True)
        row = np.array([row_of.get(village, -1) for village in of_village])
        column = np.array([column_of.get(name, -1) for name in of_indicator])
        inside = (row >= 0) & (column >= 0)
        at = (row[inside], column[inside])
        values[at] = np.array(value, dtype=np.float64)[inside]  # None becomes NaN
        state[at] = np.array([codes[one] for one in known], dtype=np.int8)[inside]
        yes[at] = np.array([one == PRESENCE for one in note])[inside] & (state[at] == TERISI)
        entry_ids[at] = np.array(pks, dtype=np.int64)[inside]
    return villages, names, values, state, yes, entry_ids


def _digest(
    round_: Round,
    villages: tuple[VillageRow, ...],
    names: tuple[str, ...],
    values: npt.NDArray[np.float64],
    state: npt.NDArray[np.int8],
    entry_ids: npt.NDArray[np.int64],
) -> str:
    """The entries belong to it, not only their values.

    Otherwise values entered again after a withdrawal would lead back to the run that is marked as withdrawn.
    The salt comes first: without it whoever reads the fingerprint could try values out until it fits.
    """
    digest = hashlib.sha256(round_.salt.encode())
    heading = [round_.pk, round_.instrument_id, round_.instrument_version, names]
    digest.update(json.dumps(heading).encode())
    rows = zip(villages, values.tolist(), state.tolist(), entry_ids.tolist(), strict=True)
    for village, numbers, states, entries in rows:
        shown = ["" if isnan(value) else repr(value) for value in numbers]
        digest.update(json.dumps([village.code, shown, states, entries]).encode())
        digest.update(b"\n")
    return digest.hexdigest()
