"""`bersinar`: the commands of an installation; each does the same action as the screen."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Hand over to Django's commands, ours among them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bersinar.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
