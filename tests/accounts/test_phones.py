"""It lets somebody of a village in by a paper once, then by six digits on that phone alone."""

import re
from datetime import timedelta

import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse

from bersinar.access import NotAllowed, Role
from bersinar.accounts import actions, clock, errors
from bersinar.accounts.actions.phones import make_paper
from bersinar.accounts.models import Device, Invitation, User
from bersinar.config.shape import Shape, Standing
from bersinar.territory.queries import villages_of_office
from tests.support.people import person

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
PIN, WRONG = "380517", "916248"
DOOR = reverse("accounts:village_door")


class UnderTls(Client):
    """A browser that reached the office as shape (b) is reached."""

    def generic(self, *given, **named):
        return super().generic(*given, **named | {"secure": True})


def browser():
    return UnderTls()


@pytest.fixture(autouse=True)
def office_network(settings):
    """Shape (b): what reaches the office from other machines, and only under TLS."""
    settings.BERSINAR_STANDING = Standing(Shape.OFFICE_NETWORK, "https://testserver")


@pytest.fixture
def office_pc(client_as):
    """`office_pc("actor_admin")`: somebody of the office, signed in under TLS."""

    def opened(fixture):
        client = browser()
        client.cookies = client_as(fixture).cookies
        return client

    return opened


def paper_address(actor, by):
    return reverse("accounts:use_paper", args=[make_paper(actor.user_id, by=by).replace("-", "")])


def enrol(phone, address, pin=PIN):
    return phone.post(address, {"pin": pin, "again": pin})


def is_in(phone):
    return phone.get("/").status_code == 200


def type_pin(phone, pin, name="Uji kades"):
    page = phone.get(DOOR).content.decode()
    address = re.search(rf'href="([^"]+)">[^<]*<span class="vh"> {name}', page)[1]
    return phone.post(address, {"pin": pin})


@pytest.fixture
def phone(actor_kades, actor_admin):
    """A phone on which the village head has a PIN; nobody is signed in there now."""
    made = browser()
    assert enrol(made, paper_address(actor_kades, actor_admin)).headers["Location"] == "/"
    assert is_in(made)
    made.post(reverse("accounts:logout"))
    return made


def test_the_paper_and_then_the_pin_let_one_in(phone):
    assert type_pin(phone, WRONG).status_code == 200 and not is_in(phone)
    assert type_pin(phone, PIN).headers["Location"] == "/" and is_in(phone)
    assert phone.session["faktor"] == "pin"


def test_a_paper_opens_once_and_looking_at_it_uses_nothing_up(actor_kades, actor_admin):
    address, first, second = paper_address(actor_kades, actor_admin), browser(), browser()
    assert first.get(address).status_code == first.get(address).status_code == 200
    enrol(first, address)
    assert enrol(second, address).headers["Location"] == DOOR
    assert is_in(first) and not is_in(second)


def test_a_paper_is_good_for_three_days(actor_kades, actor_admin):
    address = paper_address(actor_kades, actor_admin)
    made = Invitation.objects.for_actor(actor_admin).get()
    assert made.expires_at - made.made_at == timedelta(hours=72)
    Invitation.objects.for_actor(actor_admin).update(expires_at=clock.now())
    assert browser().get(address).headers["Location"] == DOOR


def test_a_new_paper_ends_the_one_before(actor_kades, actor_admin):
    older = paper_address(actor_kades, actor_admin)
    paper_address(actor_kades, actor_admin)
    assert browser().get(older).headers["Location"] == DOOR


def test_the_code_is_typed_where_a_camera_fails(actor_kades, actor_admin):
    code = make_paper(actor_kades.user_id, by=actor_admin)
    answer = browser().post(DOOR, {"code": f" {code.upper()} "})
    assert answer.headers["Location"] == reverse("accounts:use_paper", args=[code.replace("-", "")])
    assert "keliru, sudah dipakai" in browser().post(DOOR, {"code": "abcde-fghjk"}).content.decode()


def test_neither_code_nor_pin_lies_in_the_database(actor_kades, actor_admin):
    code = make_paper(actor_kades.user_id, by=actor_admin)
    enrol(browser(), reverse("accounts:use_paper", args=[code.replace("-", "")]))
    paper, device = (
        Invitation.objects.for_actor(actor_admin).get(),
        Device.objects.for_actor(actor_admin).get(),
    )
    assert code.replace("-", "") not in paper.code_digest and PIN not in device.pin


def test_the_pin_is_worth_nothing_on_another_phone(phone, actor_kades):
    device = Device.objects.for_actor(actor_kades).get()
    other = browser()
    assert other.post(reverse("accounts:pin", args=[device.pk]), {"pin": PIN}).headers["Location"] == DOOR
    assert not is_in(other)
    other.post(reverse("accounts:login"), {"username": "kades", "password": PIN})
    assert not is_in(other)


def test_a_shared_phone_keeps_people_apart(phone, actor_admin, belitung):
    village = villages_of_office(belitung.pk).first()
    second = person("sekdes", Role.SEKDES, village=village)
    enrol(phone, paper_address(second, actor_admin), pin="742905")
    phone.post(reverse("accounts:logout"))
    type_pin(phone, "742905", name="Uji kades")
    assert not is_in(phone)
    type_pin(phone, "742905", name="Uji sekdes")
    assert phone.session["_auth_user_id"] == str(second.user_id)


def test_five_wrong_pins_close_that_person_on_that_phone_only(phone, actor_kades, actor_admin):
    other = browser()
    enrol(other, paper_address(actor_kades, actor_admin), pin="742905")
    other.post(reverse("accounts:logout"))
    for _try in range(5):
        type_pin(phone, WRONG)
    assert "Terlalu banyak PIN keliru" in type_pin(phone, PIN).content.decode() and not is_in(phone)
    assert type_pin(other, "742905").status_code == 302 and is_in(other)
    # A new paper opens the phone at once: nobody is shut out for good.
    assert enrol(phone, paper_address(actor_kades, actor_admin)).status_code == 302 and is_in(phone)


@pytest.mark.parametrize(
    "pin",
    [
        "123456",
        "654321",
        "000000",
        "121212",
        "123123",
        "345678",
        "12345",
        "1234567",
        "12345a",
        "１２３４５６",
        "",
    ],
)
def test_it_refuses_a_pin_that_is_tried_first(actor_kades, actor_admin, pin):
    phone, address = browser(), paper_address(actor_kades, actor_admin)
    assert enrol(phone, address, pin=pin).status_code == 200
    assert not is_in(phone) and phone.get(address).status_code == 200


def test_two_different_pins_are_asked_for_again(actor_kades, actor_admin):
    phone, address = browser(), paper_address(actor_kades, actor_admin)
    assert "berbeda" in phone.post(address, {"pin": PIN, "again": WRONG}).content.decode()


def test_a_stolen_phone_is_shut_out_by_the_office(phone, actor_kades, actor_admin, office_pc):
    type_pin(phone, PIN)
    office_pc("actor_admin").post(reverse("accounts:sign_out_person", args=[actor_kades.user_id]))
    assert not is_in(phone) and "Uji kades" not in phone.get(DOOR).content.decode()


def test_a_closed_account_is_not_offered(phone, actor_kades, actor_admin):
    address = paper_address(actor_kades, actor_admin)
    actions.close_account(actor_kades.user_id, by=actor_admin)
    assert "Uji kades" not in phone.get(DOOR).content.decode()
    assert browser().get(address).headers["Location"] == DOOR


def test_papers_are_for_villages_of_the_own_office(
    actor_admin, actor_p2m, actor_kades, actor_elsewhere, elsewhere
):
    with pytest.raises(errors.NotOfAVillage):
        make_paper(actor_p2m.user_id, by=actor_admin)
    with pytest.raises(NotAllowed):
        make_paper(actor_kades.user_id, by=actor_p2m)
    stranger = person("admin.bangka", Role.ADMIN, office=elsewhere)
    with pytest.raises(Http404):
        make_paper(actor_kades.user_id, by=stranger)
    assert not Invitation.objects.for_actor(actor_admin).exists()


def test_the_paper_is_shown_once_with_its_address(office_pc, actor_kades):
    admin = office_pc("actor_admin")
    address = reverse("accounts:paper", args=[actor_kades.user_id])
    shown = admin.post(address).headers["Location"]
    page = admin.get(shown).content.decode()
    code = re.search(r"<code>([\w-]{11})</code>", page)[1]
    assert "<svg" in page and "Uji kades" in page
    assert admin.get(shown).headers["Location"] == address
    assert enrol(browser(), reverse("accounts:use_paper", args=[code.replace("-", "")])).status_code == 302


def test_one_pc_says_that_phones_do_not_reach_it_and_offers_paper(
    office_pc, actor_kades, actor_admin, settings
):
    settings.BERSINAR_STANDING = Standing(Shape.ONE_PC)
    assert "Serahkan kertas" in browser().get(DOOR).content.decode()
    admin, address = office_pc("actor_admin"), reverse("accounts:paper", args=[actor_kades.user_id])
    assert "bersinar start --lan" in admin.get(address).content.decode()
    assert "Buat kertas" not in admin.get(address).content.decode()
    assert admin.post(address).status_code == 400
    with pytest.raises(errors.PhonesNotServed):
        make_paper(actor_kades.user_id, by=actor_admin)
    assert "Orang desa: masuk" not in browser().get(reverse("accounts:login")).content.decode()


def test_an_account_of_a_village_may_have_no_password(office_pc, actor_admin, belitung):
    form = {"username": "kades-dua", "name": "Kades Dua", "role": "KADES", "password": ""}
    form["village_code"] = villages_of_office(belitung.pk).last().code
    office_pc("actor_admin").post(reverse("accounts:open_account"), form)
    assert not User.objects.get(username="kades-dua").has_usable_password()
    staff = {"username": "staf-dua", "name": "S", "role": "STAF", "section": "P2M", "password": ""}
    page = office_pc("actor_admin").post(reverse("accounts:open_account"), staff)
    assert "memerlukan kata sandi pertama" in page.content.decode()
