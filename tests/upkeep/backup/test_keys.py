"""The private half leaves this computer once somebody has typed words back from the paper."""

import json

import pyrage
import pytest

from bersinar.upkeep.backup import keys
from bersinar.upkeep.backup.errors import AlreadyPrinted, WrongWords


def typed(words):
    return {number: words[number - 1] for number in keys.asked_numbers()}


def test_a_first_key_is_made_without_asking(data):
    found = keys.recovery()
    assert found.recipient.startswith("age1") and found.printed_at is None
    assert keys.recovery() == found and len(keys.unprinted_words()) == keys.WORDS
    assert "secret" not in repr(found) and found.secret not in repr(found)


def test_words_typed_back_take_the_private_half_away(data):
    words = keys.unprinted_words()
    secret = keys.recovery().secret
    assert len(keys.asked_numbers()) == keys.ASKED
    keys.confirm(typed(words))
    assert keys.recovery().printed_at and keys.recovery().secret is None
    for path in data.rglob("*"):
        if path.is_file():
            assert secret.encode() not in path.read_bytes(), path
    with pytest.raises(AlreadyPrinted):
        keys.unprinted_words()
    sealed = pyrage.encrypt(b"isi", [pyrage.x25519.Recipient.from_str(keys.recovery().recipient)])
    assert pyrage.decrypt(sealed, [keys.identity_of(" ".join(words))]) == b"isi"


@pytest.mark.parametrize("change", ["missing", "other", "swapped"])
def test_other_words_confirm_nothing(data, change):
    words = keys.unprinted_words()
    answer = typed(words)
    first, second, *_rest = keys.asked_numbers()
    if change == "missing":
        answer[first] = ""
    elif change == "other":
        answer[first] = "zoo" if answer[first] != "zoo" else "zone"
    else:
        answer[first], answer[second] = answer[second] + "x", answer[first]
    with pytest.raises(WrongWords):
        keys.confirm(answer)
    assert keys.recovery().printed_at is None and keys.unprinted_words() == words


def test_words_may_be_typed_as_people_type(data):
    words = keys.unprinted_words()
    public = keys.recovery().recipient
    numbered = "\n".join(f"{number}. {word.upper()}" for number, word in enumerate(words, 1))
    short = " ".join(word[:4] for word in words)
    for text in (" ".join(words), numbered, short, keys.recovery().secret, keys.recovery().secret.lower()):
        assert str(keys.identity_of(text).to_public()) == public


@pytest.mark.parametrize(
    "text", ["", "kata", "abandon " * 24, "AGE-SECRET-KEY-1QQQ", "abandon " * 23 + "salah"]
)
def test_nonsense_is_refused_in_a_sentence(data, text):
    with pytest.raises(WrongWords, match="ejaan"):
        keys.identity_of(text)


def test_a_mistyped_word_is_noticed_before_any_copy_is_opened(data):
    words = keys.unprinted_words()
    words[5] = "zebra" if words[5] != "zebra" else "zero"
    try:
        other = keys.identity_of(" ".join(words))
    except WrongWords:
        return
    # One in 256 slips past the check of the words; the public half tells it then.
    assert str(other.to_public()) != keys.recovery().recipient


def test_a_new_key_needs_a_new_paper(data):
    keys.confirm(typed(keys.unprinted_words()))
    old = keys.recovery()
    new = keys.renew()
    assert new.recipient != old.recipient and new.printed_at is None and keys.unprinted_words()
    assert set(json.loads((data / "keys" / "recovery.json").read_text())) == {
        "recipient",
        "made_at",
        "printed_at",
        "secret",
    }
