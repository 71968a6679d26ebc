"""Pages of the selection stage."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bersinar.access import BersinarError, Level, Right, access
from bersinar.targeting import actions, candidate_list, checks, errors, present, queries
from bersinar.targeting.candidate_list import Wanted
from bersinar.targeting.forms import DecideForm, OwnPolicyForm, ProposalForm, ReadinessForm
from bersinar.targeting.models import Proposal
from bersinar.targeting.queries import Candidates
from bersinar.targeting.vocabulary import Answer
from bersinar.territory.queries import village_in_office
from bersinar.ui import address


@access(Right.TARGETS_SEE, level=Level.L2)
def home(request: HttpRequest) -> HttpResponse:
    """The villages of a year with what the policy says, and the places to fill."""
    office_id = _office(request)
    year = _year(request)
    found = queries.candidates(year, request.actor)
    draft = queries.proposal(office_id, year, request.actor)
    current = queries.current_decision(office_id, year, request.actor)
    context: dict[str, Any] = {
        "year": year,
        "years": [
            {"label": str(one), "url": f"?tahun={one}", "current": one == year}
            for one in candidate_list.years(office_id, year, request.actor)
        ],
        "current": current,
        "decisions": queries.decisions(office_id, request.actor),
    }
    if found is not None:
        proposed = {line["village"] for line in draft.lines} if draft else set()
        wanted = Wanted.from_query(request.GET)
        rows = candidate_list.filtered(found, wanted, proposed)
        page = Paginator(rows, candidate_list.PAGE).get_page(request.GET.get("hal"))
        policy = found.in_force.policy
        missing = checks.what_is_missing(found, draft)
        context |= {
            "missing": missing,
            "found": found,
            "wanted": wanted,
            "page": page,
            "groups": candidate_list.groups(found, list(page), wanted, proposed),
            "chips": candidate_list.chips(found, wanted, proposed, year),
            "districts": sorted({row.district for row in found.rows}),
            "sorts": candidate_list.sorts(),
            "slots": candidate_list.slots(found, draft, current),
            "n_proposed": len(proposed),
            "none_eligible": current is None and not any(row.verdict.eligible for row in found.rows),
            "made_from": candidate_list.made_from(found),
            "policy_status": present.status_word(policy.status),
        }
    return render(request, "targeting/home.html", context)


@access(Right.TARGETS_PREPARE, level=Level.L2)
@require_POST
def pick(request: HttpRequest, year: int) -> HttpResponse:
    """Put one village into the draft or take it out; reasons are written on the next page."""
    found = _candidates(request, year)
    add, drop = request.POST.get("tambah", ""), request.POST.get("keluarkan", "")
    row = found.by_id().get(address.whole_number(add or drop) or 0)
    if row is None:
        raise Http404
    if add:
        actions.add_to_proposal(year, run_id=found.run.id, village_id=row.village_id, by=request.actor)
        messages.success(request, _("%(name)s masuk usulan. Tulis alasannya.") % {"name": row.name})
    else:
        actions.drop_from_proposal(year, village_id=row.village_id, by=request.actor)
        messages.success(request, _("%(name)s dikeluarkan dari usulan.") % {"name": row.name})
    if request.POST.get("kembali") == "usulan":
        return redirect("targeting:proposal", year=year)
    # The list's own filters travel in the form; nothing else of the address does.
    return redirect(
        f"{reverse('targeting:home')}?{Wanted.from_query(request.POST).address(year)}#desa-{row.code}"
    )


@access(Right.TARGETS_PREPARE, level=Level.L2)
def proposal(request: HttpRequest, year: int) -> HttpResponse:
    """Write the reasons; the draft is kept until it is decided."""
    found = _candidates(request, year)
    draft = queries.proposal(found.office_id, year, request.actor)
    if request.method == "POST":
        # What was shown is what is judged, even when a colleague changed the list meanwhile.
        form = _proposal_form(found, draft, request.POST)
        if form.is_valid() and (answer := _save_proposal(request, year, form)) is not None:
            return answer
        draft = queries.proposal(found.office_id, year, request.actor)
        if draft is not None and request.POST.get("revision") != str(draft.revision):
            form = _with_both_texts(found, draft, request.POST)
    else:
        form = _proposal_form(found, draft, None)
    context = {
        **_proposal_context(found, draft, request),
        "form": form,
        "villages": _village_fields(form, found),
    }
    return render(request, "targeting/proposal.html", context, status=400 if form.is_bound else 200)


@access(Right.TARGETS_DECIDE, level=Level.L2)
def decide(request: HttpRequest, year: int) -> HttpResponse:
    """Everything that will be decided, then one button."""
    found = _candidates(request, year)
    if request.method == "POST":
        form = DecideForm(request.POST, replaces=bool(request.POST.get("replaces")))
        if not form.is_valid():
            return _decide_page(request, found, form, None)
        data = form.cleaned_data
        try:
            decided = actions.decide_proposal(
                year,
                run_id=data["run"],
                revision=data["revision"],
                client_key=str(data["client_key"]),
                superseding_reason=data.get("reason", ""),
                replaces=data["replaces"],
                by=request.actor,
            )
        except BersinarError as refused:
            # A fresh form: what the head confirms next is what stands there now.
            return _decide_page(
                request, found, _decide_form(request, found, reason=data.get("reason", "")), refused
            )
        messages.success(
            request, _("Sasaran %(year)d ditetapkan. Berikutnya: rancangan SK.") % {"year": year}
        )
        return redirect("targeting:decision", pk=decided.pk)
    return _decide_page(request, found, _decide_form(request, found), None)


@access(Right.TARGETS_SEE, level=Level.L2)
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """One decision as it was written, with what became known since."""
    facts = queries.decision(pk, request.actor)
    context = {
        "decision": facts,
        "choices": [present.chosen_village(choice, facts.policy) for choice in facts.choices],
        "decrees": queries.decrees(pk, request.actor) if request.actor.can(Right.DOCUMENTS_SEE) else [],
        "own": facts.office_id == request.actor.office_id,
        "signatory": present.signatory_word(facts.policy.signatory),
        "policy_status": present.status_word(facts.policy.status),
        "made_from": [
            (
                _("Pemetaan"),
                _("tahun %(year)d, nomor %(run)d") % {"year": facts.run_year, "run": facts.run_id},
            ),
            (_("Kebijakan"), f"{facts.policy.title} ({present.status_word(facts.policy.status)})"),
            (_("Asal kebijakan"), facts.policy.document),
        ],
    }
    return render(request, "targeting/decision.html", context)


@access(Right.TARGETS_PREPARE, level=Level.L2)
@require_POST
def draft_decree(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft the SK of a decision; a second press finds the drafts that are there."""
    letters = actions.draft_sk(pk, by=request.actor)
    messages.success(request, _("Rancangan SK siap: %(number)d naskah.") % {"number": len(letters)})
    return redirect("targeting:decision", pk=pk)


@access(Right.TARGETS_PREPARE, level=Level.L2)
def readiness(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """What is known about one village's readiness, and what was known before."""
    office_id = _office(request)
    village = village_in_office(office_id, code)
    if village is None:
        raise Http404
    policy = queries.policy_in_force(office_id, year, request.actor).policy
    history = queries.readiness_history(village.pk, year, request.actor)
    known = queries.readiness_by_village(office_id, year, request.actor).get(
        village.pk, queries.ReadinessFacts()
    )
    form = ReadinessForm(request.POST or None, policy=policy, known=known)
    if request.method == "POST" and form.is_valid():
        actions.record_readiness(
            village.pk,
            year=year,
            pact=Answer(form.cleaned_data["pact"]),
            pact_evidence=form.cleaned_data["pact_evidence"],
            answers=form.cleaned_data["answers"],
            note=form.cleaned_data["note"],
            by=request.actor,
        )
        messages.success(request, _("Kesiapan %(name)s dicatat.") % {"name": village.name})
        return redirect(f"{reverse('targeting:home')}?tahun={year}#desa-{village.code}")
    context = {
        "year": year,
        "village": village,
        "form": form,
        "history": [candidate_list.readiness_line(row, policy) for row in history],
    }
    return render(request, "targeting/readiness.html", context, status=400 if form.errors else 200)


@access(Right.TARGETS_SEE, level=Level.L1)
def policy(request: HttpRequest, year: int) -> HttpResponse:
    """The policy that counts for a year, where each part comes from, and the unit's own."""
    office_id = _office(request)
    in_force = queries.policy_in_force(office_id, year, request.actor)
    form = OwnPolicyForm(request.POST or None, policy=in_force.policy)
    if request.method == "POST":
        request.actor.require(Right.TARGETS_PREPARE)
        if form.is_valid():
            own = form.policy(office_id=office_id, authority=request.actor.office_name)
            actions.enter_policy(year, policy=own, by=request.actor)
            messages.success(request, _("Kebijakan unit disimpan sebagai versi baru."))
            return redirect("targeting:policy", year=year)
    context = {
        "year": year,
        "in_force": in_force,
        "status_word": present.status_word(in_force.policy.status),
        "parts": present.policy_facts(in_force.policy),
        "versions": queries.policy_versions(office_id, year, request.actor),
        "form": form,
    }
    return render(request, "targeting/policy.html", context, status=400 if form.errors else 200)


def _office(request: HttpRequest) -> int:
    return actions.office_of(request.actor)


def _year(request: HttpRequest) -> int:
    if asked := address.year(request.GET.get("tahun", "")):
        return asked
    newest = queries.latest_year(_office(request), request.actor)
    return newest or timezone.localdate().year


def _candidates(request: HttpRequest, year: int) -> Candidates:
    _office(request)
    found = queries.candidates(year, request.actor)
    if found is None:
        raise Http404
    return found


def _proposal_form(found: Candidates, draft: Proposal | None, data: QueryDict | None) -> ProposalForm:
    """The draft's villages, or those that were on the page that comes back."""
    lines = {line["village"]: line for line in draft.lines} if draft else {}
    if data is None:
        shown = [row for row in found.rows if row.village_id in lines]
    else:
        shown = [row for row in found.rows if f"money_{row.village_id}" in data]
    return ProposalForm(
        data,
        rows=shown,
        lines=lines,
        initial={
            "run": found.run.id,
            "revision": draft.revision if draft else 0,
            "passed_over_reason": draft.passed_over_reason if draft else "",
        },
    )


def _save_proposal(request: HttpRequest, year: int, form: ProposalForm) -> HttpResponse | None:
    """Save and go on; None when somebody else saved in between."""
    try:
        actions.save_proposal(
            year,
            run_id=form.cleaned_data["run"],
            lines=form.lines(),
            passed_over_reason=form.cleaned_data["passed_over_reason"],
            revision=form.cleaned_data["revision"],
            by=request.actor,
        )
    except BersinarError as refused:
        form.add_error(None, str(refused))
        return None
    if "lanjut" in request.POST and request.actor.can(Right.TARGETS_DECIDE):
        return redirect("targeting:decide", year=year)
    messages.success(request, _("Usulan disimpan. Kepala unit dapat memeriksanya."))
    return redirect("targeting:proposal", year=year)


def _with_both_texts(found: Candidates, draft: Proposal, typed: QueryDict) -> ProposalForm:
    """What was typed, on top of the list as it is now, with the colleague's texts beside it; saving again keeps it."""
    data = typed.copy()
    data["revision"] = str(draft.revision)
    for line in draft.lines:
        key = line["village"]
        if f"money_{key}" not in typed:
            data[f"money_{key}"], data[f"reason_{key}"] = line["money_source"], line["reason"]
            data[f"override_{key}"] = line["override_reason"]
    form = _proposal_form(found, draft, data)
    # Before the fields are bound: a bound field keeps the help it was born with.
    form.show_stored({line["village"]: line for line in draft.lines}, draft.saved_by_name)
    form.full_clean()
    form.add_error(None, str(errors.ProposalChanged(draft.saved_by_name)))
    return form


def _decide_form(request: HttpRequest, found: Candidates, *, reason: str = "") -> DecideForm:
    draft = queries.proposal(found.office_id, found.year, request.actor)
    current = queries.current_decision(found.office_id, found.year, request.actor)
    initial = {
        "client_key": uuid.uuid4(),
        "run": found.run.id,
        "revision": draft.revision if draft else 0,
        "replaces": current.id if current else None,
        "reason": reason,
    }
    return DecideForm(replaces=current is not None, initial=initial)


def _decide_page(
    request: HttpRequest, found: Candidates, form: DecideForm, refused: BersinarError | None
) -> HttpResponse:
    draft = queries.proposal(found.office_id, found.year, request.actor)
    context = _proposal_context(found, draft, request)
    context |= {
        "form": form,
        "current": queries.current_decision(found.office_id, found.year, request.actor),
        "error": refused or context["missing"],
    }
    status = refused.status if refused else 400 if form.errors else 200
    return render(request, "targeting/decide.html", context, status=status)


def _proposal_context(found: Candidates, draft: Proposal | None, request: HttpRequest) -> dict[str, Any]:
    lines = candidate_list.proposed_lines(found, draft)
    chosen = {line["id"] for line in lines}
    return {
        "year": found.year,
        "found": found,
        "draft": draft,
        "lines": lines,
        "slots": candidate_list.slots(found, draft, None),
        "passed_over": found.passed_over(chosen),
        "made_from": candidate_list.made_from(found),
        "missing": checks.what_is_missing(found, draft),
    }


def _village_fields(form: ProposalForm, found: Candidates) -> list[dict[str, Any]]:
    policy = found.in_force.policy
    return [
        {
            **present.candidate(row, policy, proposed=True),
            "fields": [
                form[name]
                for name in (
                    f"money_{row.village_id}",
                    f"reason_{row.village_id}",
                    f"override_{row.village_id}",
                )
                if name in form.fields
            ],
        }
        for row in form.rows
    ]
