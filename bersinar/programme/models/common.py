"""What the tables of this stage share: whose rows they are, and rows that are written once."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bersinar.access import Actor
from bersinar.access.scoped import FinalModel
from bersinar.programme.errors import NeverChanges


def of_office_or_own_village(actor: Actor, *, path: str = "") -> Q:
    """People of an office see its rows; people of a village see their own village's, and nothing else."""
    if actor.village_code is not None:
        return Q(**{f"{path}village__code": actor.village_code})
    return Q(**{f"{path}office_id__in": actor.office_ids})


class ProgrammeRecord(FinalModel):
    """A row that is written once, with who wrote it; what was wrong is withdrawn by a further row."""

    refusal = NeverChanges

    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by_name = models.CharField(max_length=200)

    class Meta:
        abstract = True
