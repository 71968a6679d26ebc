"""What people do to choose: record readiness, propose, decide, replace a decision, draft the decree."""

from bersinar.targeting.actions.common import office_of
from bersinar.targeting.actions.decide import decide_proposal, decide_targets, supersede_decision
from bersinar.targeting.actions.decree import draft_sk
from bersinar.targeting.actions.prepare import (
    add_to_proposal,
    drop_from_proposal,
    enter_policy,
    record_readiness,
    save_proposal,
)
from bersinar.targeting.checks import Chosen, check_choices, check_quota, chosen_in

__all__ = [
    "Chosen",
    "add_to_proposal",
    "check_choices",
    "check_quota",
    "chosen_in",
    "decide_proposal",
    "decide_targets",
    "draft_sk",
    "drop_from_proposal",
    "enter_policy",
    "office_of",
    "record_readiness",
    "save_proposal",
    "supersede_decision",
]
