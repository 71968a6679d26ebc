"""What the mapping stage tells: rules, runs, results, the gate, objections and a village's history."""

from bersinar.mapping.queries.objection_rows import (
    namesakes_in_run,
    objection,
    objections,
    objections_of_village,
    village_in_run,
)
from bersinar.mapping.queries.queue import work_queue
from bersinar.mapping.queries.release_gate import Gate, gate, why_not_released
from bersinar.mapping.queries.result_rows import (
    PAGE,
    HistoryEntry,
    ResultRow,
    all_results,
    districts_of,
    history,
    n_anomalies,
    result_of_village,
    results,
)
from bersinar.mapping.queries.rulebook import (
    PUBLISHED_KEY,
    RuleChoice,
    latest_own_rule,
    rule_choices,
    rule_text,
)
from bersinar.mapping.queries.run_rows import (
    ReleasedRun,
    RunSummary,
    counts_by_regency,
    counts_of,
    data_changed,
    is_released,
    releases,
    run_rule,
    run_summary,
    runs,
    uses_withdrawn_data,
)

__all__ = [
    "PAGE",
    "PUBLISHED_KEY",
    "Gate",
    "HistoryEntry",
    "ReleasedRun",
    "ResultRow",
    "RuleChoice",
    "RunSummary",
    "all_results",
    "counts_by_regency",
    "counts_of",
    "data_changed",
    "districts_of",
    "gate",
    "history",
    "is_released",
    "latest_own_rule",
    "n_anomalies",
    "namesakes_in_run",
    "objection",
    "objections",
    "objections_of_village",
    "releases",
    "result_of_village",
    "results",
    "rule_choices",
    "rule_text",
    "run_rule",
    "run_summary",
    "runs",
    "uses_withdrawn_data",
    "village_in_run",
    "why_not_released",
    "work_queue",
]
