"""What one calculation without a screen holds, as plain values for every output."""

from __future__ import annotations

from dataclasses import dataclass

from bersinar.mapping.compute import VillageOutcome
from bersinar.mapping.rules import has_examples, stand_ins
from bersinar.mapping.sheet import ENFORCEMENT, Sheet, SheetVillage
from bersinar.methods.categories import NO_LINE_BIT, Anomaly, Category, CountRule, Status

OPEN_WORD = "Belum dapat ditentukan"
STATUS_WORDS = {
    Status.CONFIRMED: "terkonfirmasi",
    Status.REPORTED: "dilaporkan",
    Status.PLACEHOLDER: "sementara",
    Status.OWN: "milik unit",
    Status.CONTOH: "contoh",
}


@dataclass(frozen=True, slots=True)
class MapResult:
    """Everything the outputs need; inputs are shown only when `with_inputs` was asked for."""

    sheet: Sheet
    outcomes: tuple[VillageOutcome, ...]
    counts: dict[str, int]
    rule: CountRule
    source_name: str
    source_sha256: str
    fingerprint: str
    with_inputs: bool
    named_rows: frozenset[int] = frozenset()  # rows whose code comes from their name
    example_data: bool = False  # the file itself says that its values are invented

    @property
    def example_rule(self) -> bool:
        """Was any line or threshold made up for a demonstration?"""
        return has_examples(self.rule)

    @property
    def mark(self) -> str:
        """What stands inside every output that must not be taken for real."""
        words = ["DATA CONTOH"] * self.example_data + ["ATURAN CONTOH"] * self.example_rule
        return " · ".join(words)


def word(category: Category | None) -> str:
    """A category as people read it."""
    return OPEN_WORD if category is None else category.value.capitalize()


def place_name(village: SheetVillage) -> str:
    """The village with its kecamatan, or its code when the sheet gives no name."""
    return ", ".join(part for part in (village.name or village.code, village.kecamatan) if part)


def reason(result: MapResult, outcome: VillageOutcome) -> str:
    """Why the village stands where it stands; exact counts only together with the inputs."""
    counted = f"{outcome.n_main} pokok dan {outcome.n_supporting} pendukung ada" if result.with_inputs else ""
    if outcome.category is not None:
        told = _reached(result.rule, outcome.category)
    elif outcome.unmatched:
        told = "tidak mencapai garis mana pun; aturan belum punya garis untuk jumlah ini"
    else:
        told = f"mungkin {may_be(outcome)}"
    return "; ".join(part for part in (told, counted, anomaly(result, outcome)) if part)


def may_be(outcome: VillageOutcome) -> str:
    """What an open village may still turn out to be, mildest first: "Siaga atau Waspada"; a settled one just is."""
    words = [word(category) for category in reversed(outcome.possible_categories)]
    if outcome.possible & NO_LINE_BIT:
        words.insert(0, "tidak mencapai garis mana pun")
    return " atau ".join(words)


def settling(result: MapResult, outcome: VillageOutcome) -> str:
    """What to fill in so that an open village settles; indicators of enforcement by name only with the inputs."""
    if result.with_inputs:
        return " ".join(outcome.settles)
    named = [name for name in outcome.settles if name not in ENFORCEMENT]
    if len(named) < len(outcome.settles):
        named.append("indikator tertutup" if not named else "dan indikator tertutup")
    return " ".join(named)


def anomaly(result: MapResult, outcome: VillageOutcome) -> str:
    """What to look at twice; tells counts, so it is shown only with the inputs."""
    if not result.with_inputs or not outcome.anomalies:
        return ""
    if outcome.anomalies & Anomaly.MAIN_WITHOUT_SUPPORTING:
        return "periksa lagi: semua pokok ada, pendukung tidak ada satu pun"
    return "periksa lagi: semua pokok ada, tetapi tidak mencapai garis terberat"


def limits_text(rule: CountRule) -> str:
    """How many thresholds are stand-ins; empty when all are known."""
    number = stand_ins(rule)
    return f"batas “ada” sementara: {number} dari {len(rule.indicators)}" if number else ""


def line_text(rule: CountRule, number: int) -> str:
    """A line of the rule in words, with how sure it is."""
    line = rule.lines[number]
    joined = "dan" if line.combine == "and" else "atau"
    return (
        f"{word(line.category)}: paling sedikit {line.min_main} pokok {joined} "
        f"{line.min_supporting} pendukung ({STATUS_WORDS[line.status]})"
    )


def _reached(rule: CountRule, category: Category) -> str:
    numbers = [k for k, line in enumerate(rule.lines) if line.category is category]
    return "mencapai garis " + " atau ".join(line_text(rule, k) for k in numbers)
