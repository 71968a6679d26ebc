"""Plain values for the pages: words and marks, so that no template has to think."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from bersinar.mapping import words as map_words
from bersinar.mapping.vocabulary import OPEN
from bersinar.mapping.words import line_word
from bersinar.mapping.words import status_word as status_word
from bersinar.methods.categories import Category
from bersinar.targeting.queries import Candidate, ChoiceFacts
from bersinar.targeting.rules import Obstacle, Policy, Verdict, VillageFacts
from bersinar.targeting.vocabulary import Answer, MoneySource, OpenCategory, Reason, Signatory

_YES, _NO, _UNKNOWN = "ok", "x", "q"
_OF_READINESS = (Reason.PACT_REFUSED, Reason.PACT_UNKNOWN, Reason.ITEM_NOT_MET, Reason.ITEM_UNKNOWN)


@dataclass(frozen=True, slots=True)
class Check:
    """One point of the policy for one village: met, not met or not known."""

    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of the quota, filled or free."""

    title: str
    note: str
    key: str = ""
    free: bool = False


def category_word(category: Category | None) -> str:
    """The word people see; the open one says so."""
    return map_words.category_word(category.value if category is not None else OPEN)


def category_key(category: Category | None) -> str:
    """The name of mark and colour."""
    return map_words.mark_of(category)


def possible_text(facts: VillageFacts) -> str:
    """ "Siaga atau Waspada" for an open village; empty when nothing can be said."""
    return map_words.possible_words(facts.possible, open_end=facts.open_end) if facts.possible else ""


def signatory_word(signatory: Signatory) -> str:
    words = {Signatory.BUPATI: _("Bupati atau Wali Kota"), Signatory.KEPALA_UNIT: _("Kepala unit")}
    return words[signatory]


def open_category_text(treatment: OpenCategory) -> str:
    """What happens to a village whose category could not be determined."""
    words = {
        OpenCategory.TUNDA: _("Menunggu sampai kategorinya dapat ditentukan. Tidak dianggap Aman."),
        OpenCategory.KEMUNGKINAN: _(
            "Boleh dipilih bila semua kategori yang masih mungkin boleh dipilih. Tidak dianggap Aman."
        ),
        OpenCategory.BOLEH: _("Boleh dipilih. Tidak dianggap Aman."),
    }
    return words[treatment]


def answer_word(answer: Answer) -> str:
    words = {Answer.YA: _("Ya"), Answer.TIDAK: _("Tidak"), Answer.BELUM: _("Belum diketahui")}
    return words[answer]


def answer_check(title: str, answer: Answer) -> Check:
    """One recorded answer as a line with its mark."""
    marks = {Answer.YA: _YES, Answer.TIDAK: _NO, Answer.BELUM: _UNKNOWN}
    return Check(marks[answer], f"{title}: {answer_word(answer).lower()}")


def obstacle_text(obstacle: Obstacle, policy: Policy) -> str:
    """Why not, in one sentence that says what would help."""
    items = {item.id: item.title for item in policy.checklist}
    match obstacle.reason:
        case Reason.CATEGORY_EXCLUDED:
            word = category_word(Category(obstacle.about))
            return _("Kategori %(word)s di luar kebijakan tahun ini.") % {"word": word}
        case Reason.CATEGORY_OPEN:
            return _("Kategori belum dapat ditentukan. Lengkapi datanya, lalu petakan lagi.")
        case Reason.PACT_REFUSED:
            return _("Pakta integritas belum ditandatangani. Boleh diajukan lagi sesudahnya.")
        case Reason.PACT_UNKNOWN:
            return _("Pakta integritas belum dicatat. Tanyakan kepada desa.")
        case Reason.ITEM_NOT_MET:
            return _("%(item)s: belum terpenuhi.") % {"item": items.get(obstacle.about, obstacle.about)}
        case Reason.ITEM_UNKNOWN:
            return _("%(item)s: belum dicatat.") % {"item": items.get(obstacle.about, obstacle.about)}
        case Reason.CHOSEN_BEFORE:
            return _("Sudah menjadi sasaran %(year)s dan tetap dibina.") % {"year": obstacle.about}


def reasons(verdict: Verdict, policy: Policy) -> list[str]:
    return [obstacle_text(obstacle, policy) for obstacle in verdict.reasons]


def checks(row: Candidate, policy: Policy) -> list[Check]:
    """Every point of the policy for one village, met ones too."""
    against = {(obstacle.reason, obstacle.about): obstacle for obstacle in row.verdict.reasons}
    by_reason = {obstacle.reason: obstacle for obstacle in row.verdict.reasons}
    found = []
    if (no := by_reason.get(Reason.CATEGORY_EXCLUDED)) is not None:
        found.append(Check(_NO, obstacle_text(no, policy)))
    elif (no := by_reason.get(Reason.CATEGORY_OPEN)) is not None:
        found.append(Check(_UNKNOWN, obstacle_text(no, policy)))
    else:
        found.append(Check(_YES, _("Kategori sesuai")))
    if policy.needs_pact:
        found.append(_pact(by_reason, policy))
    for item in policy.checklist:
        if (no := against.get((Reason.ITEM_NOT_MET, item.id))) is not None:
            found.append(Check(_NO, obstacle_text(no, policy)))
        elif (no := against.get((Reason.ITEM_UNKNOWN, item.id))) is not None:
            found.append(Check(_UNKNOWN, obstacle_text(no, policy)))
        else:
            found.append(Check(_YES, item.title))
    if (no := by_reason.get(Reason.CHOSEN_BEFORE)) is not None:
        found.append(Check(_NO, obstacle_text(no, policy)))
    return found


def candidate(row: Candidate, policy: Policy, *, proposed: bool, passed_over: bool = False) -> dict[str, Any]:
    """One village of the list as plain values. Of a village that may not be chosen, what stands against it first."""
    points = checks(row, policy)
    against = [point for point in points if point.mark != _YES]
    return {
        "id": row.village_id,
        "code": row.code,
        "name": row.name,
        "district": row.district,
        "regency": row.regency,
        "key": category_key(row.category),
        "word": category_word(row.category),
        "possible": possible_text(row.facts),
        "example": row.line_is_example,
        "status": "" if row.line_is_example else line_word(row.line_status),
        "passed_over": passed_over,
        "against": against,
        "n_others": len(against) - 1,
        "n_met": len(points) - len(against),
        "eligible": row.verdict.eligible,
        # Nothing stands against it but what the village itself can answer.
        "only_readiness": bool(against) and all(one.reason in _OF_READINESS for one in row.verdict.reasons),
        "checks": points,
        "proposed": proposed,
    }


def slots(chosen: Sequence[tuple[str, str, MoneySource, str]], policy: Policy) -> list[Slot]:
    """The quota as places: (name, district, money, key) of what is chosen, then the free ones."""
    found = []
    for source in MoneySource:
        taken = [one for one in chosen if one[2] is source]
        for number, (name, district, _money, key) in enumerate(taken, start=1):
            note = f"{source.label} {number}, {district}"
            found.append(Slot(name, note, key))
        left = policy.quota.get(source, 0) - len(taken)
        found += [
            Slot(_("Tempat %(money)s") % {"money": source.label}, _("kosong"), free=True)
            for _n in range(left)
        ]
        if source not in policy.quota:
            found.append(
                Slot(
                    _("Tempat %(money)s") % {"money": source.label},
                    _("tanpa batas kuota, boleh ditambah bila ada dananya"),
                    free=True,
                )
            )
    return found


def policy_facts(policy: Policy) -> list[dict[str, str]]:
    """Each part of a policy in words, with where it was seen."""
    excluded = [category_word(c) for c in sorted(policy.excluded_categories, key=lambda c: c.severity)]
    quota = [
        _("%(money)s: %(number)d desa") % {"money": source.label, "number": policy.quota[source]}
        if source in policy.quota
        else _("%(money)s: tanpa batas") % {"money": source.label}
        for source in MoneySource
    ]
    parts = [
        ("excluded_categories", _("Kategori yang tidak dipilih"), _listed(excluded)),
        ("open_category", _("Kategori belum dapat ditentukan"), open_category_text(policy.open_category)),
        ("needs_pact", _("Pakta integritas"), _("wajib") if policy.needs_pact else _("tidak diminta")),
        ("checklist", _("Butir kesiapan"), _listed(item.title for item in policy.checklist)),
        (
            "skips_earlier_targets",
            _("Sasaran tahun sebelumnya"),
            _("tidak dipilih lagi") if policy.skips_earlier_targets else _("boleh dipilih lagi"),
        ),
        ("quota", _("Kuota"), "; ".join(quota)),
        ("signatory", _("Penanda tangan SK"), signatory_word(policy.signatory)),
    ]
    return [{"term": term, "text": text, "source": policy.sources.get(key, "")} for key, term, text in parts]


def chosen_village(choice: ChoiceFacts, policy: Policy) -> dict[str, Any]:
    """One village of a decision as plain values."""
    return {
        "code": choice.code,
        "name": choice.name,
        "district": choice.district,
        "regency": choice.regency,
        "money": choice.money_source.label,
        "reason": choice.reason,
        "override": choice.override,
        "override_reason": choice.override_reason,
        "reasons": reasons(choice.verdict, policy),
    }


def _pact(by_reason: dict[Reason, Obstacle], policy: Policy) -> Check:
    if (no := by_reason.get(Reason.PACT_REFUSED)) is not None:
        return Check(_NO, obstacle_text(no, policy))
    if (no := by_reason.get(Reason.PACT_UNKNOWN)) is not None:
        return Check(_UNKNOWN, obstacle_text(no, policy))
    return Check(_YES, _("Pakta integritas ditandatangani"))


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words) or _("tidak ada")
