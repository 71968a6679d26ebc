"""Words of the selection stage that are stored or shown."""

from __future__ import annotations

from enum import StrEnum


class MoneySource(StrEnum):
    """Which money forms the Desa Bersinar; the programme reports it in these two words."""

    DIPA = "DIPA"
    NON_DIPA = "NON_DIPA"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ")


class Answer(StrEnum):
    """What is known about one point of readiness. Unknown is not no."""

    YA = "YA"
    TIDAK = "TIDAK"
    BELUM = "BELUM"


class OpenCategory(StrEnum):
    """What a policy does with a village whose category could not be determined."""

    TUNDA = "TUNDA"  # not eligible until it is determined
    KEMUNGKINAN = "KEMUNGKINAN"  # eligible when none of the possible categories is excluded
    BOLEH = "BOLEH"  # eligible


class Reason(StrEnum):
    """Why a village may not be chosen."""

    CATEGORY_EXCLUDED = "CATEGORY_EXCLUDED"
    CATEGORY_OPEN = "CATEGORY_OPEN"
    PACT_REFUSED = "PACT_REFUSED"
    PACT_UNKNOWN = "PACT_UNKNOWN"
    ITEM_NOT_MET = "ITEM_NOT_MET"
    ITEM_UNKNOWN = "ITEM_UNKNOWN"
    CHOSEN_BEFORE = "CHOSEN_BEFORE"


class Signatory(StrEnum):
    """Who signs the decree that names the villages."""

    BUPATI = "BUPATI"
    KEPALA_UNIT = "KEPALA_UNIT"
