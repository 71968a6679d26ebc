"""One village's programme year: enrol it, see it, record stages and evidence, take back what was wrong."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bersinar.access import Actor, BersinarError, Level, Right, access, get_or_404
from bersinar.programme import actions, queries
from bersinar.programme.forms.years import (
    ChosenForm,
    EvidenceForm,
    PlanForm,
    StageForm,
    VillageForm,
    WithdrawForm,
)
from bersinar.programme.models import Evidence, StageEvent, StagePlan
from bersinar.programme.present.year import YearPage, asked_of, year_page
from bersinar.programme.present.year_line import line_of
from bersinar.programme.queries.timelines import village_line
from bersinar.programme.rules.template import StageRule
from bersinar.programme.vocabulary import MeetingState, MoneySource, Origin, Stage
from bersinar.territory.queries import villages_of_office
from bersinar.ui import address

LISTED = 300  # so many villages still make a helpful list of suggestions


@access(Right.PROGRAMME_SEE, level=Level.L2)
@require_GET
def year(request: HttpRequest, pk: int) -> HttpResponse:
    """The stages of one village with their evidence, and its year as a line."""
    page = year_page(pk, request.actor)
    line = village_line(page.row.village_id, request.actor)
    years = sorted({page.row.year, *(entry.on.year for entry in line)})
    asked = request.GET.get("garis", "")
    # The year it began with, unless everything happened later.
    usual = page.row.year if any(entry.on.year == page.row.year for entry in line) else years[-1]
    shown = int(asked) if asked in map(str, years) else usual
    context = {
        "page": page,
        "row": page.row,
        "line": line_of((one for one in line if one.on.year == shown), shown, on=timezone.localdate()),
        "line_year": shown,
        "chips": [
            {"label": str(one), "url": f"?garis={one}#garis", "current": one == shown} for one in years
        ],
        "following": _following(page, request.actor),
    }
    return render(request, "programme/year.html", context)


def _following(page: YearPage, actor: Actor) -> dict[str, str] | None:
    """The one yellow button. A rakor is planned and held; its minutes record the stage by themselves."""
    if not page.may_record or page.following is None:
        return None
    if page.following.stage == Stage.RAKOR:
        held = (MeetingState.SELESAI, MeetingState.DIBATALKAN)
        for one in queries.meetings_of_year(page.row.id, actor):
            if one.state not in held:
                return {"url": reverse("programme:meeting", args=[one.id]), "label": _("Buka rapat")}
        address_ = f"{reverse('programme:plan_meeting')}?tahun={page.row.year}"
        return {"url": address_, "label": _("Rencanakan rakor")}
    return {
        "url": reverse("programme:record_stage", args=[page.row.id, page.following.stage]),
        "label": _("Catat %(stage)s") % {"stage": page.following.title},
    }


@access(Right.PROGRAMME_RECORD, level=Level.L2)
@require_http_methods(["GET", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    """Enrol the villages of a decision, or one that was fixed before."""
    actor = request.actor
    if actor.office_id is None:
        raise Http404
    asked = request.POST.get("bagian", "") if request.method == "POST" else ""
    chosen = ChosenForm(request.POST if asked == "putusan" else None, prefix="putusan")
    earlier = VillageForm(request.POST if asked == "desa" else None, prefix="desa", by=actor)
    if asked == "putusan" and chosen.is_valid():
        answer = _enrol_chosen(request, chosen)
        if answer is not None:
            return answer
    if asked == "desa" and earlier.is_valid():
        answer = _enrol_earlier(request, earlier)
        if answer is not None:
            return answer
    served = list(villages_of_office(actor.office_id)[: LISTED + 1])
    context = {
        "waiting": _waiting(actor.office_id, request.GET.get("tahun", ""), actor),
        "chosen": chosen,
        "earlier": earlier,
        "villages": served if len(served) <= LISTED else [],
        "enrolled": queries.programme_years(actor, office_id=actor.office_id),
    }
    status = 400 if chosen.errors or earlier.errors else 200
    return render(request, "programme/enrol.html", context, status=status)


@access(Right.PROGRAMME_RECORD, level=Level.L2)
@require_http_methods(["GET", "POST"])
def record_stage(request: HttpRequest, pk: int, stage: str) -> HttpResponse:
    """Record that a stage happened."""
    row, rule, asked = _stage(request, pk, stage)
    initial = {"on": row.next_planned} if row.next_stage == rule.id else {}
    form = StageForm(
        request.POST or None,
        request.FILES or None,
        asked=asked,
        # Asked for only when something was found to stand in the way.
        exception=request.method == "POST",
        initial=initial,
    )
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                event = actions.record_stage(
                    pk,
                    stage=rule.id,
                    note=form.cleaned_data["note"],
                    evidence=form.cleaned_data["evidence"],
                    exception=form.cleaned_data.get("exception", ""),
                    by=request.actor,
                    **form.dated,
                )
            except BersinarError as refused:
                status = refused.status
                form.add_error(None, str(refused))
            else:
                undo = reverse("programme:undo_stage", args=[event.pk])
                messages.success(
                    request,
                    _("%(stage)s di %(village)s dicatat.") % {"stage": rule.title, "village": row.name},
                    extra_tags=f"undo:{undo}",
                )
                return redirect(_at(pk, rule.id))
    context = {"row": row, "rule": rule, "form": form}
    return render(request, "programme/record_stage.html", context, status=status)


@access(Right.PROGRAMME_RECORD, level=Level.L2)
@require_http_methods(["GET", "POST"])
def plan_stage(request: HttpRequest, pk: int, stage: str) -> HttpResponse:
    """Say when a stage is meant to happen."""
    row, rule, _asked = _stage(request, pk, stage)
    known = StagePlan.objects.for_actor(request.actor).filter(year_id=pk, stage=rule.id.value).last()
    initial = {"on": known.date, "note": known.note} if known else {}
    form = PlanForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.plan_stage(pk, stage=rule.id, by=request.actor, **form.cleaned_data)
        except BersinarError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Rencana %(stage)s disimpan.") % {"stage": rule.title})
            return redirect(_at(pk, rule.id))
    return _form_page(request, form, row, rule, _("Rencanakan %(stage)s"), _("Simpan rencana"))


@access(Right.PROGRAMME_RECORD, level=Level.L2)
@require_http_methods(["GET", "POST"])
def add_evidence(request: HttpRequest, pk: int, stage: str) -> HttpResponse:
    """Add a paper, a picture or where one can be found."""
    row, rule, asked = _stage(request, pk, stage)
    wanted = request.GET.get("butir", asked[0].id if asked else "")
    form = EvidenceForm(
        request.POST or None, request.FILES or None, asked=rule.evidence, initial={"item": wanted}
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.add_evidence(
                pk,
                stage=rule.id,
                item=data["item"],
                title=data["title"],
                reference=data["reference"],
                upload=data["upload"],
                by=request.actor,
                **form.dated,
            )
        except BersinarError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Bukti %(stage)s tersimpan.") % {"stage": rule.title})
            return redirect(_at(pk, rule.id))
    return _form_page(request, form, row, rule, _("Bukti %(stage)s"), _("Simpan bukti"), files=True)


@access(Right.PROGRAMME_RECORD, level=Level.L2)
@require_http_methods(["GET", "POST"])
def withdraw_stage(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a stage, with the reason."""
    event = get_or_404(StageEvent, request.actor, pk=pk)
    row, rule, _asked = _stage(request, event.year_id, event.stage)

    def act(reason: str) -> None:
        actions.withdraw_stage(pk, reason, by=request.actor)

    return _withdraw(request, act, row, rule.title, _at(row.id, rule.id))


@access(Right.PROGRAMME_RECORD, level=Level.L2)
@require_POST
def undo_stage(request: HttpRequest, pk: int) -> HttpResponse:
    """The button beside the message: the record stays, marked as undone."""
    event = get_or_404(StageEvent, request.actor, pk=pk)
    actions.withdraw_stage(pk, _("Diurungkan sesudah dicatat."), by=request.actor)
    messages.success(request, _("Catatan tahap diurungkan."))
    return redirect(_at(event.year_id, Stage(event.stage)))


@access(Right.PROGRAMME_RECORD, level=Level.L2)
@require_http_methods(["GET", "POST"])
def withdraw_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a piece of evidence, with the reason."""
    evidence = get_or_404(Evidence, request.actor, pk=pk)
    row, rule, _asked = _stage(request, evidence.year_id, evidence.stage)

    def act(reason: str) -> None:
        actions.withdraw_evidence(pk, reason, by=request.actor)

    return _withdraw(request, act, row, evidence.title, _at(row.id, rule.id))


@access(Right.PROGRAMME_RECORD, level=Level.L2)
@require_http_methods(["GET", "POST"])
def withdraw_year(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back an enrolment made by mistake."""
    row = queries.programme_year(pk, request.actor)

    def act(reason: str) -> None:
        actions.withdraw_year(pk, reason, by=request.actor)

    title = _("Pendaftaran %(year)d") % {"year": row.year}
    return _withdraw(request, act, row, title, reverse("programme:home"))


def _stage(request: HttpRequest, pk: int, stage: str) -> tuple[queries.YearRow, StageRule, tuple[Any, ...]]:
    """The year, the stage of its template, and the evidence that is still missing."""
    row = queries.programme_year(pk, request.actor)
    found = asked_of(pk, Stage(stage), request.actor) if stage in set(Stage) else None
    if found is None:
        raise Http404
    return row, found[0], found[1]


def _form_page(
    request: HttpRequest,
    form: Any,
    row: queries.YearRow,
    rule: StageRule,
    title: str,
    button: str,
    **more: Any,
) -> HttpResponse:
    context = {
        "row": row,
        "form": form,
        "title": title % {"stage": rule.title},
        "button": button,
        "back": _at(row.id, rule.id),
        **more,
    }
    return render(request, "programme/stage_form.html", context, status=400 if form.errors else 200)


def _withdraw(request: HttpRequest, act: Any, row: queries.YearRow, what: str, back: str) -> HttpResponse:
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data["reason"])
        except BersinarError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, _("%(what)s ditarik. Catatan dan alasannya tetap tersimpan.") % {"what": what}
            )
            return redirect(back)
    context = {
        "row": row,
        "form": form,
        "title": _("Tarik: %(what)s") % {"what": what},
        "lead": _("Catatan tidak dihapus; hanya tidak lagi dihitung."),
        "button": _("Tarik catatan"),
        "back": back,
    }
    return render(request, "programme/stage_form.html", context, status=400 if form.errors else 200)


def _enrol_chosen(request: HttpRequest, form: ChosenForm) -> HttpResponse | None:
    asked = address.year(request.POST.get("tahun", ""))
    if asked is None:
        raise Http404
    try:
        made = actions.enrol_chosen(asked, decided_on=form.cleaned_data["decided_on"], by=request.actor)
    except BersinarError as refused:
        form.add_error(None, str(refused))
        return None
    if made:
        words = ngettext("%(n)d desa didaftarkan.", "%(n)d desa didaftarkan.", len(made)) % {"n": len(made)}
        messages.success(request, words)
    else:
        messages.info(request, _("Semua desa putusan ini sudah terdaftar."))
    return redirect("programme:home")


def _enrol_earlier(request: HttpRequest, form: VillageForm) -> HttpResponse | None:
    data = form.cleaned_data
    try:
        made = actions.enrol_village(
            village_id=data["village"].pk,
            year=data["year"],
            money_source=MoneySource(data["money_source"]),
            origin=Origin(data["origin"]),
            source=data["source"],
            reason=data["reason"],
            by=request.actor,
        )
    except BersinarError as refused:
        form.add_error(None, str(refused))
        return None
    messages.success(
        request,
        _("%(name)s didaftarkan. Catat tahap yang sudah lewat, yang terjauh cukup.")
        % {"name": data["village"].name},
    )
    return redirect("programme:year", pk=made.pk)


def _waiting(office_id: int, asked: str, actor: Actor) -> list[dict[str, Any]]:
    """Decided years with villages that wait, the asked one first."""
    found = [
        {"year": year, "villages": villages, "decision_id": villages[0].decision_id}
        for year, villages in queries.not_enrolled(office_id, actor).items()
    ]
    return sorted(found, key=lambda one: str(one["year"]) != asked)


def _at(pk: int, stage: Stage) -> str:
    return reverse("programme:year", args=[pk]) + f"#tahap-{stage}"
