"""A person who reads pages and fills their forms as they stand, with Django's client underneath."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from django.test import Client


@dataclass
class Form:
    """A form as it was shown: where it goes, and what stands in it already."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)  # name, value, text
    id: str = ""


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._open: Form | None = None
        self._elsewhere: str = ""
        # Buttons may stand outside the form they belong to and name it.
        self.apart: list[tuple[str, tuple[str, str, str]]] = []
        self._select = self._area = ""
        self._chosen: list[str] = []
        self._text = ""
        self._button: tuple[str, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(
                given.get("action", ""), given.get("method", "get").lower(), id=given.get("id", "")
            )
            self.forms.append(self._open)
        if tag == "button":
            self._button, self._text = (given.get("name", ""), given.get("value", "")), ""
            self._elsewhere = given.get("form", "")
        if self._open is None:
            return
        name = given.get("name", "")
        if tag == "input" and name:
            self._input(given, name)
        elif tag == "select":
            self._select, self._chosen = name, []
        elif tag == "option" and self._select:
            if "selected" in given or not self._chosen:
                self._chosen = [given.get("value", "")]
        elif tag == "textarea":
            self._area, self._text = name, ""

    def _input(self, given: dict[str, str], name: str) -> None:
        assert self._open is not None
        kind = given.get("type", "text")
        if kind in ("checkbox", "radio"):
            self._open.fields.setdefault(name, [])
            if "checked" in given:
                self._open.fields[name].append(given.get("value", "on"))
        elif kind != "file":
            self._open.fields.setdefault(name, []).append(given.get("value", ""))

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "button" and self._button is not None:
            pressed = (*self._button, " ".join(self._text.split()))
            if self._elsewhere:
                self.apart.append((self._elsewhere, pressed))
            elif self._open is not None:
                self._open.buttons.append(pressed)
            self._button = None
        elif tag == "form":
            self._open = None
        elif self._open is None:
            return
        elif tag == "select" and self._select:
            self._open.fields[self._select] = self._chosen
            self._select = ""
        elif tag == "textarea" and self._area:
            self._open.fields[self._area] = [self._text.removeprefix("\n")]
            self._area = ""

    def close(self) -> None:
        super().close()
        for name, button in self.apart:
            for form in self.forms:
                if form.id == name:
                    form.buttons.append(button)


class Reader:
    """Opens pages, follows where they lead, and presses buttons by the words on them."""

    def __init__(self, user: Any) -> None:
        self.client = Client()
        self.client.force_login(user)
        self.path = ""
        self.html = ""
        self.content = b""

    def open(self, path: str) -> Reader:
        return self._seen(self.client.get(path, follow=True), path)

    def press(self, words: str, **values: Any) -> Reader:
        """Press the button with these words, after writing these values into its form."""
        form, (name, value, _text) = self._with_button(words)
        data: dict[str, Any] = {key: list(kept) for key, kept in form.fields.items()}
        if name:
            data[name] = value
        for key, given in values.items():
            data[key] = given
        path = urljoin(self.path, form.action)
        if form.method == "get":
            return self._seen(self.client.get(path, data, follow=True), path)
        return self._seen(self.client.post(path, data, follow=True), path)

    def form(self, words: str) -> Form:
        return self._with_button(words)[0]

    def _with_button(self, words: str) -> tuple[Form, tuple[str, str, str]]:
        reader = _Forms()
        reader.feed(self.html)
        reader.close()
        for form in reader.forms:
            for button in form.buttons:
                if words.casefold() in button[2].casefold():
                    return form, button
        offered = [button[2] for form in reader.forms for button in form.buttons]
        raise AssertionError(f"no button {words!r} on {self.path}; there are {offered}")

    def _seen(self, answer: Any, path: str) -> Reader:
        self.path = answer.redirect_chain[-1][0] if answer.redirect_chain else path
        self.content = b"".join(answer) if answer.streaming else answer.content
        text = answer.headers.get("Content-Type", "").startswith("text/")
        self.html = self.content.decode() if text else ""
        assert answer.status_code == 200, f"{self.path}: {answer.status_code}\n{self._complaints()}"
        return self

    def _complaints(self) -> str:
        start = self.html.find("errs")
        return self.html[start : start + 1500] if start >= 0 else self.html[:3000]
