"""A unit's own lines and thresholds, each version stored as the exact text that will be used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from bersinar import audit
from bersinar.access import Actor, Right
from bersinar.mapping import errors, rules
from bersinar.mapping.models import StoredRule
from bersinar.methods.categories import Line, Presence, RuleError, Status
from bersinar.territory.models import Office


def add_own_rule(
    *,
    title: str,
    document: str,
    lines: Sequence[Line] = (),
    presence: Mapping[str, Presence] | None = None,
    by: Actor,
    status: Status = Status.OWN,
) -> StoredRule:
    """Store a unit's own lines and thresholds under the published line, as a new version never edited.

    `presence` holds only the thresholds the unit knows; the others stay the stand-ins they are. It needs the right
    to enforcement values: whoever may move a threshold at will can ask for a hidden value until it is known.
    In a demo whatever is entered is an example.
    """
    by.require(Right.MAP_RUN)
    by.require(Right.VALUES_SEE_ENFORCEMENT)
    if by.office_id is None:
        raise errors.RuleRefused(
            _("Akun Anda tidak terikat pada satu unit. Masuk dengan akun unit untuk menambah aturan.")
        )
    if not lines and not presence:
        raise errors.RuleRefused(_("Isi paling sedikit satu garis atau satu batas."))
    if settings.BERSINAR_DEMO:
        status = Status.CONTOH
        lines = [replace(line, status=status) for line in lines]
        presence = {name: replace(limit, status=status) for name, limit in (presence or {}).items()}
    with transaction.atomic():
        # Two officers at once: the second must see the version of the first.
        Office.objects.for_actor(by).select_for_update().get(pk=by.office_id)
        rule_id = f"unit-{by.office_id}"
        known = StoredRule.objects.for_actor(by).filter(office_id=by.office_id, rule_id=rule_id)

        def text_of(version: str) -> str:
            return _text(rule_id, version, title, document, lines, presence, by, status)

        latest: StoredRule | None = known.order_by("-pk").first()
        # Sent twice, the same words are the same version.
        if latest is not None and latest.text == text_of(latest.version):
            return latest
        version = str(known.count() + 1)
        stored = StoredRule.objects.create(
            office_id=by.office_id,
            rule_id=rule_id,
            version=version,
            title=title,
            text=text_of(version),
            created_by_name=by.name,
        )
        audit.record(
            by,
            "mapping.rule_added",
            about=stored,
            version=version,
            lines=len(lines),
            thresholds=len(presence or {}),
        )
    return stored


def _text(
    rule_id: str,
    version: str,
    title: str,
    document: str,
    lines: Sequence[Line],
    presence: Mapping[str, Presence] | None,
    by: Actor,
    status: Status,
) -> str:
    try:
        rule = rules.with_own_lines(
            rules.published_rule(),
            lines,
            presence=presence,
            rule_id=rule_id,
            version=version,
            title=title,
            authority=by.office_name,
            document=document,
            status=status,
        )
    except RuleError as error:
        raise errors.RuleRefused(str(error)) from error
    return rules.write_rule(rule)
