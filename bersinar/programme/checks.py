"""A stage template that cannot be read stops the server, not the officer who opens a village."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error

from bersinar.programme.rules.template import CURRENT, TemplateError, parse_template, shipped_texts


def check_stage_templates(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every template of the folder can be meant, and carries the version its file is named after."""
    faults: list[CheckMessage] = []
    for name, text in shipped_texts().items():
        try:
            template = parse_template(text)
        except TemplateError as error:
            faults.append(Error(f"{name}: {error}", id="programme.E001"))
            continue
        if name != f"{template.id}-{template.version}.toml":
            faults.append(
                Error(f"{name}: isinya versi {template.id}-{template.version}.", id="programme.E002")
            )
    if f"{CURRENT[0]}-{CURRENT[1]}.toml" not in shipped_texts():
        faults.append(Error(f"Templat tahap {'-'.join(CURRENT)} tidak ada.", id="programme.E003"))
    return faults
