"""A round of BNNK Belitung and ways to fill its template."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from openpyxl import Workbook, load_workbook

from bersinar.fieldwork import actions
from bersinar.fieldwork.models import Import, Round
from bersinar.fieldwork.sheets import write_template


@pytest.fixture(autouse=True)
def files_folder(settings, tmp_path):
    settings.BERSINAR_DATA = tmp_path


@pytest.fixture
def round_(actor_p2m_cleared) -> Round:
    return actions.open_round(year=2023, title="Pemetaan kawasan", by=actor_p2m_cleared)


Edit = Callable[[Workbook], None]


@pytest.fixture
def filled(round_, actor_p2m_cleared):
    """`filled({"E5": 3}, by=...)`: the template with these cells written, as bytes."""

    def fill(cells: dict[str, object], *, by=None, edit: Edit | None = None) -> bytes:
        book = load_workbook(io.BytesIO(write_template(round_, by or actor_p2m_cleared)))
        sheet = book["Isian"]
        sheet.protection.sheet = False
        for place, value in cells.items():
            sheet[place] = value
        if edit is not None:
            edit(book)
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    return fill


@pytest.fixture
def upload(round_, actor_p2m_cleared):
    """`upload(bytes)`: received and read."""

    def send(content: bytes, *, name: str = "isian.xlsx", by=None) -> Import:
        person = by or actor_p2m_cleared
        received = actions.receive_file(round_.pk, content, name=name, by=person)
        return actions.read_import(received.pk, by=person)

    return send
