"""From a file to a folder of results, telling what happens on the way."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bersinar.mapping.compute import VillageOutcome, fingerprint, outcomes
from bersinar.mapping.rules import parse_rule, published_rule
from bersinar.mapping.sheet import HEADER_WITHIN, INDICATORS, Cell, Sheet, SheetError, read_sheet
from bersinar.methods.categories import CountRule, RuleError, reconcile
from bersinar.reporting.mapfile import boundaries, matching, picture, reading, report, tables
from bersinar.reporting.mapfile.result import STATUS_WORDS, MapResult

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Request:
    """What the person asked for."""

    file: Path
    out: Path
    columns: Mapping[str, str] = field(default_factory=dict)
    rule: Path | None = None
    outlines: Path | None = None
    with_inputs: bool = False


def run(request: Request, tell: Tell) -> MapResult:
    """Do the whole job; raises SheetError or RuleError when nothing can be used."""
    rule = _rule(request.rule)
    tell(f"Membaca {request.file.name} …")
    sheet, example = _first_usable(request, tell)
    sheet, named = matching.with_codes(sheet)
    for problem in sheet.problems:
        tell(f"  {problem}")
    if not sheet.villages:
        raise SheetError("Tidak ada satu desa pun yang dapat dipakai. Perbaiki baris di atas, lalu ulangi.")
    tell(f"{len(sheet.villages)} desa terbaca, {sheet.rejected} baris ditolak.")
    without = sum(not village.code for village in sheet.villages)
    if named or without:
        tell(f"Kode menurut nama: {len(named)} baris. Tetap tanpa kode: {without} baris.")
    tell("Menghitung kategori …")
    found, counts = outcomes(sheet.values, sheet.states, rule=rule, indicators=INDICATORS)
    gate = reconcile(counts, len(sheet.villages))
    if not gate.ok:
        raise SheetError(
            f"Jumlah kategori {gate.total} tidak sama dengan {gate.expected} desa. Tidak ada yang ditulis."
        )
    keys = [f"{village.code or 'tanpa kode'}#{village.row}" for village in sheet.villages]
    result = MapResult(
        sheet=sheet,
        outcomes=tuple(found),
        counts=counts,
        rule=rule,
        source_name=request.file.name,
        source_sha256=hashlib.sha256(request.file.read_bytes()).hexdigest(),
        fingerprint=fingerprint(list(zip(keys, map(_told(request), found), strict=True))),
        with_inputs=request.with_inputs,
        named_rows=named,
        example_data=example,
    )
    outlines = boundaries.read_outlines(request.outlines, sheet.villages) if request.outlines else {}
    if request.outlines:
        tell(f"Batas ditemukan untuk {len(outlines)} dari {len(sheet.villages)} desa.")
    drawn = picture.draw(result, outlines)
    try:
        _write(request.out, result, drawn, tell)
    except OSError as error:
        raise SheetError(
            f"Folder {request.out} tidak dapat ditulis. Pilih folder lain dengan --out."
        ) from error
    return result


def _told(request: Request) -> Callable[[VillageOutcome], VillageOutcome]:
    """What of an outcome goes into the fingerprint: without the inputs nothing one could try closed values on."""
    if request.with_inputs:
        return lambda outcome: outcome
    hidden: dict[str, Any] = dict.fromkeys(("present", "missing", "settles", "distance"), ())
    hidden |= dict.fromkeys(("n_main", "n_supporting", "anomalies"), 0)
    return lambda outcome: replace(outcome, **hidden)


def _rule(path: Path | None) -> CountRule:
    if path is None:
        return published_rule()
    try:
        return parse_rule(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(f"Berkas aturan {path} tidak dapat dibaca. Periksa nama dan foldernya.") from error


def _first_usable(request: Request, tell: Tell) -> tuple[Sheet, bool]:
    """The first sheet with a heading one can use, and whether the file calls its values invented."""
    shown, hidden = reading.sheets_of(request.file)
    for name in hidden:
        tell(f"  Lembar {name} tersembunyi dan tidak dibaca.")
    fault: SheetError | None = None
    for _name, rows in shown:
        try:
            return read_sheet(rows, columns=request.columns), _is_example(rows)
        except SheetError as error:
            fault = fault or error
    raise fault or SheetError("Berkas tidak memuat lembar apa pun.")


def _is_example(rows: Sequence[Sequence[Cell]]) -> bool:
    """Our template of the demo says so above its headings, and so must everything made from it."""
    return any("DATA CONTOH" in str(cell) for row in rows[:HEADER_WITHIN] for cell in row[:3])


def _tell_signs(result: MapResult, missing: frozenset[str], tell: Tell) -> None:
    """Which rows stand in the report with a question mark instead of what was written."""
    for village in result.sheet.villages:
        found = sorted(missing & set(village.name + village.kecamatan + village.kabupaten))
        if found:
            told = " ".join(found)
            tell(f"  Baris {village.row}: huruf laporan tidak punya {told}, jadi ditulis ? dalam PDF.")


def _write(out: Path, result: MapResult, svg: str, tell: Tell) -> None:
    out.mkdir(parents=True, exist_ok=True)
    tables.write_csv(result, out / "kategori.csv")
    tables.write_xlsx(result, out / "kategori.xlsx")
    (out / "peta.svg").write_text(svg, encoding="utf-8", newline="\n")
    tell("Tabel dan peta ditulis. Menyusun laporan …")
    _tell_signs(result, report.write_pdf(result, svg, out / "laporan.pdf"), tell)
    facts = {
        "file": result.source_name,
        # Whoever has the same file but for one closed value could try values out on its hash.
        **({"sha256": result.source_sha256} if result.with_inputs else {}),
        "rule": result.rule.id,
        "rule_version": result.rule.version,
        "rule_status": STATUS_WORDS[result.rule.status],
        "columns": dict(sorted(result.sheet.columns.items())),
        "villages": len(result.outcomes),
        "rejected_rows": result.sheet.rejected,
        "rows_coded_by_name": len(result.named_rows),
        "rows_without_code": sum(not village.code for village in result.sheet.villages),
        "counts": result.counts,
        "result_fingerprint": result.fingerprint,
    }
    text = json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    (out / "asal.json").write_text(text, encoding="utf-8", newline="\n")
    tell(f"{picture.summary(result)} Hasil ada di {out}.")
