"""A command in a process of its own: its end is this process's answer."""

import pytest
from django.core.management import CommandError

from bersinar.jobs.apart import run_apart

pytestmark = pytest.mark.server


def test_a_command_that_ends_badly_is_not_taken_for_done():
    with pytest.raises(CommandError, match="audit berhenti"):
        run_apart("audit", unknown=True)
