"""A letter for Word, from the office's own template or from ours."""

from __future__ import annotations

import io
from typing import Any

from bersinar.documents.papers.compose import compose
from bersinar.documents.papers.paper import Paper
from bersinar.documents.papers.word import build_template

_WATERMARK = """<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"><w:r><w:pict>
<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" path="m@7,l@8,m@5,21600l@6,21600e">
<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>
<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/>
<v:f eqn="if @0 @4 21600"/></v:formulas><v:path textpathok="t"/><v:textpath on="t" fitshape="t"/></v:shapetype>
<v:shape type="#_x0000_t136" stroked="f" fillcolor="#c9d3d5"><v:fill opacity=".5"/><v:textpath/></v:shape>
</w:pict></w:r></w:p>"""
_VML = "{urn:schemas-microsoft-com:vml}"


def render_docx(paper: Paper, template: bytes | None = None) -> bytes:
    """The .docx of this letter; its marks stand in every header whatever the template says."""
    from docxtpl import DocxTemplate

    document = DocxTemplate(io.BytesIO(template or build_template(paper.kind)))
    document.render(compose(paper), jinja_env=sandbox(), autoescape=True)
    if paper.marks:
        for number, section in enumerate(document.docx.sections):
            _mark(section, paper.marks, number)
    document.docx.core_properties.title = paper.title
    document.docx.core_properties.author = paper.office_name
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def sandbox() -> Any:
    """Templates come from people: no way from them into the program, and an unknown word is an error."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    environment.globals.clear()
    return environment


def _mark(section: Any, words: str, number: int) -> None:
    headers = [section.header]
    if section.different_first_page_header_footer:
        headers.append(section.first_page_header)
    headers.append(section.even_page_header)
    for place, header in enumerate(headers):
        header.is_linked_to_previous = False
        # In words too: a screen reader does not read what is drawn across the page.
        line = header.paragraphs[0] if header.paragraphs else header.add_paragraph()
        line.insert_paragraph_before(words).alignment = 2
        line._p.addprevious(_drawn(words, f"tanda{number}{place}"))


def _drawn(words: str, name: str) -> Any:
    from docx.oxml import parse_xml

    drawing = parse_xml(_WATERMARK)
    shape = next(drawing.iter(f"{_VML}shape"))
    shape.set("id", name)
    shape.set("alt", words)
    width = min(520, 62 * len(words))
    shape.set(
        "style",
        f"position:absolute;margin-left:0;margin-top:0;width:{width}pt;height:{80 if width < 520 else 64}pt;"
        "rotation:307;z-index:-251658240;mso-position-horizontal:center;"
        "mso-position-horizontal-relative:margin;mso-position-vertical:center;"
        "mso-position-vertical-relative:margin",
    )
    path = next(child for child in shape if child.tag == f"{_VML}textpath")
    path.set("style", 'font-family:"Arial";font-size:1pt;font-weight:bold')
    path.set("string", words)
    return drawing
