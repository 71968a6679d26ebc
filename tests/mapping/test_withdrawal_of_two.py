"""It takes two people to take values back from under a released map."""

import pytest
from django.urls import reverse

from bersinar.access import Section
from bersinar.access.vocabulary import Role
from bersinar.accounts.errors import NeedsSecondPerson
from bersinar.accounts.models import JointAct, User
from bersinar.fieldwork import actions as fieldwork
from bersinar.fieldwork.models import Import, Withdrawal
from bersinar.fieldwork.sheets import write_template
from bersinar.mapping import actions
from tests.mapping.conftest import fill
from tests.support.people import person

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


@pytest.fixture
def applied(belitung, officer, answers, settings, tmp_path) -> Import:
    """A round with a file taken over."""
    import io

    from openpyxl import load_workbook

    settings.BERSINAR_DATA = tmp_path
    round_ = fieldwork.open_round(year=2023, title="Pemetaan kawasan", by=officer)
    fill(round_, answers)
    book = load_workbook(io.BytesIO(write_template(round_, officer)))
    book["Isian"]["E5"] = 9
    stream = io.BytesIO()
    book.save(stream)
    received = fieldwork.receive_file(round_.pk, stream.getvalue(), name="a.xlsx", by=officer)
    fieldwork.read_import(received.pk, by=officer)
    return fieldwork.apply_import(received.pk, by=officer)


def test_before_the_release_one_person_takes_it_back(applied, officer):
    fieldwork.withdraw_import(applied.pk, reason="Salah berkas", by=officer)
    assert Withdrawal.objects.for_actor(officer).count() == 1


def test_under_a_released_map_a_second_person_must_agree(applied, officer, belitung, client_as):
    run = actions.run_mapping(applied.round_id, rule_key="terbit", by=officer)
    actions.release_run(run.pk, by=officer)
    with pytest.raises(NeedsSecondPerson):
        fieldwork.withdraw_import(applied.pk, reason="Salah berkas", by=officer)
    address = reverse("fieldwork:withdraw", args=[applied.pk])
    client_as("actor_p2m_cleared").post(address, {"reason": "Salah berkas"})
    assert not Withdrawal.objects.for_actor(officer).exists()
    act = JointAct.objects.for_actor(officer).get()
    colleague = person("rekan", Role.STAF, Section.P2M, office=belitung, sees_enforcement=True)
    from django.test import Client

    other = Client()
    other.force_login(User.objects.get(pk=colleague.user_id))
    assert other.post(reverse("accounts:confirm", args=[act.pk])).status_code == 302
    assert Withdrawal.objects.for_actor(officer).get().withdrawn_by_name == colleague.name
