"""Reads over people, their sessions and what waits for a second person."""

from bersinar.accounts.queries.people import (
    account_in_office,
    accounts_of_office,
    actor_of,
    check_name_is_free,
    one_of_office,
    own_account,
    people_with_a_factor,
    position_of,
    user_of,
)
from bersinar.accounts.queries.together import joint_acts, work_queue

__all__ = [
    "account_in_office",
    "accounts_of_office",
    "actor_of",
    "check_name_is_free",
    "joint_acts",
    "one_of_office",
    "own_account",
    "people_with_a_factor",
    "position_of",
    "user_of",
    "work_queue",
]
