"""It takes two people to declare an issued SK void; other letters go on as before."""

from datetime import date

import pytest
from django.urls import reverse

from bersinar.accounts.actions import together
from bersinar.accounts.errors import AskedByOneself, NeedsSecondPerson
from bersinar.accounts.models import JointAct
from bersinar.documents import actions, queries
from bersinar.documents.vocabulary import DocumentKind, LetterState

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def test_an_issued_sk_is_void_when_a_second_person_agrees(client_as, draft, actor_p2m, actor_head):
    letter = draft(DocumentKind.SK_PENETAPAN)
    actions.record_signed(letter, number="188.45/1", date=date(2023, 2, 1), by=actor_p2m)
    with pytest.raises(NeedsSecondPerson):
        actions.void_letter(letter, reason="Salah desa", by=actor_p2m)
    client_as("actor_p2m").post(reverse("documents:void", args=[letter.pk]), {"reason": "Salah desa"})
    act = JointAct.objects.for_actor(actor_head).get()
    assert queries.state_of(letter, actor_p2m) is LetterState.TERBIT
    with pytest.raises(AskedByOneself):
        together.confirm(act.pk, by=actor_p2m)
    client_as("actor_head").post(reverse("accounts:confirm", args=[act.pk]))
    assert queries.state_of(letter, actor_p2m) is LetterState.BATAL
    assert (
        "Salah desa"
        in client_as("actor_p2m").get(reverse("documents:letter", args=[letter.pk])).content.decode()
    )
