"""Words of the mapping stage that are stored or shown."""

from enum import StrEnum


class ObjectionOutcome(StrEnum):
    """What the office answers to a village's objection; neither changes the run itself."""

    DITERIMA = "DITERIMA"  # data will be corrected and mapped again
    DITOLAK = "DITOLAK"


OPEN = "BELUM"  # the word that stands where no category could be determined
