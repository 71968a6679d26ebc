"""It is the way out where an office has no second person: from the PC itself, tried first, and told in the audit."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from bersinar.accounts.actions import joint_kinds
from bersinar.accounts.models import AuthenticatorApp, JointAct
from bersinar.accounts.vocabulary import JointState
from bersinar.audit.models import Event
from tests.support.doors import give_app

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def run(*words, **named):
    call_command("second_person", *words, **named)


def has_app(actor):
    return AuthenticatorApp.objects.for_actor(actor).exists()


def test_it_shows_what_waits_and_agrees_only_with_commit(actor_admin, actor_head, capsys):
    give_app("kepala")
    run()
    assert "Tidak ada yang menunggu" in capsys.readouterr().out
    act = joint_kinds.ask_factor_reset(actor_head.user_id, reason="Ponsel hilang", by=actor_admin)
    run()
    assert (
        f"{act.pk}  Pasang ulang langkah kedua" in (shown := capsys.readouterr().out)
        and "Ponsel hilang" in shown
    )
    run("--confirm", str(act.pk))
    assert "Belum ada yang berubah" in capsys.readouterr().out and has_app(actor_head)
    run("--confirm", str(act.pk), "--commit")
    assert not has_app(actor_head)
    assert JointAct.objects.for_actor(actor_admin).get().state == JointState.DILAKUKAN
    event = Event.objects.unscoped("test").filter(verb="accounts.joint_decided").get()
    assert event.actor_name == "sistem: second-person"


def test_it_resets_the_factor_of_one_person(actor_admin, capsys):
    give_app("admin")
    run("--reset-factor", "admin")
    assert has_app(actor_admin)
    run("--reset-factor", "admin", "--commit")
    assert not has_app(actor_admin)


@pytest.mark.parametrize("words", [("--confirm", "12345"), ("--reset-factor", "siapa")])
def test_it_refuses_in_a_sentence_what_is_not_there(actor_admin, words):
    with pytest.raises(CommandError, match="Tidak ada"):
        run(*words, "--commit")
