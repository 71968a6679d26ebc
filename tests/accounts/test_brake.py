"""It slows down whoever guesses at a name, forgets in a day, and never tells which names are known."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bersinar.accounts import actions, brake, errors
from bersinar.accounts.models import SignInTries
from bersinar.audit.models import Event
from tests.support.people import PASSWORD

pytestmark = pytest.mark.django_db
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
SLOWED = "Terlalu banyak kata sandi keliru"


def sign_in(username="p2m", password="keliru sekali ini"):
    # A new browser each time: the brake is about the name.
    return Client().post(reverse("accounts:login"), {"username": username, "password": password})


def guess(times, **more):
    return [SLOWED in sign_in(**more).content.decode() for _time in range(times)]


def tries(username="p2m"):
    return SignInTries.objects.unscoped("test").filter(username=username).first()


def test_it_closes_a_name_after_five_wrong_passwords(actor_p2m):
    assert guess(7) == [False] * 5 + [True] * 2


def test_a_closed_name_does_not_open_for_the_right_password_either(actor_p2m):
    guess(5)
    assert SLOWED in sign_in(password=PASSWORD).content.decode()


def test_it_opens_again_when_the_time_is_over(actor_p2m):
    guess(5)
    SignInTries.objects.unscoped("test").update(closed_until=timezone.now() - SECOND)
    assert sign_in(password=PASSWORD).status_code == 302
    assert tries() is None


def test_it_treats_a_name_nobody_has_the_same(actor_p2m):
    assert guess(7, username="siapa") == guess(7)


@pytest.mark.parametrize("spelled", ["P2M", " p2m ", "p2M"])
def test_it_counts_every_spelling_of_a_name_together(actor_p2m, spelled):
    guess(5, username=spelled)
    assert guess(1) == [True]


def test_it_leaves_other_names_alone(actor_p2m, actor_head):
    guess(6)
    assert sign_in("kepala", PASSWORD).status_code == 302


def test_each_wait_is_longer_and_none_is_for_good():
    waits = [brake.wait_after(number) for number in range(4, 200)]
    assert waits[:4] == [timedelta(0), *(timedelta(seconds=30) * factor for factor in (1, 2, 4))]
    assert waits == sorted(waits) and waits[-1] == timedelta(minutes=15)


def test_a_try_while_closed_does_not_make_it_longer(actor_p2m):
    guess(5)
    before = tries().closed_until
    guess(3)
    assert tries().closed_until == before


def test_it_forgets_after_a_day():
    now = timezone.now()
    for _try in range(4):
        brake.count("p2m", now=now)
    brake.count("lain", now=now + DAY + SECOND)
    assert tries() is None


def test_it_refuses_with_the_minutes_to_wait():
    now = timezone.now()
    for _try in range(5):
        brake.count("p2m", now=now)
    with pytest.raises(errors.TooManyTries, match="1 menit"):
        brake.count("p2m", now=now + SECOND)


def test_a_new_password_opens_the_name(actor_admin, actor_p2m):
    guess(6)
    actions.give_new_password(actor_p2m.user_id, "empat kata acak baru", by=actor_admin)
    assert sign_in(password="empat kata acak baru").status_code == 302


def test_it_tells_the_audit_once_and_only_of_known_names(actor_p2m):
    guess(7)
    guess(7, username="kata sandi saya")
    found = Event.objects.unscoped("test").filter(verb="accounts.sign_in_slowed")
    # Of the other name only that there was one: what was typed may be a password.
    assert [event.about_id for event in found.order_by("seq")] == [str(actor_p2m.user_id), ""]
    assert not any("sandi saya" in event.facts_text for event in found)


def test_it_slows_guesses_at_the_old_password_too(client_as):
    browser = client_as("actor_p2m")
    form = {"current": "keliru sekali ini", "new": "empat kata acak baru"}
    pages = [browser.post(reverse("accounts:own_password"), form).content.decode() for _time in range(6)]
    assert [SLOWED in page for page in pages] == [False] * 5 + [True]
