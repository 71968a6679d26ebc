"""What needs two people: the list, and asking, agreeing, refusing, taking back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bersinar.access import BersinarError, Level, Right, access
from bersinar.accounts import queries
from bersinar.accounts.actions import joint_kinds
from bersinar.accounts.actions import together as actions
from bersinar.accounts.forms.own import ReasonForm
from bersinar.accounts.vocabulary import JointState

STATES = {
    JointState.MENUNGGU: gettext_lazy("menunggu persetujuan"),
    JointState.DILAKUKAN: gettext_lazy("disetujui dan dilakukan"),
    JointState.DITOLAK: gettext_lazy("ditolak"),
    JointState.DITARIK: gettext_lazy("ditarik kembali"),
    JointState.KEDALUWARSA: gettext_lazy("lewat waktu"),
}


@access(Right.TOGETHER_SEE, level=Level.L2)
@require_GET
def together(request: HttpRequest) -> HttpResponse:
    rows = [{"row": row, "state": STATES[row.state]} for row in queries.joint_acts(request.actor)]
    return render(request, "accounts/together.html", {"rows": rows})


@access(Right.TOGETHER_SEE, level=Level.L2, fresh=True)
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    actions.confirm(pk, by=request.actor)
    messages.success(request, _("Disetujui dan sudah dilakukan."))
    return redirect("accounts:together")


@access(Right.TOGETHER_SEE, level=Level.L2)
@require_POST
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    actions.refuse(pk, by=request.actor)
    messages.success(request, _("Permintaan ditolak; tidak ada yang berubah."))
    return redirect("accounts:together")


@access(Right.TOGETHER_SEE, level=Level.L2)
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    actions.take_back(pk, by=request.actor)
    messages.success(request, _("Permintaan ditarik kembali."))
    return redirect("accounts:together")


@access(Right.ACCOUNTS_RESET, level=Level.L2, fresh=True)
@require_http_methods(["GET", "POST"])
def ask_factor_reset(request: HttpRequest, pk: int) -> HttpResponse:
    """For somebody whose phone and paper are both gone."""
    person = queries.one_of_office(pk, request.actor)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            joint_kinds.ask_factor_reset(pk, reason=form.cleaned_data["reason"], by=request.actor)
        except BersinarError as error:
            form.add_error(None, str(error))
        else:
            return asked(request)
    return render(request, "accounts/ask_reset.html", {"form": form, "person": person})


@access(Right.ENFORCEMENT_GRANT, level=Level.L2, fresh=True)
@require_POST
def ask_clearance(request: HttpRequest, pk: int) -> HttpResponse:
    """The head wants to see enforcement values too."""
    joint_kinds.ask_clearance(pk, reason=_("Diminta kepala unit di halaman hak."), by=request.actor)
    return asked(request)


def asked(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("Diminta. Belum ada yang berubah sampai orang kedua menyetujui."))
    return redirect("accounts:together")
