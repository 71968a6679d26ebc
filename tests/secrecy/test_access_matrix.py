"""It opens each address exactly to the positions that hold its right, and to nobody else.

Every address is opened as every position. What a position must get follows from the table of rights; a page of
another region or one that does not exist is "not there", never "forbidden", so that its existence is not told.
"""

import re

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from bersinar.access.urls import patterns
from bersinar.accounts.models import User

PEOPLE = [
    "actor_p2m",
    "actor_p2m_cleared",
    "actor_head",
    "actor_admin",
    "actor_enforcement",
    "actor_rehab",
    "actor_province",
    "actor_elsewhere",
    "actor_kades",
]
# An identifier that stands for nothing: whoever holds the right finds nothing there.
NOTHING = {
    "int": "987654321",
    "str": "99.99.99.9999",
    "slug": "tidak-ada",
    "uuid": "0" * 8 + "-0000-4000-8000-" + "0" * 12,
}
FINE = {200, 302, 303, 400, 404, 405}


def addresses():
    for where, pattern in patterns():
        filled = re.sub(r"<(?:(\w+):)?(\w+)>", lambda match: NOTHING[match[1] or "str"], where)
        yield pytest.param("/" + filled.replace("\\Z", ""), pattern.callback.access_rule, id=where)


@pytest.fixture
def everybody(request):
    """One logged-in browser for each position, and one that is nobody's."""
    browsers = {"anonymous": (None, Client(raise_request_exception=False))}
    for name in PEOPLE:
        actor = request.getfixturevalue(name)
        browser = Client(raise_request_exception=False)
        browser.force_login(User.objects.get(pk=actor.user_id))
        browsers[name] = (actor, browser)
    return browsers


@pytest.mark.django_db
def test_each_address_opens_to_those_who_hold_its_right_only(everybody):
    wrong = []
    for parameter in addresses():
        address, rule = parameter.values
        for name, (actor, browser) in everybody.items():
            for method in ("get", "post"):
                if rule.right is None and method == "post":
                    continue
                status = getattr(browser, method)(address).status_code
                if rule.right is None:
                    expected = FINE
                elif actor is None:
                    expected = {302}
                elif actor.can(rule.right):
                    # 403 inside: the page asks a second right of its own (such as the one to decide).
                    expected = FINE | {403} if method == "post" else FINE
                else:
                    expected = {403}
                if status not in expected:
                    wrong.append(f"{method} {address} as {name}: {status}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.django_db
def test_an_anonymous_person_is_always_sent_to_the_door(client):
    door = reverse("accounts:login")
    for parameter in addresses():
        address, rule = parameter.values
        if rule.right is not None:
            assert client.get(address).headers["Location"].startswith(door), address


def test_no_address_is_public_without_a_reason():
    for parameter in addresses():
        _address, rule = parameter.values
        assert rule.right is not None or rule.why


def test_there_is_no_admin_site():
    with pytest.raises(NoReverseMatch):
        reverse("admin:index")
