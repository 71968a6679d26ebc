"""Names of places without the differences nobody means: spelling reforms, abbreviations, numerals, spaces."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORDS = {
    "aik": "air", "ayer": "air", "aer": "air", "aie": "air", "aek": "air", "ayek": "air", "wai": "way",
    "sei": "sungai", "sungei": "sungai", "sungi": "sungai", "sui": "sungai",
    "tj": "tanjung", "tg": "tanjung", "tjg": "tanjung", "tanjong": "tanjung",
    "kp": "kampung", "kampong": "kampung", "gn": "gunung", "gng": "gunung", "gunong": "gunung",
    "pl": "pulau", "pulo": "pulau", "ma": "muara", "muaro": "muara", "sp": "simpang", "simp": "simpang",
    "dsn": "dusun", "ulu": "hulu", "udik": "mudik", "tlg": "talang", "pdg": "padang", "kt": "koto", "rt": "rantau",
    "ps": "pasar", "psr": "pasar", "bdr": "bandar", "tb": "tebing", "btg": "batang",
    "satu": "1", "dua": "2", "tiga": "3", "empat": "4", "lima": "5",
    "duo": "2", "tigo": "3", "enam": "6", "tujuh": "7", "delapan": "8", "sembilan": "9", "sepuluh": "10", "p": "pulau",
}  # fmt: skip
_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}
_OLD_SPELLING = (("oe", "u"), ("tj", "c"), ("dj", "j"), ("sj", "sy"))
_DESA = {"desa", "ds"}
_KELURAHAN = {"kelurahan", "kel"}
_VILLAGE_WORDS = _DESA | _KELURAHAN
_DISTRICT_WORDS = {"kecamatan", "kec", "distrik", "kapanewon", "kemantren"}
_REGENCY_WORDS = {"kabupaten", "kab", "administrasi", "adm"}
_PROVINCE_WORDS = {"provinsi", "prov"}
_TITLES = _VILLAGE_WORDS | _DISTRICT_WORDS | _REGENCY_WORDS | _PROVINCE_WORDS


@lru_cache(maxsize=200_000)
def tokens(name: str) -> tuple[str, ...]:
    """The words of a name as they would be written today.

    >>> tokens("Desa Aik Rajah"), tokens("Soengai Gelam II")
    (('air', 'rajah'), ('sungai', 'gelam', '2'))
    """
    words = _words(name)
    while len(words) > 1 and words[0] in _TITLES:
        words = words[1:]
    return tuple(_today(word, alone=len(words) == 1) for word in words)


@lru_cache(maxsize=200_000)
def key(name: str) -> str:
    """Equal for names that people take for the same.

    >>> key("SUKA MAJU") == key("Desa Sukamadju")
    True
    """
    return re.sub(r"([a-z])\1+", r"\1", "".join(tokens(name)))


@lru_cache(maxsize=200_000)
def letters(name: str) -> str:
    """The letters as written: joined words ("PulauTujuh") hide their numerals."""
    return "".join(_words(name))


def regency_key(name: str) -> str:
    """A kabupaten or kota without its title: some files say only "Jambi"."""
    words = tokens(name)
    return key(" ".join(words[1:])) if len(words) > 1 and words[0] == "kota" else key(name)


def says_kelurahan(name: str) -> bool | None:
    """What a name says of its kind: "Kel. Parit" is a kelurahan, "Desa Parit" is none, "Parit" says nothing."""
    first = _words(name)[:1]
    if not first or first[0] not in _VILLAGE_WORDS:
        return None
    return first[0] in _KELURAHAN


def numerals(name: str) -> frozenset[str]:
    """Numbers in a name: "Lempur 1" and "Lempur 2" are never spellings of one another."""
    return frozenset(word for word in tokens(name) if word.isdigit())


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = re.sub(r"\([^)]*\)", " ", plain)
    plain = re.sub(r"['’`]", "", plain)
    # "T I N T I N G": letters set apart to fill a column.
    plain = re.sub(r"\b(?:[a-z] ){2,}[a-z]\b", lambda spaced: spaced[0].replace(" ", ""), plain)
    return re.findall(r"[a-z]+|[0-9]+", plain)


def _today(word: str, *, alone: bool) -> str:
    word = _WORDS.get(word, word)
    if word in _ROMAN and not alone:
        return str(_ROMAN[word])
    for old, new in _OLD_SPELLING:
        word = word.replace(old, new)
    # Last, because it also turns "nj" of today's names: Tanjung and Tanjong must meet before it.
    return _WORDS.get(word, word).replace("nj", "ny")
