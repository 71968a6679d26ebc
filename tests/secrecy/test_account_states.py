"""It opens no address to an account that is not wholly in: every address, every position, every state of an account.

The states stand in one table, each with how it comes about; what must be answered is the same for all of them.
"""

import re
from dataclasses import dataclass

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from bersinar.access.urls import patterns
from bersinar.accounts import actions, middleware, phones
from bersinar.accounts.models import Device, User
from tests.secrecy.test_access_matrix import FINE, NOTHING, PEOPLE
from tests.support.doors import first_step, give_app

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
DOOR = reverse("accounts:login")
STAFF = [name for name in PEOPLE if name != "actor_kades"]


@dataclass(frozen=True)
class Closed:
    """A state in which nothing opens; `make` gets a browser that was in, and the person."""

    name: str
    make: object
    people: list[str]
    # A session that ends is gone with the first page, so it is made anew for each; these stay as they are.
    lasts: bool = False


def _half_open(browser, user):
    """The password was right, and nothing was ever set up."""
    browser.post(reverse("accounts:logout"))
    assert first_step(browser, user.username).headers["Location"] == reverse("accounts:enrol")


def _second_step_missing(browser, user):
    """The password was right, the second factor was not shown."""
    browser.post(reverse("accounts:logout"))
    give_app(user.username)
    assert first_step(browser, user.username).headers["Location"] == reverse("accounts:second_step")


def _slowed(browser, user):
    """Too many wrong passwords, then the right one."""
    browser.post(reverse("accounts:logout"))
    for _try in range(5):
        first_step(browser, user.username, password="keliru sekali ini")
    assert "Terlalu banyak" in first_step(browser, user.username).content.decode()


def _disabled(browser, user):
    User.objects.filter(pk=user.pk).update(is_active=False)


def _password_given(browser, user):
    user.set_password("empat kata acak baru")
    user.save()


def _idle(browser, user):
    _age(browser, middleware.SEEN, middleware.IDLE)


def _old(browser, user):
    _age(browser, middleware.SINCE, middleware.LONGEST)


def _no_mark(browser, user):
    """A session somehow made without the second step, as those of earlier versions were."""
    session = browser.session
    del session[middleware.FACTOR]
    session.save()


def _demo_mark(browser, user):
    """A session of a demo, brought to a real office."""
    session = browser.session
    session[middleware.FACTOR] = "sandi"
    session.save()


def _age(browser, key, seconds):
    session = browser.session
    session[key] -= seconds
    session.save()


STATES = [
    Closed("no second factor", _half_open, STAFF, lasts=True),
    Closed("second step missing", _second_step_missing, STAFF, lasts=True),
    Closed("slowed", _slowed, PEOPLE, lasts=True),
    Closed("disabled", _disabled, PEOPLE, lasts=True),
    Closed("password changed elsewhere", _password_given, PEOPLE, lasts=True),
    Closed("idle session", _idle, PEOPLE),
    Closed("session of yesterday", _old, PEOPLE),
    Closed("session without the mark", _no_mark, STAFF),
    Closed("session of a demo", _demo_mark, STAFF),
]


def guarded():
    """Every address that asks for a right, with something in it that does not exist."""
    for where, pattern in patterns():
        if pattern.callback.access_rule.right is not None:
            filled = re.sub(r"<(?:(\w+):)?(\w+)>", lambda match: NOTHING[match[1] or "str"], where)
            yield "/" + filled.replace("\\Z", ""), pattern.callback.access_rule


@pytest.mark.parametrize("state", [one for one in STATES if one.lasts], ids=lambda state: state.name)
def test_nothing_opens_to_any_position_while_an_account_is_not_in(request, client_as, state):
    wrong, methods = [], ("get", "post")
    for turn, name in enumerate(state.people):
        user = User.objects.get(pk=request.getfixturevalue(name).user_id)
        browser = client_as(name)
        state.make(browser, user)
        for number, (address, _rule) in enumerate(guarded()):
            # Each address both ways, but not both ways for every position.
            method = methods[(turn + number) % 2]
            if not sent_to_the_door(getattr(browser, method)(address)):
                wrong.append(f"{method} {address} as {name}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("state", [one for one in STATES if not one.lasts], ids=lambda state: state.name)
def test_nothing_opens_to_a_session_that_has_ended(request, client_as, state):
    wrong = []
    for number, (address, _rule) in enumerate(guarded()):
        name = state.people[number % len(state.people)]
        user = User.objects.get(pk=request.getfixturevalue(name).user_id)
        for method in ("get", "post"):
            browser = client_as(name)
            state.make(browser, user)
            if not sent_to_the_door(getattr(browser, method)(address)):
                wrong.append(f"{method} {address} as {name}")
    assert not wrong, "\n".join(wrong)


def sent_to_the_door(answer):
    return answer.status_code == 302 and answer.headers["Location"].startswith(DOOR)


def test_a_stale_proof_opens_what_it_should_and_nothing_that_takes_data_home(request, client_as):
    """Addresses marked fresh ask again, for everybody who holds their right; all others go on as before."""
    wrong, asked, seen = [], set(), set()
    for name in STAFF:
        actor, browser = request.getfixturevalue(name), client_as(name)
        _age(browser, middleware.PROVEN, middleware.FRESH_FOR)
        for address, rule in guarded():
            if not actor.can(rule.right) or (address in seen and not rule.fresh):
                continue
            seen.add(address)
            answer = browser.get(address)
            to_proof = answer.headers.get("Location", "").startswith(reverse("accounts:prove"))
            if to_proof:
                asked.add(address)
            if to_proof is not rule.fresh:
                wrong.append(f"{address} as {name}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert len(asked) >= 12


def test_a_demo_opens_by_the_password_and_only_what_the_position_may(request):
    browsers = []
    with override_settings(BERSINAR_DEMO=True):
        for name in STAFF:
            actor, browser = request.getfixturevalue(name), Client(raise_request_exception=False)
            first_step(browser, User.objects.get(pk=actor.user_id).username)
            browsers.append((actor, browser))
        for number, (address, rule) in enumerate(guarded()):
            actor, browser = browsers[number % len(browsers)]
            status = browser.get(address).status_code
            assert status in (FINE if actor.can(rule.right) else {403}), (address, status)


def test_a_village_with_a_pin_opens_its_own_pages_only(belitung, actor_admin, actor_kades, settings):
    """The light account is the same position by another door."""
    from django.contrib.auth.hashers import make_password
    from django.utils import timezone

    from bersinar.accounts.sealing import digest

    token = "t" * 43
    phone = Client(raise_request_exception=False)
    phone.cookies["perangkat"] = token
    device = Device.objects.create(
        user_id=actor_kades.user_id,
        token_digest=digest(token),
        label="Chrome · Android",
        pin=make_password("380517"),
        seen_at=timezone.now(),
    )
    phone.post(reverse("accounts:pin", args=[device.pk]), {"pin": "380517"})
    assert phone.session[middleware.FACTOR] == "pin" and not phones.served()
    for address, rule in guarded():
        status = phone.get(address).status_code
        assert status in (FINE if actor_kades.can(rule.right) else {403}), (address, status)


def test_what_gives_others_power_or_takes_data_home_is_marked_fresh():
    """A new address of this kind must be on the list, or the list must be made longer on purpose."""
    fresh = {pattern.name for _where, pattern in patterns() if pattern.callback.access_rule.fresh}
    assert fresh >= {
        "grant_enforcement",
        "ask_clearance",
        "ask_factor_reset",
        "confirm",
        "open_account",
        "close_account",
        "reopen_account",
        "new_password",
        "replace_app",
        "add_passkey",
        "remove_passkey",
        "renew_codes",
        "table_xlsx",
        "table_csv",
        "list_xlsx",
    }


def test_a_person_who_loses_a_position_loses_it_with_the_next_page(client_as, actor_p2m_cleared, actor_head):
    browser = client_as("actor_p2m_cleared")
    address = reverse("mapping:rules")
    before = browser.get(address).content.decode()
    actions.grant_enforcement(actor_p2m_cleared.user_id, granted=False, by=actor_head)
    assert 'name="limit_P5"' in before and 'name="limit_P5"' not in browser.get(address).content.decode()
