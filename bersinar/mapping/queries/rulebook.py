"""The rules one may calculate with."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404

from bersinar.access import Actor, Right
from bersinar.mapping import rules
from bersinar.mapping.models import StoredRule
from bersinar.methods.categories import CountRule
from bersinar.ui import address

PUBLISHED_KEY = "terbit"


@dataclass(frozen=True, slots=True)
class RuleChoice:
    """A rule one may calculate with."""

    key: str
    title: str
    rule: CountRule

    @property
    def is_own(self) -> bool:
        return self.key != PUBLISHED_KEY


def rule_choices(actor: Actor) -> list[RuleChoice]:
    """The published rule first, then the versions of the office this person may use, newest first."""
    choices = [RuleChoice(PUBLISHED_KEY, rules.published_rule().title, rules.published_rule())]
    for stored in _usable(actor):
        choices.append(RuleChoice(f"unit:{stored.pk}", stored.title, rules.parse_rule(stored.text)))
    return choices


def latest_own_rule(actor: Actor) -> RuleChoice | None:
    """The newest version the office entered; what it usually calculates with."""
    return next((choice for choice in rule_choices(actor) if choice.is_own), None)


def rule_text(key: str, actor: Actor) -> str:
    """The exact text of a rule one may calculate with."""
    if key == PUBLISHED_KEY:
        return rules.shipped_text()
    pk = address.whole_number(key.removeprefix("unit:"))
    text = next((stored.text for stored in _usable(actor) if stored.pk == pk), None)
    if text is None:
        raise Http404
    return text


def _usable(actor: Actor) -> list[StoredRule]:
    """Without the right to enforcement values only the newest version: with many rules one could find values out."""
    own = StoredRule.objects.for_actor(actor).filter(office_id=actor.office_id).order_by("-pk")
    return list(own if actor.can(Right.VALUES_SEE_ENFORCEMENT) else own[:1])
