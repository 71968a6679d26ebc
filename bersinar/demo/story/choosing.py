"""The targets of 2023 and their decree.

Which villages were chosen is a fact of the press. Categories and readiness are generated and know nothing of it, so
the written reasons say so, and an exception stands wherever the generated values would not have allowed the choice.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from bersinar.demo.story.collecting import SEED
from bersinar.demo.story.maps import the_run
from bersinar.demo.story.people import Stage
from bersinar.demo.story.sources import DUKONG, TANJUNG_BINGA, TARGETS_2023
from bersinar.documents import actions as documents
from bersinar.targeting import actions, queries
from bersinar.targeting.models import Decision
from bersinar.targeting.vocabulary import Answer, MoneySource
from bersinar.territory.queries import villages_of_office

YEAR = 2023
CHOSEN = (TANJUNG_BINGA, DUKONG)
KEY = "contoh-sasaran-2023"
_ANSWERS = (Answer.YA, Answer.BELUM, Answer.TIDAK)
_REASON = (
    "Data pers: disebut sebagai sasaran 2023 menurut pemetaan BNNK Belitung. Pemetaan itu sendiri tidak terbit; "
    f"kategori di sini data contoh dan bukan dasar pilihan ini. Sumber: {TARGETS_2023}"
)
_EXCEPTION = "Sasaran mengikuti berita; kategori dan kesiapan di sini data contoh dan tidak menentukan."
_PASSED_OVER = "Sasaran mengikuti berita. Urutan menurut data contoh tidak dipakai untuk memilih."


def choose(stage: Stage) -> None:
    """Readiness drawn for some villages, the proposal, and the decision of the head."""
    _readiness(stage)
    run = the_run(stage, YEAR)
    ids = dict(villages_of_office(stage.office.pk).filter(code__in=CHOSEN).values_list("code", "pk"))
    lines = [actions.Chosen(ids[code], MoneySource.DIPA, _REASON, _EXCEPTION) for code in CHOSEN]
    draft = actions.save_proposal(
        YEAR, run_id=run.pk, lines=lines, passed_over_reason=_PASSED_OVER, by=stage.officer
    )
    actions.decide_proposal(YEAR, run_id=run.pk, revision=draft.revision, client_key=KEY, by=stage.head)


def the_decision(stage: Stage) -> Decision:
    """The decision of the head."""
    found: Decision = Decision.objects.for_actor(stage.officer).get(office=stage.office, client_key=KEY)
    return found


def decree(stage: Stage) -> None:
    """Drafted by the office, signed by others; number and date are typed and say that they are examples."""
    for letter in actions.draft_sk(the_decision(stage).pk, by=stage.officer):
        documents.record_signed(letter, number="CONTOH/000/2023", date=date(2023, 10, 26), by=stage.officer)


def _readiness(stage: Stage) -> None:
    """A third of the villages have been asked. Who, and what they answered, is drawn from the seed alone."""
    stream = np.random.Generator(np.random.PCG64([SEED, YEAR]))
    checklist = queries.policy_in_force(stage.office.pk, YEAR, stage.officer).policy.checklist
    for village_id in villages_of_office(stage.office.pk).values_list("pk", flat=True):
        asked = stream.random() < 0.33
        drawn = [_ANSWERS[k] for k in stream.choice(3, size=1 + len(checklist), p=(0.7, 0.2, 0.1))]
        if asked:
            actions.record_readiness(
                village_id,
                year=YEAR,
                pact=drawn[0],
                pact_evidence="Map kesiapan 2023 (contoh)" if drawn[0] is Answer.YA else "",
                answers={item.id: answer for item, answer in zip(checklist, drawn[1:], strict=True)},
                note="Data contoh",
                by=stage.officer,
            )
