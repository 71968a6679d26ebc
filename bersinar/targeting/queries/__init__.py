"""What the selection stage tells: candidates with reasons, the policy in force, drafts and decisions."""

from bersinar.targeting.queries.candidate_rows import (
    Candidate,
    Candidates,
    ReadinessFacts,
    candidates,
    latest_year,
    proposal,
    readiness_by_village,
    readiness_history,
    run_for,
)
from bersinar.targeting.queries.decision_rows import (
    ChoiceFacts,
    ChosenVillage,
    DecisionFacts,
    VillageChoice,
    choices_of_village,
    chosen,
    chosen_by_year,
    current_decision,
    decided_years,
    decision,
    decisions,
    decrees,
    earlier_targets,
    unsigned_decrees_before,
)
from bersinar.targeting.queries.policies import (
    PolicyInForce,
    policy_in_force,
    policy_versions,
    questions,
)
from bersinar.targeting.queries.queue import (
    work_queue,
)

__all__ = [
    "Candidate",
    "Candidates",
    "ChoiceFacts",
    "ChosenVillage",
    "DecisionFacts",
    "PolicyInForce",
    "ReadinessFacts",
    "VillageChoice",
    "candidates",
    "choices_of_village",
    "chosen",
    "chosen_by_year",
    "current_decision",
    "decided_years",
    "decision",
    "decisions",
    "decrees",
    "earlier_targets",
    "latest_year",
    "policy_in_force",
    "policy_versions",
    "proposal",
    "questions",
    "readiness_by_village",
    "readiness_history",
    "run_for",
    "unsigned_decrees_before",
    "work_queue",
]
