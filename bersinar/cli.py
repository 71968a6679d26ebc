"""`bersinar`: the commands of an installation; each does the same action as the screen."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """`start` serves; everything else is one of Django's commands, ours among them."""
    if sys.argv[1:2] == ["start"]:
        from bersinar.upkeep.start import main as start

        sys.exit(start(sys.argv[2:]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bersinar.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
