"""Draft the decree that names the villages."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from bersinar.access import Actor, Right, get_or_404
from bersinar.documents import actions as documents
from bersinar.documents.models import Letter
from bersinar.documents.vocabulary import DocumentKind
from bersinar.documents.vocabulary import Signatory as Signer
from bersinar.targeting import errors, queries
from bersinar.targeting.actions.common import lock, office_of
from bersinar.targeting.models import Decision
from bersinar.targeting.queries import ChoiceFacts, DecisionFacts
from bersinar.targeting.vocabulary import Signatory
from bersinar.territory.vocabulary import RegencyKind, VillageKind


def draft_sk(decision_id: int, *, by: Actor) -> list[Letter]:
    """Draft the decree. A Bupati decides for one regency, so villages of two regencies give two drafts."""
    by.require(Right.TARGETS_PREPARE)
    office_id = office_of(by)
    with transaction.atomic():
        lock(office_id, by)
        about = get_or_404(Decision, by, pk=decision_id, office_id=office_id)
        facts = queries.decision(decision_id, by)
        if not facts.is_current:
            raise errors.AlreadySuperseded()
        there = {row.letter.signatory_position: row.letter for row in queries.decrees(decision_id, by)}
        unsigned = queries.unsigned_decrees_before(facts, by)
        letters = []
        for signer, choices in _signed_by(facts):
            letter = there.get(signer.position) or documents.draft_letter(
                DocumentKind.SK_PENETAPAN,
                about=about,
                facts=_decree_facts(facts, choices),
                signatory=signer,
                by=by,
                # A draft of the decision that was replaced must not be signed by mistake.
                replaces=unsigned.get(signer.position),
            )
            letters.append(letter)
    return letters


def _signed_by(facts: DecisionFacts) -> list[tuple[Signer, list[ChoiceFacts]]]:
    """Who signs for which villages, by office and never by name."""
    if facts.policy.signatory is Signatory.KEPALA_UNIT:
        return [(Signer(f"Kepala {facts.office_name}", own=True), list(facts.choices))]
    by_head: dict[str, list[ChoiceFacts]] = {}
    for choice in facts.choices:
        head = "Wali Kota" if choice.regency_kind == RegencyKind.KOTA else "Bupati"
        by_head.setdefault(f"{head} {choice.regency}", []).append(choice)
    return [(Signer(position, own=False), choices) for position, choices in by_head.items()]


def _decree_facts(facts: DecisionFacts, choices: list[ChoiceFacts]) -> dict[str, Any]:
    """Village, kecamatan and money source only: never category, score, rank or reason."""
    return {
        "year": facts.year,
        "villages": [
            {
                "name": choice.name,
                "kind_word": VillageKind(choice.kind).label,
                "district": choice.district,
                "regency": choice.regency,
                "money_source": choice.money_source.label,
            }
            for choice in choices
        ],
        "example": facts.is_example,
    }
