"""What a person would call a browser, from how it introduces itself."""

from __future__ import annotations

_NAMES = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_PLACES = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def label_of(user_agent: str) -> str:
    """Such as "Chrome · Android"; never the text itself, which a stranger chooses."""
    name = next((label for mark, label in _NAMES if mark in user_agent), "")
    place = next((label for mark, label in _PLACES if mark in user_agent), "")
    return " · ".join(part for part in (name, place) if part) or "?"
