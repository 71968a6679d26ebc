"""The recovery key: this computer keeps the public half only, a sheet of paper keeps the other.

The first pair is made without asking, so that copies are sealed from the first day. Until somebody has printed the
words and typed some of them back, the private half waits in the same file; then it is deleted here for good.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from bech32 import bech32_decode, bech32_encode, convertbits
from django.conf import settings
from django.utils import timezone
from mnemonic import Mnemonic
from pyrage import IdentityError, x25519

from bersinar.upkeep.backup.disk import write_once, write_whole
from bersinar.upkeep.backup.errors import AlreadyPrinted, WrongWords

WORDS = 24
ASKED = 4
_PREFIX = "age-secret-key-"
_FILE = "recovery.json"


@dataclass(frozen=True, slots=True)
class Recovery:
    """What this computer knows of the key."""

    recipient: str  # the public half, as age writes it
    made_at: str
    printed_at: str | None = None
    secret: str | None = field(default=None, repr=False)  # until it is printed

    @property
    def fingerprint(self) -> str:
        """Short enough to compare by eye with the paper."""
        return fingerprint(self.recipient)


def folder() -> Path:
    return Path(settings.BERSINAR_DATA) / "keys"


def fingerprint(recipient: str) -> str:
    return hashlib.sha256(recipient.encode()).hexdigest()[:8]


def recovery() -> Recovery:
    """The key copies are sealed to; the first call of an installation makes it."""
    path = folder() / _FILE
    if not path.exists():
        write_once(path, _text(_new()))
    return Recovery(**json.loads(path.read_text(encoding="utf-8")))


def renew() -> Recovery:
    """A new pair, when the paper is lost. Older copies can still be opened with the older paper only."""
    write_whole(folder() / _FILE, _text(_new()))
    return recovery()


def unprinted_words() -> list[str]:
    """The words for the paper, as long as nobody has confirmed them."""
    secret = recovery().secret
    if secret is None:
        raise AlreadyPrinted
    return words_of(secret)


def asked_numbers() -> list[int]:
    """Which words are asked back, counted from 1: the same ones each time for one key."""
    drawn = hashlib.sha256(b"asked " + recovery().recipient.encode()).digest()
    return sorted(sorted(range(1, WORDS + 1), key=lambda number: drawn[number])[:ASKED])


def confirm(typed: Mapping[int, str]) -> Recovery:
    """Somebody holds the paper: compare the words asked for, then forget the private half."""
    words = unprinted_words()
    if any(_tidy(typed.get(number, "")) != [words[number - 1]] for number in asked_numbers()):
        raise WrongWords
    printed = replace(recovery(), printed_at=timezone.now().isoformat(timespec="seconds"), secret=None)
    write_whole(folder() / _FILE, _text(printed))
    return printed


def keep_public(data: Path, recipient: str) -> None:
    """In a folder that was brought back: the key somebody has just proven to hold."""
    now = timezone.now().isoformat(timespec="seconds")
    write_whole(data / "keys" / _FILE, _text(Recovery(recipient, now, printed_at=now)))


def words_of(secret: str) -> list[str]:
    """The 24 words of an age secret key; their last letters check the others (BIP-39)."""
    _prefix, data = bech32_decode(secret)
    return str(Mnemonic("english").to_mnemonic(bytes(_regrouped(data or [], 5, 8)))).split()


def identity_of(text: str) -> x25519.Identity:
    """The private half from what a person typed: the 24 words, or the line AGE-SECRET-KEY-1…"""
    typed = _tidy(text)
    try:
        if len(typed) == 1:
            return x25519.Identity.from_str(typed[0].upper())
        if len(typed) != WORDS:
            raise WrongWords
        language = Mnemonic("english")
        entropy = language.to_entropy([_whole(word, language.wordlist) for word in typed])
        return x25519.Identity.from_str(bech32_encode(_PREFIX, _regrouped(entropy, 8, 5)).upper())
    except (ValueError, LookupError, IdentityError) as error:
        raise WrongWords from error


def _regrouped(data: Iterable[int], of: int, to: int) -> list[int]:
    """The same bits in groups of another size."""
    found = convertbits(data, of, to, pad=of > to)
    if found is None:
        raise ValueError("bits left over")
    return found


def _whole(word: str, known: Sequence[str]) -> str:
    """The first four letters are enough: no two words of the list share them."""
    if word in known or len(word) < 4:
        return word
    return next((one for one in known if one.startswith(word)), word)


def _tidy(text: str) -> list[str]:
    """Lower case, without the numbers that stand before the words on paper."""
    return [
        one for one in (part.strip(".,;:") for part in text.casefold().split()) if one and not one.isdigit()
    ]


def _new() -> Recovery:
    identity = x25519.Identity.generate()
    made_at = timezone.now().isoformat(timespec="seconds")
    return Recovery(str(identity.to_public()), made_at, secret=str(identity))


def _text(found: Recovery) -> str:
    return json.dumps(asdict(found), indent=1)
