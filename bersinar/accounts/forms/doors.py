"""What people type at the door."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from bersinar.access import BersinarError
from bersinar.accounts import brake, devices, factors
from bersinar.accounts.errors import TooManyTries, WrongCode
from bersinar.accounts.models import User
from bersinar.accounts.vocabulary import TryKind


def count_try(username: str, *, device: str = "") -> None:
    """Count the try; while the name is closed the password is not looked at."""
    try:
        brake.count(username, device=device)
    except TooManyTries as refused:
        raise ValidationError(str(refused)) from refused


class SignInForm(forms.Form):
    username = forms.CharField(
        label=_("Nama pengguna"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("Kata sandi"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, request: HttpRequest, data: Any = None) -> None:
        super().__init__(data)
        self.request = request
        self.user: User | None = None

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if values.get("username") and values.get("password"):
            device = devices.known_to(self.request, values["username"])
            count_try(values["username"], device=device)
            found = authenticate(self.request, username=values["username"], password=values["password"])
            if not isinstance(found, User):
                # The same words for a wrong name and a wrong password: names of staff are not confirmed.
                raise ValidationError(_("Nama pengguna atau kata sandi keliru. Periksa, lalu coba lagi."))
            brake.release(values["username"], kind=TryKind.PASSWORD, device=device)
            self.user = found
        return values


class CodeForm(forms.Form):
    """Six digits of the application, or a code on paper."""

    code = forms.CharField(
        label=_("Kode"),
        max_length=40,
        help_text=_("Enam angka dari aplikasi, atau satu kode pemulihan dari kertas."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "none"}),
    )

    def __init__(self, user: User, request: HttpRequest, data: Any = None) -> None:
        super().__init__(data)
        self.user = user
        self.request = request
        self.how = ""

    def clean_code(self) -> str:
        device = devices.known_to(self.request, self.user.username)
        try:
            how = factors.takes_code(self.user, self.cleaned_data["code"], device=device)
        except BersinarError as refused:
            raise ValidationError(str(refused)) from refused
        if how is None:
            raise ValidationError(str(WrongCode()))
        self.how = how
        return str(self.cleaned_data["code"])


class EnrolForm(forms.Form):
    """The first code of an application that was just set up."""

    code = forms.CharField(
        label=_("Kode enam angka dari aplikasi"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
