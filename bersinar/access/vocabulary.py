"""Levels of data, roles, sections, rights and retention classes."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Level(IntEnum):
    """How much harm a leak does: L0 public, L1 internal, L2 personal, L3 health, L4 life."""

    L0 = 0
    L1 = 1
    L2 = 2
    L3 = 3
    L4 = 4


class Retention(StrEnum):
    """How long a row is kept. Years come from the agency's archive schedule, which is not published."""

    REFERENCE = "REFERENCE"  # as long as it is valid
    ARCHIVE = "ARCHIVE"  # programme records, never purged by the software
    WORKING = "WORKING"  # may be cleared when the work is done
    ACCOUNT = "ACCOUNT"  # as long as the person has an account, then the name stays in the audit


class Role(StrEnum):
    KEPALA = "KEPALA"
    STAF = "STAF"
    ADMIN = "ADMIN"
    KADES = "KADES"
    SEKDES = "SEKDES"
    BABINSA = "BABINSA"
    BHABINKAMTIBMAS = "BHABINKAMTIBMAS"
    TOKOH = "TOKOH"


class Section(StrEnum):
    P2M = "P2M"
    REHABILITASI = "REHABILITASI"
    PEMBERANTASAN = "PEMBERANTASAN"
    UMUM = "UMUM"


class Right(StrEnum):
    HOME = "HOME"
    TERRITORY_SEARCH = "TERRITORY_SEARCH"
    BORDERS_IMPORT = "BORDERS_IMPORT"
    JOBS_SEE = "JOBS_SEE"
    ACCOUNTS_MANAGE = "ACCOUNTS_MANAGE"
    ACCOUNTS_RESET = "ACCOUNTS_RESET"
    FACTORS_OWN = "FACTORS_OWN"
    TOGETHER_SEE = "TOGETHER_SEE"
    ENFORCEMENT_GRANT = "ENFORCEMENT_GRANT"
    VALUES_SEE = "VALUES_SEE"
    VALUES_SEE_ENFORCEMENT = "VALUES_SEE_ENFORCEMENT"
    VALUES_ENTER = "VALUES_ENTER"
    MAP_SEE = "MAP_SEE"
    MAP_RUN = "MAP_RUN"
    TARGETS_SEE = "TARGETS_SEE"
    TARGETS_PREPARE = "TARGETS_PREPARE"
    TARGETS_DECIDE = "TARGETS_DECIDE"
    DOCUMENTS_SEE = "DOCUMENTS_SEE"
    DOCUMENTS_ISSUE = "DOCUMENTS_ISSUE"
    PROGRAMME_SEE = "PROGRAMME_SEE"
    PROGRAMME_RECORD = "PROGRAMME_RECORD"
    VILLAGE_OWN_SEE = "VILLAGE_OWN_SEE"
    REPORTS_EXPORT = "REPORTS_EXPORT"
    INSTALLATION_SEE = "INSTALLATION_SEE"
    INSTALLATION_KEEP = "INSTALLATION_KEEP"


# The one table of who may do what. The right to enforcement values is given to a person, never by section alone;
# the head gives it and the administrator makes the accounts, so that no one person can do both.
_EVERYBODY = frozenset({Right.HOME})
_OFFICE = _EVERYBODY | {
    Right.TERRITORY_SEARCH,
    Right.JOBS_SEE,
    # Second factors are for people of offices: phones in villages are shared.
    Right.FACTORS_OWN,
    Right.TOGETHER_SEE,
}
_READS_THE_RIVER = _OFFICE | {
    Right.VALUES_SEE,
    Right.MAP_SEE,
    Right.TARGETS_SEE,
    Right.DOCUMENTS_SEE,
    Right.PROGRAMME_SEE,
    Right.REPORTS_EXPORT,
}
_VILLAGE = _EVERYBODY | {Right.VILLAGE_OWN_SEE}
RIGHTS: dict[tuple[Role, Section | None], frozenset[Right]] = {
    (Role.KEPALA, None): _READS_THE_RIVER
    | {
        Right.MAP_RUN,
        Right.TARGETS_PREPARE,
        Right.TARGETS_DECIDE,
        Right.DOCUMENTS_ISSUE,
        Right.ENFORCEMENT_GRANT,
        Right.ACCOUNTS_RESET,
        Right.INSTALLATION_SEE,
    },
    (Role.ADMIN, None): _OFFICE
    | {
        Right.ACCOUNTS_MANAGE,
        Right.ACCOUNTS_RESET,
        Right.BORDERS_IMPORT,
        Right.INSTALLATION_SEE,
        Right.INSTALLATION_KEEP,
    },
    (Role.STAF, Section.P2M): _READS_THE_RIVER
    | {
        Right.BORDERS_IMPORT,
        Right.VALUES_ENTER,
        Right.MAP_RUN,
        Right.TARGETS_PREPARE,
        Right.DOCUMENTS_ISSUE,
        Right.PROGRAMME_RECORD,
    },
    (Role.STAF, Section.PEMBERANTASAN): _OFFICE | {Right.VALUES_SEE, Right.VALUES_ENTER},
    (Role.STAF, Section.REHABILITASI): _OFFICE,
    (Role.STAF, Section.UMUM): _OFFICE,
    (Role.KADES, None): _VILLAGE,
    (Role.SEKDES, None): _VILLAGE,
    (Role.BABINSA, None): _VILLAGE,
    (Role.BHABINKAMTIBMAS, None): _VILLAGE,
    (Role.TOKOH, None): _VILLAGE,
}
# Only people of an office who work with values may be granted the enforcement ones.
MAY_BE_GRANTED_ENFORCEMENT = frozenset(
    {(Role.KEPALA, None), (Role.STAF, Section.P2M), (Role.STAF, Section.PEMBERANTASAN)}
)


def rights_of(role: Role, section: Section | None, *, enforcement: bool) -> frozenset[Right]:
    """The rights of a position; nothing where the table says nothing."""
    position = (role, section if role is Role.STAF else None)
    rights = RIGHTS.get(position, _EVERYBODY)
    if enforcement and position in MAY_BE_GRANTED_ENFORCEMENT:
        rights = rights | {Right.VALUES_SEE_ENFORCEMENT}
    return rights
