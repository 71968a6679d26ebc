"""The candidate list as a page shows it: filters from the address, order from an allow-list, places to fill."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext as _

from bersinar.access import Actor
from bersinar.methods.categories import Category
from bersinar.targeting import present, queries
from bersinar.targeting.models import Proposal, Readiness
from bersinar.targeting.present import Slot
from bersinar.targeting.queries import Candidate, Candidates, DecisionFacts
from bersinar.targeting.rules import Policy, severity_ceiling
from bersinar.targeting.vocabulary import Answer, MoneySource
from bersinar.ui.writing import day

PAGE = 25
SHOWS = ("", "layak", "belum", "terbuka", "usulan")
SORTS = ("kategori", "desa", "kecamatan")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for; everything unknown falls back to the plain list."""

    show: str = ""
    category: str = ""
    district: str = ""
    search: str = ""
    sort: str = SORTS[0]

    @classmethod
    def from_query(cls, query: Mapping[str, Any]) -> Wanted:
        show, category, sort = query.get("lihat", ""), query.get("kategori", ""), query.get("urut", "")
        return cls(
            show=show if show in SHOWS else "",
            category=category if category in set(Category) else "",
            district=str(query.get("kecamatan", "")).strip()[:80],
            search=str(query.get("cari", "")).strip()[:80],
            sort=sort if sort in SORTS else SORTS[0],
        )

    def address(self, year: int) -> str:
        """The same view as the part of an address after the question mark."""
        parts = {
            "lihat": self.show,
            "kategori": self.category,
            "kecamatan": self.district,
            "cari": self.search,
            "urut": "" if self.sort == SORTS[0] else self.sort,
        }
        return urlencode({"tahun": year} | {key: value for key, value in parts.items() if value})


def years(office_id: int, year: int, actor: Actor) -> list[int]:
    """Years one may look at: decided ones, the mapped one, this year and the one shown."""
    found = {year, timezone.localdate().year, *queries.decided_years(office_id, actor)}
    newest = queries.latest_year(office_id, actor)
    if newest is not None:
        found.add(newest)
    return sorted(found, reverse=True)


def filtered(found: Candidates, wanted: Wanted, proposed: set[int]) -> list[Candidate]:
    """The rows the address asks for, in its order."""
    rows = [row for row in found.rows if _shown(row, wanted, proposed)]
    if wanted.sort == "desa":
        return sorted(rows, key=lambda row: (row.name, row.code))
    if wanted.sort == "kecamatan":
        return sorted(rows, key=lambda row: (row.regency, row.district, row.name))
    return sorted(rows, key=lambda row: (not row.verdict.eligible, -severity_ceiling(row.facts), row.name))


def groups(
    found: Candidates, rows: list[Candidate], wanted: Wanted, proposed: set[int]
) -> list[dict[str, Any]]:
    """The rows of one page as plain values, in two parts where the order has them."""
    policy = found.in_force.policy
    passed = {row.village_id for row in found.passed_over(proposed)}
    parts: list[tuple[str, list[Candidate]]] = [("", rows)]
    if wanted.sort == SORTS[0]:
        parts = [
            (_("Memenuhi syarat"), [row for row in rows if row.verdict.eligible]),
            (_("Belum memenuhi syarat"), [row for row in rows if not row.verdict.eligible]),
        ]
    return [
        {
            "title": title,
            "rows": [
                present.candidate(
                    row, policy, proposed=row.village_id in proposed, passed_over=row.village_id in passed
                )
                for row in part
            ],
        }
        for title, part in parts
        if part
    ]


def sorts() -> list[tuple[str, str]]:
    words = {"kategori": _("Yang layak dulu"), "desa": _("Nama desa"), "kecamatan": _("Kecamatan")}
    return [(key, words[key]) for key in SORTS]


def chips(found: Candidates, wanted: Wanted, proposed: set[int], year: int) -> list[dict[str, Any]]:
    """Filters with their counts, under the other filters that are set."""
    words = {
        "": _("Semua"),
        "layak": _("Memenuhi syarat"),
        "belum": _("Belum memenuhi syarat"),
        "terbuka": _("Belum dapat ditentukan"),
        "usulan": _("Dalam usulan"),
    }
    shown = []
    for key in SHOWS:
        other = replace(wanted, show=key)
        shown.append(
            {
                "label": words[key],
                "url": f"?{other.address(year)}",
                "current": key == wanted.show,
                "count": sum(_shown(row, other, proposed) for row in found.rows),
            }
        )
    return shown


def slots(found: Candidates, draft: Proposal | None, current: DecisionFacts | None) -> list[Slot]:
    """What is decided, else what is proposed, in the places of the quota."""
    rows = found.by_id()
    if current is not None:
        chosen = [(c.village_id, c.money_source) for c in current.choices]
        names = {c.village_id: (c.name, c.district) for c in current.choices}
        policy = current.policy
    else:
        lines = [line for line in (draft.lines if draft else []) if line["village"] in rows]
        chosen = [(line["village"], MoneySource(line["money_source"])) for line in lines]
        names = {key: (row.name, row.district) for key, row in rows.items()}
        policy = found.in_force.policy
    filled = [
        (*names[key], money, present.category_key(rows[key].category if key in rows else None))
        for key, money in chosen
    ]
    return present.slots(filled, policy)


def proposed_lines(found: Candidates, draft: Proposal | None) -> list[dict[str, Any]]:
    """The draft as it would be decided."""
    rows = found.by_id()
    policy = found.in_force.policy
    return [
        {
            **present.candidate(row, policy, proposed=True),
            "money": MoneySource(line["money_source"]).label,
            "reason": line["reason"],
            "override_reason": line["override_reason"],
            "reasons": present.reasons(row.verdict, policy),
        }
        for line in (draft.lines if draft else [])
        if (row := rows.get(line["village"])) is not None
    ]


def made_from(found: Candidates) -> list[tuple[str, str]]:
    """Where the list comes from."""
    run, in_force = found.run, found.in_force
    policy = in_force.policy
    since = _(", berlaku sejak %(year)d") % {"year": in_force.year} if in_force.year else ""
    released = day(timezone.localtime(run.released_at)) if run.released_at else _("belum dirilis")
    return [
        (_("Pemetaan"), _("tahun %(year)d, dirilis %(day)s") % {"year": run.year, "day": released}),
        (
            _("Aturan kategori"),
            _("%(rule)s versi %(version)s") % {"rule": run.rule_id, "version": run.rule_version},
        ),
        (_("Kebijakan"), f"{policy.title} ({present.status_word(policy.status)}){since}"),
        (_("Asal kebijakan"), policy.document),
    ]


def readiness_line(row: Readiness, policy: Policy) -> dict[str, Any]:
    """One earlier record in words."""
    titles = {item.id: item.title for item in policy.checklist}
    pact = _("Pakta integritas")
    if row.pact_evidence:
        pact = f"{pact} ({row.pact_evidence})"
    answers = [(pact, row.pact), *((titles.get(key, key), value) for key, value in row.answers.items())]
    return {
        "at": row.recorded_at,
        "by": row.recorded_by_name,
        "checks": [present.answer_check(title, Answer(value)) for title, value in answers],
        "note": row.note,
    }


def _shown(row: Candidate, wanted: Wanted, proposed: set[int]) -> bool:
    fits = {
        "": True,
        "layak": row.verdict.eligible,
        "belum": not row.verdict.eligible,
        "terbuka": row.category is None,
        "usulan": row.village_id in proposed,
    }[wanted.show]
    return (
        fits
        and (not wanted.category or row.category == wanted.category)
        and (not wanted.district or row.district == wanted.district)
        and wanted.search.casefold() in row.name.casefold()
    )
