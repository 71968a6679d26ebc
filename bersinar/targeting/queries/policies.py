"""The policy that counts for an office and year, and its versions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bersinar.access import Actor
from bersinar.targeting import rules
from bersinar.targeting.models import OfficePolicy
from bersinar.targeting.rules import ChecklistItem, Policy


@dataclass(frozen=True, slots=True)
class PolicyInForce:
    """The policy that counts for an office and year, with its exact text."""

    policy: Policy
    text: str
    is_own: bool
    year: int | None = None  # the year it was entered for; later years keep it until another one is entered
    entered_by: str = ""
    entered_at: datetime | None = None


def policy_in_force(office_id: int, year: int, actor: Actor) -> PolicyInForce:
    """The unit's newest own version for the year or the years before it, else the stand-in that ships."""
    entered = OfficePolicy.objects.for_actor(actor).filter(office_id=office_id, year__lte=year)
    own: OfficePolicy | None = entered.order_by("-year", "-version").first()
    if own is None:
        return PolicyInForce(rules.shipped_policy(), rules.shipped_text(), is_own=False)
    return PolicyInForce(
        rules.parse_policy(own.text), own.text, True, own.year, own.created_by_name, own.created_at
    )


def policy_versions(office_id: int, year: int, actor: Actor) -> list[OfficePolicy]:
    """The unit's own versions for a year, newest first."""
    return list(OfficePolicy.objects.for_actor(actor).filter(office_id=office_id, year=year))


def questions(office_id: int, actor: Actor) -> list[ChecklistItem]:
    """Every question of readiness the office ever asked, newest version first, down to those that ship."""
    texts = OfficePolicy.objects.for_actor(actor).filter(office_id=office_id).order_by("-pk")
    policies = [*(rules.parse_policy(text) for text in texts.values_list("text", flat=True))]
    return [item for policy in (*policies, rules.shipped_policy()) for item in policy.checklist]
