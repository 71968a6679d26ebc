"""Pages of the mapping stage."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bersinar import jobs
from bersinar.access import BersinarError, Level, Right, access
from bersinar.fieldwork import queries as fieldwork
from bersinar.mapping import actions, present, queries
from bersinar.mapping.forms import AnswerForm, ObjectionForm, OwnRuleForm, ReleaseForm, StartForm
from bersinar.mapping.vocabulary import ObjectionOutcome


@access(Right.MAP_SEE, level=Level.L2)
def home(request: HttpRequest) -> HttpResponse:
    """All runs and whether they are provisional."""
    return render(request, "mapping/home.html", {"runs": queries.runs(request.actor)})


@access(Right.MAP_RUN, level=Level.L2)
def start(request: HttpRequest) -> HttpResponse:
    """Choose data and rule, then calculate in the background."""
    form = StartForm(request.POST or None, actor=request.actor, rounds=fieldwork.round_choices(request.actor))
    if request.method == "POST" and form.is_valid():
        round_id, rule = int(form.cleaned_data["round"]), form.cleaned_data["rule"]
        job = jobs.enqueue(
            "mapping.run",
            by=request.actor,
            key=f"mapping.run:{round_id}:{rule}:{fieldwork.fingerprint(round_id, request.actor)}",
            round_id=round_id,
            rule_key=rule,
        )
        return redirect("jobs:job", pk=job.pk)
    return render(request, "mapping/start.html", {"form": form})


@access(Right.MAP_SEE, level=Level.L2)
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """One run: counts that add up, how it was made, what comes next."""
    return render(request, "mapping/run.html", _run_context(request, pk))


@access(Right.MAP_SEE, level=Level.L2)
def table(request: HttpRequest, pk: int) -> HttpResponse:
    """The villages of a run; filters and order live in the address."""
    chosen = {
        "sort": request.GET.get("urut", "kategori"),
        "category": request.GET.get("kategori", ""),
        "search": request.GET.get("cari", "").strip()[:80],
    }
    number = request.GET.get("hal", "1")
    page = int(number) if number.isdigit() else 1
    rows, total = queries.results(pk, request.actor, page=page, **chosen)
    pages = Paginator(range(total), queries.PAGE)
    context = {
        **_run_context(request, pk),
        "rows": [present.row(row) for row in rows],
        "total": total,
        "page": pages.get_page(page),
        "chosen": chosen,
        "sorts": present.sorts(request.actor),
        "detail": request.actor.can(Right.VALUES_SEE_ENFORCEMENT),
    }
    return render(request, "mapping/table.html", context)


@access(Right.MAP_RUN, level=Level.L2)
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """The gate: shows what adds up, then releases."""
    form = ReleaseForm(request.POST or None)
    error = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.release_run(pk, by=request.actor, note=form.cleaned_data["note"])
        except BersinarError as refused:
            error = refused
        else:
            messages.success(request, _("Pemetaan dirilis."))
            return redirect("mapping:run", pk=pk)
    context = {
        **_run_context(request, pk),
        "form": form,
        "error": error,
        "gate": queries.gate(pk, request.actor),
    }
    return render(request, "mapping/release.html", context, status=error.status if error else 200)


@access(Right.MAP_SEE, level=Level.L2)
def objections(request: HttpRequest, pk: int) -> HttpResponse:
    """Objections of villages and the office's answers; new ones before release."""
    form = ObjectionForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 400
        request.actor.require(Right.MAP_RUN)
        if form.is_valid() and _record(request, pk, form):
            return redirect("mapping:objections", pk=pk)
    context = {
        **_run_context(request, pk),
        "form": form,
        "objections": queries.objections(pk, request.actor),
    }
    return render(request, "mapping/objections.html", context, status=status)


@access(Right.MAP_RUN, level=Level.L2)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer one objection."""
    objection = queries.objection(pk, request.actor)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.answer_objection(
            pk,
            outcome=ObjectionOutcome(form.cleaned_data["outcome"]),
            text=form.cleaned_data["text"],
            by=request.actor,
        )
        return redirect("mapping:objections", pk=objection.run_id)
    return render(request, "mapping/answer.html", {"form": form, "objection": objection})


@access(Right.MAP_SEE, level=Level.L2)
def rule_page(request: HttpRequest) -> HttpResponse:
    """Decision tables with the status of each line, and the unit's own lines."""
    form = OwnRuleForm(request.POST or None)
    if request.method == "POST":
        request.actor.require(Right.MAP_RUN)
        if form.is_valid():
            try:
                actions.add_own_rule(
                    title=form.cleaned_data["title"],
                    document=form.cleaned_data["document"],
                    lines=form.cleaned_data["lines"],
                    by=request.actor,
                )
            except BersinarError as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, _("Aturan unit disimpan sebagai versi baru."))
                return redirect("mapping:rules")
    shown = [present.rule(choice) for choice in queries.rule_choices(request.actor)]
    return render(
        request, "mapping/rules.html", {"rules": shown, "form": form}, status=400 if form.is_bound else 200
    )


def _record(request: HttpRequest, pk: int, form: ObjectionForm) -> bool:
    data = form.cleaned_data
    village = queries.village_in_run(pk, data["village"], request.actor)
    if village is None:
        form.add_error(
            "village", _("Kode desa itu tidak ada dalam pemetaan ini. Salin kodenya dari tabel desa.")
        )
        return False
    try:
        actions.record_objection(
            pk,
            village_id=village,
            text=data["text"],
            raised_by=data["raised_by"],
            raised_on=data["raised_on"],
            by=request.actor,
        )
    except BersinarError as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _run_context(request: HttpRequest, pk: int) -> dict[str, Any]:
    summary = queries.run_summary(pk, request.actor)
    rule = queries.run_rule(pk, request.actor)
    counts = queries.counts_of(pk, request.actor)
    return {
        "run": summary,
        "rule": present.rule_facts(rule),
        "legend": present.legend(counts, rule),
        "total_villages": summary.n_villages,
        "sum": sum(counts.values()),
        "sums_match": sum(counts.values()) == summary.n_villages,
    }
