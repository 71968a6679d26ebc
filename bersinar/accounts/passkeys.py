"""Keys that live in a phone, a PC or a stick (WebAuthn), checked by Yubico's fido2.

A browser ties such a key to a name, never to a number: at http://127.0.0.1 there are none, at http://localhost there
are. That is the browsers' rule; the page says so and offers the application instead.
"""

from __future__ import annotations

import ipaddress
import json
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from bersinar.accounts.errors import PasskeyNotHere, PasskeyRefused
from bersinar.accounts.models import Passkey, User
from bersinar.accounts.queries import actor_of
from bersinar.accounts.sealing import digest

_CHALLENGE = "tantangan"
# What fido2 raises at an answer that is none: broken JSON, missing parts, wrong signature, wrong name.
_BROKEN = (ValueError, TypeError, KeyError, AttributeError, IndexError)
_LARGEST = 20_000


def possible(request: HttpRequest) -> bool:
    """Whether this address is a name, as a key needs it."""
    try:
        ipaddress.ip_address(_host(request).strip("[]"))
    except ValueError:
        return True
    return False


def address_with_name(request: HttpRequest) -> str:
    """The same door of this PC under a name; nothing where the number is another machine's."""
    host, _colon, port = request.get_host().rpartition(":")
    address = ipaddress.ip_address((host or port).strip("[]"))
    return f"http://localhost:{port}/" if address.is_loopback else ""


def ask_new(request: HttpRequest, user: User) -> str:
    """What the browser needs to make a key, as JSON; the challenge waits in the session."""
    name = PublicKeyCredentialUserEntity(
        id=bytes.fromhex(digest(f"kunci:{user.pk}")), name=user.username, display_name=user.name
    )
    options, state = _server(request).register_begin(
        name,
        [_credential(one) for one in _keys_of(user)],
        resident_key_requirement=ResidentKeyRequirement.DISCOURAGED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    request.session[_CHALLENGE] = state
    return json.dumps(dict(options.public_key))


def take_new(request: HttpRequest, user: User, answer: str, *, name: str) -> Passkey:
    """The key as a row that is not stored yet; PasskeyRefused when the answer does not fit the challenge."""
    try:
        made = _server(request).register_complete(_taken_challenge(request), _read(answer))
        data = made.credential_data
    except _BROKEN as error:
        raise PasskeyRefused from error
    if data is None:
        raise PasskeyRefused
    return Passkey(
        user=user,
        name=" ".join(name.split())[:60],
        credential_id=websafe_encode(data.credential_id),
        credential=websafe_encode(bytes(data)),
        sign_count=made.counter,
    )


def ask(request: HttpRequest, user: User) -> str:
    """What the browser needs to use one of the person's keys, as JSON; empty where there is none or no name."""
    keys = _keys_of(user)
    if not keys or not possible(request):
        return ""
    options, state = _server(request).authenticate_begin(
        [_credential(one) for one in keys], user_verification=UserVerificationRequirement.PREFERRED
    )
    request.session[_CHALLENGE] = state
    return json.dumps(dict(options.public_key))


def take(request: HttpRequest, user: User, answer: str) -> None:
    """One of the person's keys signed our challenge; PasskeyRefused otherwise."""
    keys = {one.credential_id: one for one in _keys_of(user)}
    credentials = [_credential(one) for one in keys.values()]
    try:
        read = _read(answer)
        used = _server(request).authenticate_complete(_taken_challenge(request), credentials, read)
        count = AuthenticationResponse.from_dict(read).response.authenticator_data.counter
    except _BROKEN as error:
        raise PasskeyRefused from error
    key = keys[websafe_encode(used.credential_id)]
    if key.sign_count and count <= key.sign_count:
        # A key that counts and does not go on counting is a copy of another.
        raise PasskeyRefused
    key.sign_count, key.used_at = count, timezone.now()
    key.save(update_fields=["sign_count", "used_at"])


def _host(request: HttpRequest) -> str:
    host = request.get_host()
    return host[: host.rindex("]") + 1] if host.startswith("[") else host.partition(":")[0]


def _server(request: HttpRequest) -> Fido2Server:
    if not possible(request):
        raise PasskeyNotHere
    return Fido2Server(PublicKeyCredentialRpEntity(id=_host(request), name="Bersinar"))


def _taken_challenge(request: HttpRequest) -> dict[str, Any]:
    """Used once, whatever comes of it."""
    state: dict[str, Any] | None = request.session.pop(_CHALLENGE, None)
    if state is None:
        raise PasskeyRefused
    return state


def _read(answer: str) -> dict[str, Any]:
    if len(answer) > _LARGEST:
        raise PasskeyRefused
    found = json.loads(answer)
    if not isinstance(found, dict):
        raise PasskeyRefused
    return found


def _keys_of(user: User) -> list[Passkey]:
    return list(Passkey.objects.for_actor(actor_of(user)).filter(user=user))


def _credential(key: Passkey) -> AttestedCredentialData:
    return AttestedCredentialData(websafe_decode(key.credential))
