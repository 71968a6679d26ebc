"""Words of copies."""

from __future__ import annotations

from enum import StrEnum

FORMAT = 1


class Reason(StrEnum):
    """Why a copy was made; the last part of its folder's name."""

    DAILY = "harian"
    UPGRADE = "pembaruan"
    ASKED = "diminta"
