"""What people type about accounts: their own password, and the people of an office."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bersinar.access import Role, Section
from bersinar.accounts import brake
from bersinar.accounts.errors import NameTaken
from bersinar.accounts.forms.doors import count_try
from bersinar.accounts.models import VILLAGE_ROLES, User
from bersinar.accounts.queries import check_name_is_free
from bersinar.accounts.vocabulary import TryKind

ROLE_LABELS = {
    Role.KEPALA: _("Kepala unit"),
    Role.STAF: _("Staf"),
    Role.ADMIN: _("Administrator"),
    Role.KADES: _("Kepala desa / lurah"),
    Role.SEKDES: _("Sekretaris desa"),
    Role.BABINSA: _("Babinsa"),
    Role.BHABINKAMTIBMAS: _("Bhabinkamtibmas"),
    Role.TOKOH: _("Tokoh masyarakat"),
}
SECTION_LABELS = {
    Section.P2M: _("P2M"),
    Section.REHABILITASI: _("Rehabilitasi"),
    Section.PEMBERANTASAN: _("Pemberantasan"),
    Section.UMUM: _("Umum"),
}


class PasswordForm(forms.Form):
    current = forms.CharField(
        label=_("Kata sandi sekarang"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("Kata sandi baru"),
        help_text=_("Paling sedikit 12 huruf. Empat kata acak mudah diingat dan sulit ditebak."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, user: User, data: Any = None) -> None:
        super().__init__(data)
        self.user = user

    def clean_current(self) -> str:
        count_try(self.user.username)
        if not self.user.check_password(self.cleaned_data["current"]):
            raise ValidationError(_("Kata sandi sekarang keliru."))
        brake.release(self.user.username, kind=TryKind.PASSWORD, device="")
        return str(self.cleaned_data["current"])

    def clean_new(self) -> str:
        validate_password(self.cleaned_data["new"], self.user)
        return str(self.cleaned_data["new"])


class NewPasswordForm(forms.Form):
    """What the administrator tells the person who forgot the old one."""

    new = forms.CharField(
        label=_("Kata sandi baru"),
        help_text=_("Sampaikan langsung kepada orangnya. Mintalah ia menggantinya sesudah masuk."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, user: User, data: Any = None) -> None:
        super().__init__(data)
        self.user = user

    def clean_new(self) -> str:
        validate_password(self.cleaned_data["new"], self.user)
        return str(self.cleaned_data["new"])


class AccountForm(forms.Form):
    name = forms.CharField(label=_("Nama"), max_length=150)
    username = forms.SlugField(label=_("Nama pengguna"), max_length=60, help_text=_("Contoh: budi-p2m"))
    role = forms.ChoiceField(label=_("Peran"), choices=[(role, ROLE_LABELS[role]) for role in Role])
    section = forms.ChoiceField(
        label=_("Seksi"),
        required=False,
        choices=[("", "—"), *((section, SECTION_LABELS[section]) for section in Section)],
        help_text=_("Hanya untuk staf."),
    )
    village_code = forms.CharField(
        label=_("Kode desa"),
        required=False,
        max_length=13,
        help_text=_("Hanya untuk orang desa. Contoh: 19.02.04.2005"),
    )
    password = forms.CharField(
        label=_("Kata sandi pertama"),
        required=False,
        help_text=_("Untuk orang desa boleh kosong: mereka masuk dengan kertas masuk dan PIN di ponsel."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_username(self) -> str:
        username = str(self.cleaned_data["username"]).lower()
        try:
            check_name_is_free(username)
        except NameTaken as taken:
            raise ValidationError(str(taken)) from taken
        return username

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        if password:
            validate_password(password)
        elif self.cleaned_data.get("role") not in VILLAGE_ROLES:
            raise ValidationError(_("Orang kantor memerlukan kata sandi pertama."))
        return password

    def facts(self) -> dict[str, Any]:
        """The typed values as the action takes them."""
        values = dict(self.cleaned_data)
        values["role"] = Role(values["role"])
        values["section"] = Section(values["section"]) if values["section"] else None
        return values
