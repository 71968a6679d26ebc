"""Secrets that must be read again are kept under a key of this installation that does not lie in the database."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from bersinar.accounts.errors import SealBroken


def seal(text: str) -> str:
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """The text; SealBroken when it was sealed under another key, as after a restore without the key file."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise SealBroken from error


def digest(text: str) -> str:
    """For what is only ever compared, and long enough that nobody tries it out: keys of sessions, codes on paper."""
    return hashlib.sha256(text.encode()).hexdigest()


def _box() -> Fernet:
    made = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"bersinar.accounts.sealing")
    return Fernet(base64.urlsafe_b64encode(made.derive(settings.SECRET_KEY.encode())))
