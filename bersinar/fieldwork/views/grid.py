"""Typing values on the screen: box by box with script, as one form without it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bersinar.access import BersinarError, Level, Right, access
from bersinar.fieldwork import actions, errors, present, queries, sentences
from bersinar.fieldwork.forms import WithdrawForm
from bersinar.fieldwork.models import Entry, Round
from bersinar.fieldwork.rules.cells import Fault, read_cell, text_of
from bersinar.fieldwork.vocabulary import SourceType
from bersinar.territory.models import Village

_BOX = re.compile(r"v-([0-9]{1,18})-([A-Z][0-9]{1,2})-([0-9]{1,18})")
_KEY = re.compile(r"[A-Za-z0-9-]{8,64}")
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Clash:
    """A box somebody else filled meanwhile: both answers, and the entry to build on when mine is meant."""

    village_id: int
    indicator: str
    mine: str
    stored: str
    by_name: str
    base: int


@dataclass(frozen=True, slots=True)
class Bad:
    """A box that cannot be read."""

    village_id: int
    indicator: str
    text: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Result:
    """What became of the boxes of one form."""

    saved: int = 0
    bad: tuple[Bad, ...] = ()
    clashes: tuple[Clash, ...] = ()

    @property
    def is_clean(self) -> bool:
        return not self.bad and not self.clashes


@access(Right.VALUES_ENTER, level=Level.L2)
@require_http_methods(["GET", "POST"])
def grid(request: HttpRequest, pk: int) -> HttpResponse:
    """One kecamatan as a sheet, a page of villages at a time."""
    round_ = queries.round_of(pk, request.actor)
    district, page = request.GET.get("kecamatan", ""), request.GET.get("hal", "1")
    result = _save_boxes(request, pk) if request.method == "POST" else Result()
    if request.method == "POST" and result.is_clean:
        messages.success(request, _("%(count)d nilai disimpan.") % {"count": result.saved})
        return redirect(
            f"{reverse('fieldwork:grid', args=[pk])}?{urlencode({'kecamatan': district, 'hal': page})}"
        )
    shown = queries.grid(pk, request.actor, district=district, page=page)
    return _sheet(request, "fieldwork/grid.html", round_, shown, result)


@access(Right.VALUES_ENTER, level=Level.L2)
@require_http_methods(["GET", "POST"])
def fill(request: HttpRequest, pk: int, village_id: int) -> HttpResponse:
    """One village as a form: for phones, and for everybody who fills village by village."""
    round_ = queries.round_of(pk, request.actor)
    result = _save_boxes(request, pk) if request.method == "POST" else Result()
    if request.method == "POST" and result.is_clean:
        messages.success(request, _("%(count)d nilai disimpan.") % {"count": result.saved})
        return redirect("fieldwork:village", pk=pk, village_id=village_id)
    shown = queries.grid_of_village(pk, village_id, request.actor)
    if not shown.rows:
        raise errors.NotInRound
    more = {"next_village": queries.village_after(pk, village_id, request.actor)}
    return _sheet(request, "fieldwork/fill.html", round_, shown, result, more)


@access(Right.VALUES_ENTER, level=Level.L2, repeatable="every box is sent with a key of its own")
@require_POST
def cell(request: HttpRequest, pk: int) -> HttpResponse:
    """One box, sent by the script while a person types on."""
    box = _BOX.fullmatch(request.POST.get("box", ""))
    key = request.POST.get("key", "")
    text = request.POST.get("text", "")[:LONGEST]
    if box is None or not _KEY.fullmatch(key):
        return JsonResponse({"error": _("Muat ulang halaman, lalu ketik lagi.")}, status=400)
    village, indicator, base = int(box[1]), box[2], int(box[3])
    try:
        entry = _enter(request, pk, village, indicator, base, text, key)
    except errors.CellChanged as changed:
        clash = _clash(village, indicator, text, changed)
        told = {"error": str(changed), "stored": clash.stored, "by": clash.by_name, "base": clash.base}
        return JsonResponse(told, status=changed.status)
    except BersinarError as refused:
        return JsonResponse({"error": str(refused)}, status=refused.status)
    return JsonResponse({**_told(entry), "undo": reverse("fieldwork:undo", args=[entry.pk])})


@access(Right.VALUES_ENTER, level=Level.L2)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one typed value back; the script gets what counts now, a form goes to the village's page."""
    form = WithdrawForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else _("Diurungkan setelah diketik")
    by_script = request.headers.get("Accept") == "application/json"
    try:
        withdrawal = actions.withdraw_entry(pk, reason=reason, by=request.actor)
    except errors.FieldworkError as refused:
        if by_script:
            return JsonResponse({"error": str(refused)}, status=refused.status)
        raise
    taken = withdrawal.entry
    if taken is None:
        raise errors.NotInRound
    if by_script:
        now = queries.current_entry(taken.round, taken.village_id, taken.indicator, request.actor)
        return JsonResponse(_told(now))
    messages.success(request, _("Nilai ditarik. Nilai sebelumnya berlaku lagi."))
    return redirect("fieldwork:village", pk=taken.round_id, village_id=taken.village_id)


@access(Right.VALUES_SEE, level=Level.L2)
@require_GET
def village(request: HttpRequest, pk: int, village_id: int) -> HttpResponse:
    """How each figure of one village was made."""
    round_ = queries.round_of(pk, request.actor)
    found = queries.villages_of_round(round_).filter(pk=village_id).first()
    if found is None:
        raise errors.NotInRound
    values = queries.village_values(village_id, request.actor, pk)
    context = {
        "round": round_,
        "village": found,
        "groups": present.village_groups(values),
        "hidden": [one.indicator for one in values if one.hidden],
        "may_fill": present.may_fill(round_, request.actor),
        "withdraw_form": WithdrawForm(),
    }
    return render(request, "fieldwork/village.html", context)


def _told(entry: Entry | None) -> dict[str, str | int]:
    if entry is None:
        return {"text": "", "state": "", "base": 0}
    shown = text_of(entry.state, entry.value, entry.reason, entry.note)
    return {"text": shown, "state": entry.state, "base": entry.pk}


def _enter(
    request: HttpRequest, pk: int, village: int, indicator: str, base: int, text: str, key: str | None
) -> Entry:
    asked = queries.instrument_of(queries.round_of(pk, request.actor)).indicator(indicator)
    if asked is None:
        raise errors.NotInRound
    if asked.sensitive:
        # Before anything is read: even a fault of a closed box would tell something about it.
        request.actor.require(Right.VALUES_SEE_ENFORCEMENT)
    read = read_cell(text, asked)
    if isinstance(read, Fault):
        raise errors.ValueRefused(sentences.fault(read))
    if read is None:
        raise errors.ValueRefused(
            _("Kotak kosong tidak menghapus nilai. Tulis belum: alasannya, atau nihil.")
        )
    source = request.POST.get("source_type", "")
    return actions.enter_value(
        pk,
        village_id=village,
        indicator=indicator,
        reading=read,
        based_on=base or None,
        client_key=key,
        by=request.actor,
        source_type=SourceType(source) if source in SourceType.__members__ else None,
    )


def _save_boxes(request: HttpRequest, pk: int) -> Result:
    """Only boxes whose text is not what was handed out; each stands for itself, so good ones are kept."""
    boxes = [(match, request.POST[name]) for name in request.POST if (match := _BOX.fullmatch(name))]
    bases = {int(match[3]) for match, _text in boxes}
    handed_out = queries.texts_of_entries(pk, bases, request.actor)
    saved, bad, clashes = 0, [], []
    for match, raw in boxes:
        village, indicator, base = int(match[1]), match[2], int(match[3])
        text = raw.strip()[:LONGEST]
        if text == handed_out.get(base, ""):
            continue
        try:
            _enter(request, pk, village, indicator, base, text, None)
        except errors.CellChanged as changed:
            clashes.append(_clash(village, indicator, text, changed))
        except errors.ValueRefused as refused:
            bad.append(Bad(village, indicator, text, str(refused)))
        else:
            saved += 1
    return Result(saved, tuple(bad), tuple(clashes))


def _clash(village: int, indicator: str, mine: str, changed: errors.CellChanged) -> Clash:
    known = changed.known
    stored = text_of(known.state, known.value, known.reason, known.note) if known else ""
    return Clash(village, indicator, mine, stored, changed.by_name, known.entry_id if known else 0)


def _sheet(
    request: HttpRequest,
    name: str,
    round_: Round,
    shown: queries.Grid,
    result: Result,
    more: dict[str, Village | None] | None = None,
) -> HttpResponse:
    context = {
        **(more or {}),
        "round": round_,
        "grid": shown,
        "districts": present.district_choices(shown, reverse("fieldwork:grid", args=[round_.pk])),
        "rows": present.boxes(shown, result.bad, result.clashes),
        "saved": result.saved,
        "problems": present.box_problems(shown, result.bad, result.clashes),
        "reasons": present.reasons(),
        "sources": sentences.SOURCES.items(),
        "source": request.POST.get("source_type", ""),
        "may_fill": present.may_fill(round_, request.actor),
        "closed": not request.actor.can(Right.VALUES_SEE_ENFORCEMENT),
    }
    status = 409 if result.clashes else 400 if result.bad else 200
    return render(request, name, context, status=status)
