"""What about accounts needs two people: a way in made anew, an account that opens doors, the head's own clearance."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bersinar import audit
from bersinar.access import Actor, Right, Role
from bersinar.access.vocabulary import MAY_BE_GRANTED_ENFORCEMENT
from bersinar.accounts import brake, sessions
from bersinar.accounts.actions import together as joint
from bersinar.accounts.actions.people import drop_enforcement
from bersinar.accounts.errors import EnforcementNotPossible, NotThesePeople, OwnAccount
from bersinar.accounts.models import AuthenticatorApp, Passkey, RecoveryCode, User
from bersinar.accounts.models.together import JointAct
from bersinar.accounts.queries import actor_of, check_name_is_free, one_of_office, position_of
from bersinar.accounts.rules.pairs import may_reset
from bersinar.accounts.together import Kind, register

RESET_FACTOR, RESET_PASSWORD = "accounts.reset_factor", "accounts.reset_password"
OPEN_ACCOUNT, CLEAR_HEAD = "accounts.open_account", "accounts.clear_head"


def ask_factor_reset(user_id: int, *, reason: str, by: Actor) -> JointAct:
    """For somebody whose phone and paper are both gone."""
    return joint.ask(RESET_FACTOR, about=f"akun:{user_id}", subject=_other(user_id, by), reason=reason, by=by)


def ask_password(user_id: int, password: str, *, reason: str, by: Actor) -> JointAct:
    """A new password for a head, kept as a hash until somebody else agrees."""
    user = _other(user_id, by)
    validate_password(password, user)
    facts = {"password": make_password(password)}
    return joint.ask(RESET_PASSWORD, about=f"akun:{user_id}", subject=user, facts=facts, reason=reason, by=by)


def ask_account(*, username: str, password: str, name: str, role: Role, reason: str, by: Actor) -> JointAct:
    """A further head or administrator."""
    check_name_is_free(username)
    validate_password(password)
    facts = {"username": username, "password": make_password(password), "name": name, "role": role}
    return joint.ask(OPEN_ACCOUNT, about=f"nama:{username}"[:80], facts=facts, reason=reason, by=by)


def ask_clearance(user_id: int, *, reason: str, by: Actor) -> JointAct:
    """The head wants to see enforcement values too."""
    user = one_of_office(user_id, by)
    if position_of(user) not in MAY_BE_GRANTED_ENFORCEMENT:
        raise EnforcementNotPossible
    return joint.ask(CLEAR_HEAD, about=f"akun:{user_id}", subject=user, reason=reason, by=by)


def _other(user_id: int, by: Actor) -> User:
    if user_id == by.user_id:
        raise OwnAccount
    return one_of_office(user_id, by)


def _check_reset(act: JointAct, by: Actor) -> None:
    subject = _subject(act)
    asker = actor_of(act.asked_by)
    # The asker must still be there and hold the right: the table of rights is read at the moment of the agreement.
    if not act.asked_by.is_active or not asker.can(Right.ACCOUNTS_RESET):
        raise NotThesePeople
    if by.role is not None and not may_reset(Role(subject.role), Role(act.asked_by.role), by.role):
        raise NotThesePeople


def _check_asker(act: JointAct, by: Actor) -> None:
    asker = actor_of(act.asked_by)
    wanted = Right.ENFORCEMENT_GRANT if act.kind == CLEAR_HEAD else Right.ACCOUNTS_MANAGE
    if not act.asked_by.is_active or not asker.can(wanted):
        raise NotThesePeople


def _reset_factor(act: JointAct, by: Actor) -> None:
    by.require(Right.ACCOUNTS_RESET)
    _drop_factors(_subject(act), by, asked_by=act.asked_by_id)


def reset_factor_here(user: User, *, by: Actor) -> None:
    """At the PC of the server itself, for an office where no second person is left."""
    by.require(Right.ACCOUNTS_RESET)
    _drop_factors(user, by, asked_by=None)


@transaction.atomic
def _drop_factors(user: User, by: Actor, *, asked_by: int | None) -> None:
    """Everything but the password is gone; the next sign-in sets it up anew."""
    held = actor_of(user)
    for model in (AuthenticatorApp, Passkey, RecoveryCode):
        model.objects.for_actor(held).filter(user=user).delete()
    dropped = drop_enforcement(user)
    user.save(update_fields=["sees_enforcement"])
    brake.release(user.username)
    sessions.end_of(user.pk)
    audit.record(by, "accounts.factor_reset", about=user, asked_by=asked_by, enforcement_dropped=dropped)


@transaction.atomic
def _reset_password(act: JointAct, by: Actor) -> None:
    by.require(Right.ACCOUNTS_RESET)
    user = _subject(act)
    user.password = act.facts["password"]
    dropped = drop_enforcement(user)
    user.save(update_fields=["password", "sees_enforcement"])
    brake.release(user.username)
    sessions.end_of(user.pk)
    audit.record(
        by, "accounts.password_given", about=user, asked_by=act.asked_by_id, enforcement_dropped=dropped
    )


@transaction.atomic
def _open_account(act: JointAct, by: Actor) -> None:
    by.require(Right.ACCOUNTS_RESET)
    facts = act.facts
    check_name_is_free(facts["username"])
    user = User.objects.create(
        username=facts["username"],
        password=facts["password"],
        name=facts["name"],
        role=facts["role"],
        office_id=act.office_id,
    )
    audit.record(
        by, "accounts.opened", about=user, role=user.role, asked_by=act.asked_by_id, enforcement=False
    )


@transaction.atomic
def _clear_head(act: JointAct, by: Actor) -> None:
    by.require(Right.ACCOUNTS_RESET)
    user = _subject(act)
    user.sees_enforcement = True
    user.save(update_fields=["sees_enforcement"])
    audit.record(by, "accounts.enforcement_granted", about=user, granted=True, asked_by=act.asked_by_id)


def _subject(act: JointAct) -> User:
    if act.subject is None:
        raise NotThesePeople
    found: User = User.objects.select_for_update(of=("self",)).get(pk=act.subject.pk)
    return found


def _name(act: JointAct) -> dict[str, str]:
    return {"name": act.subject.name if act.subject else ""}


def _say_reset_factor(act: JointAct) -> str:
    return _(
        "Aplikasi kode, kunci masuk, dan kode pemulihan %(name)s dihapus; ia memasang yang baru saat masuk "
        "berikutnya. Hak melihat nilai penindakannya ikut berakhir."
    ) % _name(act)


def _say_reset_password(act: JointAct) -> str:
    return _(
        "%(name)s masuk dengan kata sandi baru dari yang meminta; langkah keduanya tetap. Hak melihat "
        "nilai penindakannya ikut berakhir."
    ) % _name(act)


def _say_open_account(act: JointAct) -> str:
    username = act.about.removeprefix("nama:")
    return _("Akun %(about)s dibuka; orangnya dapat memberi hak atau jalan masuk kepada orang lain.") % {
        "about": username
    }


def _say_clear_head(act: JointAct) -> str:
    return _("%(name)s boleh melihat nilai P3 sampai P8.") % _name(act)


def register_all() -> None:
    """Called once by the app: key, title, who asks, who agrees, what is told, what is done, who may decide."""
    reset, manage, grant = Right.ACCOUNTS_RESET, Right.ACCOUNTS_MANAGE, Right.ENFORCEMENT_GRANT
    titles = {
        RESET_FACTOR: gettext_lazy("Pasang ulang langkah kedua"),
        RESET_PASSWORD: gettext_lazy("Kata sandi baru untuk kepala unit"),
        OPEN_ACCOUNT: gettext_lazy("Buka akun kepala unit atau administrator"),
        CLEAR_HEAD: gettext_lazy("Hak nilai penindakan untuk kepala unit"),
    }
    for key, asks, say, perform, check in (
        (RESET_FACTOR, reset, _say_reset_factor, _reset_factor, _check_reset),
        (RESET_PASSWORD, reset, _say_reset_password, _reset_password, _check_reset),
        (OPEN_ACCOUNT, manage, _say_open_account, _open_account, _check_asker),
        (CLEAR_HEAD, grant, _say_clear_head, _clear_head, _check_asker),
    ):
        register(Kind(key, titles[key], asks, reset, say, perform, check))
