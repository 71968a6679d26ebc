"""It opens and closes accounts inside the own office only, and gives rights by position."""

import pytest
from django.http import Http404
from django.urls import reverse

from bersinar.access import Actor, NotAllowed, Right, Role, Section
from bersinar.access.vocabulary import RIGHTS, rights_of
from bersinar.accounts import actions, errors, queries
from bersinar.accounts.models import User
from bersinar.territory.queries import villages_of_office
from tests.support.doors import enter
from tests.support.people import PASSWORD

pytestmark = pytest.mark.django_db


def open_account(by: Actor, **facts: object) -> User:
    wanted = {"username": "baru", "password": PASSWORD, "name": "Orang Baru", "role": Role.STAF}
    wanted |= {"section": Section.P2M} | facts
    return actions.open_account(**wanted, by=by)


def test_it_opens_an_account_in_the_own_office(actor_admin):
    assert open_account(actor_admin).office_id == actor_admin.office_id


def test_it_opens_an_account_for_a_village_the_office_serves(actor_admin):
    code = villages_of_office(actor_admin.office_id).first().code
    user = open_account(actor_admin, role=Role.KADES, section=None, village_code=code)
    assert (user.office_id, user.village.code) == (None, code)


def test_it_refuses_a_village_of_another_office(actor_admin):
    with pytest.raises(errors.PositionNotPossible):
        open_account(actor_admin, role=Role.KADES, section=None, village_code="19.01.01.1001")


def test_it_refuses_the_enforcement_right_for_rehabilitation(actor_head, actor_rehab):
    with pytest.raises(errors.EnforcementNotPossible):
        actions.grant_enforcement(actor_rehab.user_id, granted=True, by=actor_head)


def test_an_administrator_opens_no_account_with_the_enforcement_right(actor_admin, client_as):
    with pytest.raises(NotAllowed):
        open_account(actor_admin, sees_enforcement=True)
    form = {"username": "baru", "password": PASSWORD, "name": "B", "role": "STAF", "section": "P2M"}
    client_as("actor_admin").post(reverse("accounts:open_account"), form | {"sees_enforcement": "on"})
    assert User.objects.get(username="baru").sees_enforcement is False


def test_only_the_head_gives_and_takes_the_enforcement_right(client_as, actor_p2m):
    address = reverse("accounts:grant_enforcement", args=[actor_p2m.user_id])
    for who in ("actor_admin", "actor_p2m_cleared", "actor_enforcement"):
        assert client_as(who).post(address, {"granted": "1"}).status_code == 403
        assert client_as(who).get(reverse("accounts:clearance")).status_code == 403
    head = client_as("actor_head")
    assert address in head.get(reverse("accounts:clearance")).content.decode()
    for granted in (True, False):
        head.post(address, {"granted": "1" if granted else "0"})
        assert User.objects.get(pk=actor_p2m.user_id).sees_enforcement is granted


def test_the_head_gives_nothing_to_another_office(actor_head, actor_elsewhere):
    with pytest.raises(Http404):
        actions.grant_enforcement(actor_elsewhere.user_id, granted=False, by=actor_head)


def test_whoever_sets_a_password_gains_no_enforcement_values(actor_admin, actor_p2m_cleared, actor_head):
    pk = actor_p2m_cleared.user_id
    actions.give_new_password(pk, "empat kata acak baru", by=actor_admin)
    assert Right.VALUES_SEE_ENFORCEMENT not in queries.actor_of(User.objects.get(pk=pk)).rights
    actions.grant_enforcement(pk, granted=True, by=actor_head)
    actions.close_account(pk, by=actor_admin)
    actions.reopen_account(pk, by=actor_admin)
    assert Right.VALUES_SEE_ENFORCEMENT not in queries.actor_of(User.objects.get(pk=pk)).rights


def test_a_new_office_comes_to_its_enforcement_values(actor_admin):
    """The administrator opens the head's account, and the head decides about everybody, himself among them."""
    head = open_account(actor_admin, username="kepala.baru", role=Role.KEPALA, section=None)
    officer = open_account(actor_admin)
    actions.grant_enforcement(officer.pk, granted=True, by=queries.actor_of(head))
    assert User.objects.get(pk=officer.pk).sees_enforcement


def test_it_refuses_people_who_may_not_manage(actor_p2m):
    with pytest.raises(NotAllowed):
        open_account(actor_p2m)


def test_it_does_not_find_a_person_of_another_office(actor_admin, actor_elsewhere):
    with pytest.raises(Http404):
        actions.close_account(actor_elsewhere.user_id, by=actor_admin)


def test_it_keeps_an_administrator_from_closing_the_own_account(actor_admin):
    with pytest.raises(errors.OwnAccount):
        actions.close_account(actor_admin.user_id, by=actor_admin)


def test_a_closed_account_cannot_sign_in(client, actor_admin, actor_p2m):
    actions.close_account(actor_p2m.user_id, by=actor_admin)
    page = client.post(reverse("accounts:login"), {"username": "p2m", "password": PASSWORD})
    assert "keliru" in page.content.decode()


def test_it_signs_in_and_goes_where_the_person_wanted(client, actor_p2m):
    assert enter(client, "p2m", target="/peta/").headers["Location"] == "/peta/"


def test_it_never_sends_a_person_to_another_site(client, actor_p2m):
    assert enter(client, "p2m", target="//example.org/").headers["Location"] == "/"


def test_no_position_has_the_enforcement_right_by_itself():
    assert not any(Right.VALUES_SEE_ENFORCEMENT in rights for rights in RIGHTS.values())
    assert Right.VALUES_SEE_ENFORCEMENT not in rights_of(Role.KADES, None, enforcement=True)


def test_a_province_sees_the_offices_inside_it(actor_province, belitung):
    assert belitung.pk in actor_province.office_ids
    assert set(actor_province.prefixes) == {"19", "19.02", "19.06"}


def test_it_gives_a_new_password_to_whoever_forgot_theirs(client, actor_admin, actor_p2m):
    enter(client, "p2m")
    actions.give_new_password(actor_p2m.user_id, "empat kata acak baru", by=actor_admin)
    assert client.get(reverse("accounts:own_password")).status_code == 302
    user = User.objects.get(pk=actor_p2m.user_id)
    assert user.check_password("empat kata acak baru")


def test_it_does_not_give_oneself_a_password_without_the_old_one(actor_admin):
    with pytest.raises(errors.OwnPassword):
        actions.give_new_password(actor_admin.user_id, "empat kata acak baru", by=actor_admin)


def test_it_does_not_give_a_password_to_another_office(actor_admin, actor_elsewhere):
    with pytest.raises(Http404):
        actions.give_new_password(actor_elsewhere.user_id, "empat kata acak baru", by=actor_admin)


def test_a_reopened_account_can_sign_in_again(client, actor_admin, actor_p2m):
    actions.close_account(actor_p2m.user_id, by=actor_admin)
    actions.reopen_account(actor_p2m.user_id, by=actor_admin)
    assert enter(client, "p2m").headers["Location"] == "/"


@pytest.mark.parametrize("name", ["accounts:people", "accounts:open_account"])
def test_an_administrator_opens_the_pages_of_people(client_as, actor_p2m, name):
    assert client_as("actor_admin").get(reverse(name)).status_code == 200


def test_the_page_offers_the_enforcement_right_only_where_it_is_possible(client_as, actor_rehab, actor_kades):
    page = client_as("actor_head").get(reverse("accounts:clearance")).content.decode()
    for actor in (actor_rehab, actor_kades):
        assert reverse("accounts:grant_enforcement", args=[actor.user_id]) not in page
