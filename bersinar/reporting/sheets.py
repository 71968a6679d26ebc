"""The Desa Bersinar list as a workbook."""

from __future__ import annotations

from io import BytesIO

from bersinar.reporting.queries.listing import DesaBersinarList


def workbook(found: DesaBersinarList, *, example: bool) -> bytes:
    import xlsxwriter

    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.add_worksheet("Desa Bersinar").write_string(0, 0, f"{found.year} {example}")
    return stream.getvalue()
