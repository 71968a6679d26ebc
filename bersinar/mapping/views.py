"""Pages of the mapping stage."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bersinar import jobs
from bersinar.access import BersinarError, Level, Right, access
from bersinar.fieldwork import queries as fieldwork
from bersinar.mapping import actions, errors, present, queries, rules
from bersinar.mapping.forms import AnswerForm, ObjectionForm, OwnRuleForm, ReleaseForm, StartForm
from bersinar.mapping.queries.result_rows import ANOMALOUS
from bersinar.mapping.table import FileKind
from bersinar.mapping.vocabulary import ObjectionOutcome
from bersinar.ui import address
from bersinar.ui.templatetags.bersinar import waktu

# A calculation over so many villages is done well within a second; more goes to the background.
AT_ONCE = 500
# A file of more villages takes longer than a second to write.
FILE_AT_ONCE = 5_000


@access(Right.MAP_SEE, level=Level.L2)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The run that counts for each year, what waits, and everything older."""
    found = queries.runs(request.actor)
    counting = [run for run in found if run.is_current]
    # One's own office first, then the newest year.
    current = max(
        counting, key=lambda run: (run.office_id == request.actor.office_id, run.year), default=None
    )
    context: dict[str, Any] = {
        "runs": found,
        "current": current,
        "waiting": [
            run for run in found if run.released_at is None and run.office_id == request.actor.office_id
        ][:3],
        "several": len(request.actor.office_ids) > 1,
    }
    if current is not None:
        rule = queries.run_rule(current.id, request.actor)
        context["legend"] = present.legend(current.counts, rule)
        context["limits_word"] = present.limits_word(rule)
        context["sum"] = sum(current.counts.values())
        context["sums_match"] = context["sum"] == current.n_villages
    return render(request, "mapping/home.html", context)


@access(Right.MAP_RUN, level=Level.L2)
def start(request: HttpRequest) -> HttpResponse:
    """Choose data and rule, then calculate; a large office's villages in the background."""
    rule_list = queries.rule_choices(request.actor)
    own = queries.latest_own_rule(request.actor)
    rounds = [
        (one.pk, f"{one.title} {one.year}")
        for one in fieldwork.rounds(request.actor)
        if one.office_id == request.actor.office_id
    ]
    form = StartForm(
        request.POST or None,
        rounds=rounds,
        rules=rule_list,
        initial={
            "round": request.GET.get("putaran", ""),
            "rule": own.key if own else queries.PUBLISHED_KEY,
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _calculate(request, int(form.cleaned_data["round"]), form.cleaned_data["rule"])
        except BersinarError as refused:
            form.add_error(None, str(refused))
    context = {"form": form, "has_rounds": bool(rounds)}
    return render(request, "mapping/start.html", context, status=400 if form.errors else 200)


@access(Right.MAP_SEE, level=Level.L2)
@require_safe
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """One run: counts that add up, how it was made, what comes next."""
    context = _run_context(request, pk)
    context |= {
        "changed": queries.data_changed(context["run"], request.actor),
        "n_anomalies": queries.n_anomalies(pk, request.actor),
        "anomalous": ANOMALOUS,
    }
    return render(request, "mapping/run.html", context)


@access(Right.MAP_SEE, level=Level.L2)
@require_safe
def table(request: HttpRequest, pk: int) -> HttpResponse:
    """The villages of a run; filters and order live in the address."""
    chosen = {
        "sort": request.GET.get("urut", "kategori"),
        "category": request.GET.get("kategori", ""),
        "district": _asked(request, "kecamatan"),
        "search": _asked(request, "cari"),
    }
    page = address.whole_number(request.GET.get("hal", ""), least=1, most=99_999) or 1
    rows, total = queries.results(pk, request.actor, page=page, **chosen)
    context = _run_context(request, pk)
    context |= {
        "rows": [present.row(row) for row in rows],
        "total": total,
        "page": Paginator(range(total), queries.PAGE).get_page(page),
        "chosen": chosen,
        "chips": _chips(
            context["legend"], chosen["category"], queries.n_anomalies(pk, request.actor), request
        ),
        "districts": queries.districts_of(pk, request.actor),
        "sorts": present.sorts(request.actor),
        "detail": request.actor.can(Right.VALUES_SEE_ENFORCEMENT),
    }
    return render(request, "mapping/table.html", context)


@access(Right.MAP_SEE, level=Level.L2)
@require_safe
def village(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Why one village has its category in this run, and what it said about it."""
    village_id = queries.village_in_run(pk, code, request.actor)
    found = queries.result_of_village(pk, village_id, request.actor) if village_id else None
    if found is None or village_id is None:
        raise Http404
    rule = queries.run_rule(pk, request.actor)
    context = _run_context(request, pk)
    context |= {
        "village": present.row(found),
        "why": present.why(found, rule),
        "square": present.decision_square(found, rule, example=context["run"].data_is_example),
        "objections": queries.objections_of_village(pk, village_id, request.actor),
    }
    return render(request, "mapping/village.html", context)


@access(Right.REPORTS_EXPORT, level=Level.L2, fresh=True)
@require_safe
def table_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """The released table as a workbook."""
    return _download(request, pk, FileKind.XLSX)


@access(Right.REPORTS_EXPORT, level=Level.L2, fresh=True)
@require_safe
def table_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The released table as CSV."""
    return _download(request, pk, FileKind.CSV)


@access(Right.MAP_RUN, level=Level.L2)
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """The gate: shows what adds up, then releases."""
    form = ReleaseForm(request.POST or None)
    refused: BersinarError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.release_run(pk, by=request.actor, note=form.cleaned_data["note"])
        except errors.AlreadyReleased:
            # A second press, or a colleague a moment earlier: what was wanted is done.
            return redirect("mapping:run", pk=pk)
        except BersinarError as error:
            refused = error
        else:
            messages.success(request, _("Pemetaan dirilis. Berikutnya: pilih sasaran."))
            return redirect("mapping:run", pk=pk)
    gate = queries.gate(pk, request.actor)
    context = _run_context(request, pk)
    context |= {
        "form": form,
        "gate": gate,
        "error": refused or queries.why_not_released(gate),
        "changed": queries.data_changed(context["run"], request.actor),
    }
    return render(request, "mapping/release.html", context, status=refused.status if refused else 200)


@access(Right.MAP_SEE, level=Level.L2)
def objections(request: HttpRequest, pk: int) -> HttpResponse:
    """Objections of villages and the office's answers; new ones before release."""
    form = ObjectionForm(request.POST or None, initial={"village": request.GET.get("desa", "")[:100]})
    if request.method == "POST":
        request.actor.require(Right.MAP_RUN)
        if form.is_valid() and _record(request, pk, form):
            messages.success(request, _("Keberatan dicatat. Jawab sebelum pemetaan dirilis."))
            return redirect("mapping:objections", pk=pk)
    context = {
        **_run_context(request, pk),
        "form": form,
        "objections": queries.objections(pk, request.actor),
    }
    return render(request, "mapping/objections.html", context, status=400 if form.errors else 200)


@access(Right.MAP_RUN, level=Level.L2)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer one objection."""
    objection = queries.objection(pk, request.actor)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_objection(
                pk,
                outcome=ObjectionOutcome(form.cleaned_data["outcome"]),
                text=form.cleaned_data["text"],
                by=request.actor,
            )
        except BersinarError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Jawaban disimpan."))
            return redirect("mapping:objections", pk=objection.run_id)
    result = queries.result_of_village(objection.run_id, objection.village_id, request.actor)
    context = {
        **_run_context(request, objection.run_id),
        "form": form,
        "objection": objection,
        "village": present.row(result) if result else None,
    }
    return render(request, "mapping/answer.html", context, status=400 if form.errors else 200)


@access(Right.MAP_SEE, level=Level.L2)
def rule_page(request: HttpRequest) -> HttpResponse:
    """Decision tables with the status of each line and threshold, and the unit's own."""
    may_add = request.actor.can(Right.MAP_RUN) and request.actor.can(Right.VALUES_SEE_ENFORCEMENT)
    choices = queries.rule_choices(request.actor)
    own = [choice for choice in choices if choice.is_own]
    form = OwnRuleForm(
        request.POST or None,
        base=rules.published_rule(),
        names=present.indicator_names(),
        known=own[0].rule if own else None,
    )
    if request.method == "POST":
        request.actor.require(Right.MAP_RUN)
        request.actor.require(Right.VALUES_SEE_ENFORCEMENT)
        if form.is_valid():
            try:
                actions.add_own_rule(
                    title=form.cleaned_data["title"],
                    document=form.cleaned_data["document"],
                    lines=form.cleaned_data["lines"],
                    presence=form.cleaned_data["presence"],
                    by=request.actor,
                )
            except BersinarError as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, _("Aturan unit disimpan sebagai versi baru."))
                return redirect("mapping:rules")
    context = {
        "shown": [present.rule(choice) for choice in (*own[:1], choices[0])],
        "older": [present.rule(choice) for choice in own[1:]],
        "form": form,
        "may_add": may_add,
    }
    return render(request, "mapping/rules.html", context, status=400 if form.errors else 200)


def _calculate(request: HttpRequest, round_id: int, rule_key: str) -> HttpResponse:
    round_ = fieldwork.round_of(round_id, request.actor)
    if fieldwork.villages_of_round(round_).count() <= AT_ONCE:
        made = actions.run_mapping(round_id, rule_key=rule_key, by=request.actor)
        messages.success(request, _("Pemetaan dihitung. Hasilnya sementara sampai dirilis."))
        return redirect("mapping:run", pk=made.pk)
    job = jobs.enqueue(
        "mapping.run",
        by=request.actor,
        key=f"mapping.run:{round_id}:{rule_key}:{fieldwork.fingerprint(round_id, request.actor)}",
        round_id=round_id,
        rule_key=rule_key,
    )
    return redirect("jobs:job", pk=job.pk)


def _download(request: HttpRequest, pk: int, kind: FileKind) -> HttpResponse:
    run = queries.run_summary(pk, request.actor)
    if run.released_at is not None and run.n_villages > FILE_AT_ONCE:
        # A file that was made before its data were withdrawn does not say so; then it is made anew.
        key = f"mapping.export:{pk}:{kind.value}:{run.withdrawn}"
        job = jobs.enqueue("mapping.export", by=request.actor, key=key, run_id=pk, shape=kind.value)
        return redirect("jobs:job", pk=job.pk)
    made = actions.export_table(pk, kind=kind, by=request.actor)
    response = HttpResponse(made.content, content_type=kind.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return response


def _record(request: HttpRequest, pk: int, form: ObjectionForm) -> bool:
    data = form.cleaned_data
    village_id = queries.village_in_run(pk, data["village"], request.actor)
    if village_id is None:
        form.add_error("village", _not_one(queries.namesakes_in_run(pk, data["village"], request.actor)))
        return False
    try:
        actions.record_objection(
            pk,
            village_id=village_id,
            text=data["text"],
            raised_by=data["raised_by"],
            raised_on=data["raised_on"],
            by=request.actor,
        )
    except BersinarError as refused:
        form.add_error("raised_on" if isinstance(refused, errors.ObjectionInFuture) else None, str(refused))
        return False
    return True


def _not_one(namesakes: list[tuple[str, str, str]]) -> str:
    """Why no village could be taken, with the codes to choose from where several have the name."""
    if not namesakes:
        return _("Desa itu tidak ada dalam pemetaan ini. Periksa ejaannya, atau tulis kodenya.")
    choice = "; ".join(f"{code} (Kec. {district})" for code, _name, district in namesakes)
    return _("Ada %(number)d desa bernama %(name)s. Tulis kodenya: %(choice)s.") % {
        "number": len(namesakes),
        "name": namesakes[0][1],
        "choice": choice,
    }


def _asked(request: HttpRequest, key: str) -> str:
    """A word of the address; PostgreSQL bears no NUL in a text."""
    return request.GET.get(key, "").replace("\0", "").strip()[:80]


def _chips(
    legend: list[present.LegendLine], chosen: str, n_anomalies: int | None, request: HttpRequest
) -> list[dict[str, Any]]:
    """Filters by category; the other filters in the address stay, the page begins again."""

    def url(value: str) -> str:
        query = request.GET.copy()
        query.pop("hal", None)
        query["kategori"] = value
        return f"?{query.urlencode()}"

    chips = [
        {
            "label": _("Semua"),
            "url": url(""),
            "current": not chosen,
            "count": sum(line.count for line in legend),
        }
    ]
    chips += [
        {"label": line.word, "url": url(line.value), "current": chosen == line.value, "count": line.count}
        for line in legend
    ]
    if n_anomalies:
        current = chosen == ANOMALOUS
        chips.append(
            {"label": _("Periksa lagi"), "url": url(ANOMALOUS), "current": current, "count": n_anomalies}
        )
    return chips


def _run_context(request: HttpRequest, pk: int) -> dict[str, Any]:
    summary = queries.run_summary(pk, request.actor)
    rule = queries.run_rule(pk, request.actor)
    counts = queries.counts_of(pk, request.actor)
    return {
        "run": summary,
        "own": summary.office_id == request.actor.office_id,
        "several": len(request.actor.office_ids) > 1,
        "rule": present.rule_facts(rule),
        "legend": present.legend(counts, rule),
        "limits_word": present.limits_word(rule),
        "sum": sum(counts.values()),
        "sums_match": sum(counts.values()) == summary.n_villages,
        "made_of": present.made_of(
            summary, rule, waktu(summary.released_at), waktu(timezone.localtime(summary.computed_at))
        ),
    }
