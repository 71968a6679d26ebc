"""It does nothing dangerous for one person alone: another must agree, in time, and neither is the one it is about."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404
from django.test import Client
from django.urls import reverse

from bersinar.access import NotAllowed, Right, Role, Section
from bersinar.accounts import actions, clock, errors, queries
from bersinar.accounts.actions import joint_kinds
from bersinar.accounts.actions import together as joint
from bersinar.accounts.models import AuthenticatorApp, JointAct, Session, User
from bersinar.accounts.vocabulary import JointState
from bersinar.audit.models import Event
from tests.support.doors import first_step, give_app
from tests.support.people import PASSWORD, person

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
NEW = "empat kata acak baru"


@pytest.fixture
def second_admin(belitung):
    return person("admin.dua", Role.ADMIN, office=belitung)


def user(actor):
    return User.objects.get(pk=actor.user_id)


def has_app(actor):
    return AuthenticatorApp.objects.for_actor(actor).exists()


def ask_reset(subject, by):
    return joint_kinds.ask_factor_reset(subject.user_id, reason="Ponsel hilang", by=by)


def test_head_and_administrator_reset_the_second_factor_of_an_officer(
    actor_admin, actor_head, actor_p2m_cleared, client_as
):
    give_app("p2m.khusus")
    browser = client_as("actor_p2m_cleared")
    act = ask_reset(actor_p2m_cleared, actor_admin)
    assert has_app(actor_p2m_cleared) and browser.get("/").status_code == 200
    joint.confirm(act.pk, by=actor_head)
    assert not has_app(actor_p2m_cleared) and browser.get("/").status_code == 302
    assert not user(actor_p2m_cleared).sees_enforcement
    assert first_step(Client(), "p2m.khusus").headers["Location"] == reverse("accounts:enrol")
    verbs = Event.objects.unscoped("test").order_by("seq").values_list("verb", "actor_id")
    assert [*verbs][:3] == [
        ("accounts.joint_asked", actor_admin.user_id),
        ("accounts.factor_reset", actor_head.user_id),
        ("accounts.joint_decided", actor_head.user_id),
    ]


def test_two_administrators_do_not_decide_over_an_officer_but_over_a_head(
    actor_admin, second_admin, actor_head, actor_p2m
):
    give_app("p2m")
    give_app("kepala")
    with pytest.raises(errors.NotThesePeople):
        joint.confirm(ask_reset(actor_p2m, actor_admin).pk, by=second_admin)
    assert has_app(actor_p2m)
    joint.confirm(ask_reset(actor_head, actor_admin).pk, by=second_admin)
    assert not has_app(actor_head)


def test_nobody_agrees_to_what_he_asked_for_or_what_is_about_himself(actor_admin, second_admin, actor_head):
    give_app("admin")
    act = ask_reset(second_admin, actor_admin)
    for who in (actor_admin, second_admin):
        with pytest.raises(errors.AskedByOneself):
            joint.confirm(act.pk, by=who)
    with pytest.raises(errors.OwnAccount):
        ask_reset(actor_admin, actor_admin)
    assert JointAct.objects.for_actor(actor_head).get().state == JointState.MENUNGGU


def test_the_database_itself_refuses_one_person_for_two(actor_admin, actor_p2m):
    act = ask_reset(actor_p2m, actor_admin)
    with pytest.raises(IntegrityError), transaction.atomic():
        JointAct.objects.for_actor(actor_admin).filter(pk=act.pk).update(decided_by_id=actor_admin.user_id)


def test_an_administrator_alone_gives_the_head_no_password(actor_admin, actor_head, second_admin, client):
    """The hole of decision 0003: a new password, and then granting as the head."""
    with pytest.raises(errors.NeedsSecondPerson):
        actions.give_new_password(actor_head.user_id, NEW, by=actor_admin)
    assert user(actor_head).check_password(PASSWORD)
    act = joint_kinds.ask_password(actor_head.user_id, NEW, reason="Lupa", by=actor_admin)
    assert NEW not in str(act.facts) and user(actor_head).check_password(PASSWORD)
    joint.confirm(act.pk, by=second_admin)
    assert user(actor_head).check_password(NEW)
    # Even now the administrator who chose the password has no second factor of the head.
    give_app("kepala")
    first_step(client, "kepala", password=NEW)
    assert client.get(reverse("accounts:clearance")).status_code == 302
    assert not JointAct.objects.for_actor(second_admin).exclude(facts={}).exists()


@pytest.mark.parametrize("role", [Role.KEPALA, Role.ADMIN])
def test_nobody_opens_a_second_door_opener_alone(actor_admin, actor_head, role):
    facts = {"username": "baru", "password": NEW, "name": "Orang Baru", "role": role}
    with pytest.raises(errors.NeedsSecondPerson):
        actions.open_account(**facts, by=actor_admin)
    act = joint_kinds.ask_account(**facts, reason="Mutasi", by=actor_admin)
    assert not User.objects.filter(username="baru").exists()
    joint.confirm(act.pk, by=actor_head)
    assert User.objects.get(username="baru").check_password(NEW)


def test_a_head_who_is_closed_counts_as_a_head(actor_admin, actor_head):
    actions.close_account(actor_head.user_id, by=actor_admin)
    with pytest.raises(errors.NeedsSecondPerson):
        actions.open_account(username="lain", password=NEW, name="L", role=Role.KEPALA, by=actor_admin)


def test_the_head_is_cleared_with_the_administrator_only(actor_head, actor_admin, actor_p2m, client_as):
    with pytest.raises(errors.NeedsSecondPerson):
        actions.grant_enforcement(actor_head.user_id, granted=True, by=actor_head)
    client_as("actor_head").post(reverse("accounts:ask_clearance", args=[actor_head.user_id]))
    act = JointAct.objects.for_actor(actor_head).get()
    assert not user(actor_head).sees_enforcement
    client_as("actor_admin").post(reverse("accounts:confirm", args=[act.pk]))
    assert user(actor_head).sees_enforcement
    actions.grant_enforcement(actor_head.user_id, granted=False, by=actor_head)
    assert not user(actor_head).sees_enforcement


def test_an_administrator_cannot_be_cleared_at_all(actor_head, actor_admin):
    with pytest.raises(errors.EnforcementNotPossible):
        joint_kinds.ask_clearance(actor_admin.user_id, reason="x", by=actor_head)


def test_others_neither_see_nor_agree(
    actor_admin, actor_p2m, actor_p2m_cleared, actor_elsewhere, elsewhere, client_as
):
    act = ask_reset(actor_p2m, actor_admin)
    strange_head = person("kepala.bangka", Role.KEPALA, office=elsewhere)
    for who in (actor_p2m, actor_p2m_cleared, actor_elsewhere, strange_head):
        with pytest.raises(Http404):
            joint.confirm(act.pk, by=who)
        assert not queries.joint_acts(who)
    with pytest.raises(NotAllowed):
        ask_reset(actor_p2m_cleared, actor_p2m)


def test_the_head_of_the_province_may_be_the_second_person(actor_admin, actor_head, province):
    give_app("kepala")
    above = person("kepala.provinsi", Role.KEPALA, office=province)
    joint.confirm(
        ask_reset(actor_head, actor_admin).pk, by=queries.actor_of(User.objects.get(pk=above.user_id))
    )
    assert not has_app(actor_head)


def test_the_rights_of_the_moment_count(actor_admin, second_admin, actor_head, actor_p2m):
    give_app("p2m")
    act = ask_reset(actor_p2m, actor_admin)
    actions.close_account(actor_admin.user_id, by=second_admin)
    with pytest.raises(errors.NotThesePeople):
        joint.confirm(act.pk, by=actor_head)
    assert has_app(actor_p2m)


def test_after_three_days_it_is_too_late_and_may_be_asked_again(actor_admin, actor_head, actor_p2m):
    act = ask_reset(actor_p2m, actor_admin)
    with pytest.raises(errors.AlreadyAsked):
        ask_reset(actor_p2m, actor_admin)
    JointAct.objects.for_actor(actor_admin).update(expires_at=clock.now() - timedelta(seconds=1))
    with pytest.raises(errors.JointExpired):
        joint.confirm(act.pk, by=actor_head)
    assert queries.joint_acts(actor_head)[0].state is JointState.KEDALUWARSA
    again = ask_reset(actor_p2m, actor_admin)
    joint.confirm(again.pk, by=actor_head)
    with pytest.raises(errors.AlreadyDecided):
        joint.confirm(again.pk, by=actor_head)


def test_refused_or_taken_back_nothing_happens(actor_admin, actor_head, actor_p2m):
    give_app("p2m")
    with pytest.raises(errors.AskedByOneself):
        joint.refuse(ask_reset(actor_p2m, actor_admin).pk, by=actor_admin)
    act = JointAct.objects.for_actor(actor_admin).get()
    joint.refuse(act.pk, by=actor_head)
    taken = ask_reset(actor_p2m, actor_admin)
    with pytest.raises(errors.AlreadyDecided):
        joint.take_back(taken.pk, by=actor_head)
    joint.take_back(taken.pk, by=actor_admin)
    with pytest.raises(errors.AlreadyDecided):
        joint.confirm(taken.pk, by=actor_head)
    assert has_app(actor_p2m)
    assert {row.state for row in queries.joint_acts(actor_admin)} == {JointState.DITOLAK, JointState.DITARIK}


def test_the_pages_carry_it_from_asking_to_done(actor_admin, actor_head, actor_p2m, client_as):
    give_app("p2m")
    admin, head = client_as("actor_admin"), client_as("actor_head")
    address = reverse("accounts:ask_factor_reset", args=[actor_p2m.user_id])
    assert address in admin.get(reverse("accounts:people")).content.decode()
    admin.post(address, {"reason": "Ponsel hilang di laut"})
    act = JointAct.objects.for_actor(actor_admin).get()
    assert "Putuskan: Pasang ulang langkah kedua" in head.get("/").content.decode()
    confirm = reverse("accounts:confirm", args=[act.pk])
    page = head.get(reverse("accounts:together")).content.decode()
    assert "Ponsel hilang di laut" in page and confirm in page
    assert confirm not in admin.get(reverse("accounts:together")).content.decode()
    assert head.post(confirm).status_code == 302
    assert not has_app(actor_p2m)


def test_a_head_without_a_fresh_proof_neither_grants_nor_agrees(
    actor_admin, actor_head, actor_p2m, client_as
):
    """Who sits down at a PC left open cannot give himself rights."""
    act = ask_reset(actor_p2m, actor_admin)
    head = client_as("actor_head")
    session = head.session
    session["terbukti"] -= 16 * 60
    session.save()
    for name, pk in (("confirm", act.pk), ("grant_enforcement", actor_p2m.user_id)):
        answer = head.post(reverse(f"accounts:{name}", args=[pk]), {"granted": "1"})
        assert answer.headers["Location"].startswith(reverse("accounts:prove"))
    assert not user(actor_p2m).sees_enforcement
    assert JointAct.objects.for_actor(actor_head).get().state == JointState.MENUNGGU
    assert head.get("/").status_code == 200


def test_a_weak_password_is_refused_before_it_is_asked_for(actor_admin, actor_head):
    with pytest.raises(ValidationError):
        joint_kinds.ask_password(actor_head.user_id, "pendek", reason="x", by=actor_admin)
    with pytest.raises(ValidationError):
        joint_kinds.ask_account(
            username="b", password="pendek", name="B", role=Role.ADMIN, reason="x", by=actor_admin
        )


def test_an_office_without_a_head_gets_its_first_one_from_the_administrator(actor_admin):
    made = actions.open_account(
        username="kepala.satu", password=NEW, name="K", role=Role.KEPALA, by=actor_admin
    )
    assert Right.ENFORCEMENT_GRANT in queries.actor_of(made).rights
    assert not Session.objects.for_actor(actor_admin).filter(user=made).exists()


def test_staff_is_opened_as_before(actor_admin):
    made = actions.open_account(
        username="staf.baru", password=NEW, name="S", role=Role.STAF, section=Section.P2M, by=actor_admin
    )
    assert made.pk
