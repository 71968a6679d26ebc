"""Typing values on the screen: box by box with script, as one form without it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bersinar.access import BersinarError, Level, Right, access
from bersinar.fieldwork import actions, errors, present, queries, sentences
from bersinar.fieldwork.models import Entry, Round
from bersinar.fieldwork.rules.cells import Fault, Reading, read_cell, text_of

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


@access(Right.VALUES_ENTER, level=Level.L2)
@require_http_methods(["GET", "POST"])
def grid(request: HttpRequest, pk: int) -> HttpResponse:
    """One kecamatan as a sheet."""
    round_ = queries.round_of(pk, request.actor)
    district = request.GET.get("kecamatan", "")
    if request.method == "GET":
        return _grid_page(request, round_, district)
    saved, bad, clashes = _save_boxes(request, pk)
    if bad or clashes:
        return _grid_page(request, round_, district, saved, bad, clashes)
    messages.success(request, _("%(count)d nilai disimpan.") % {"count": saved})
    return redirect(f"{reverse('fieldwork:grid', args=[pk])}?kecamatan={district}")


@access(Right.VALUES_ENTER, level=Level.L2)
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
    shown = text_of(entry.state, entry.value, entry.reason, entry.note)
    return JsonResponse({"text": shown, "state": entry.state, "base": entry.pk})


@access(Right.VALUES_SEE, level=Level.L2)
@require_GET
def village(request: HttpRequest, pk: int, village_id: int) -> HttpResponse:
    """How each figure of one village was made."""
    round_ = queries.round_of(pk, request.actor)
    found = queries.villages_of_round(round_).filter(pk=village_id).first()
    if found is None:
        raise errors.NotInRound
    context = {
        "round": round_,
        "village": found,
        "rows": present.by_indicator(
            queries.origins(pk, village_id, request.actor), queries.enterable(round_, request.actor)
        ),
        "hidden": queries.hidden_indicators(pk, village_id, request.actor),
        "may_fill": present.may_fill(round_, request.actor),
    }
    return render(request, "fieldwork/village.html", context)


def _enter(
    request: HttpRequest, pk: int, village: int, indicator: str, base: int, text: str, key: str | None
) -> Entry:
    asked = queries.instrument_of(queries.round_of(pk, request.actor)).indicator(indicator)
    if asked is None:
        raise errors.NotInRound
    read = read_cell(text, asked)
    if isinstance(read, Fault):
        raise errors.ValueRefused(sentences.fault(read))
    if read is None:
        raise errors.ValueRefused(
            _("Kotak kosong tidak menghapus nilai. Tulis belum: alasannya, atau nihil.")
        )
    return _stored(request, pk, village, indicator, base, read, key)


def _stored(
    request: HttpRequest, pk: int, village: int, indicator: str, base: int, read: Reading, key: str | None
) -> Entry:
    return actions.enter_value(
        pk,
        village_id=village,
        indicator=indicator,
        reading=read,
        based_on=base or None,
        client_key=key,
        by=request.actor,
    )


def _save_boxes(request: HttpRequest, pk: int) -> tuple[int, list[Bad], list[Clash]]:
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
    return saved, bad, clashes


def _clash(village: int, indicator: str, mine: str, changed: errors.CellChanged) -> Clash:
    known = changed.known
    stored = text_of(known.state, known.value, known.reason, known.note) if known else ""
    return Clash(village, indicator, mine, stored, changed.by_name, known.entry_id if known else 0)


def _grid_page(
    request: HttpRequest,
    round_: Round,
    district: str,
    saved: int = 0,
    bad: list[Bad] | None = None,
    clashes: list[Clash] | None = None,
) -> HttpResponse:
    shown = queries.grid(round_.pk, request.actor, district=district)
    context = {
        "round": round_,
        "grid": shown,
        "rows": present.boxes(shown, bad or [], clashes or []),
        "saved": saved,
        "problems": present.box_problems(shown, bad or [], clashes or []),
        "reasons": present.reasons(),
        "may_fill": present.may_fill(round_, request.actor),
    }
    status = 409 if clashes else 400 if bad else 200
    return render(request, "fieldwork/grid.html", context, status=status)
