"""It takes a Word template people made, and nothing that could do more than fill in words."""

import io
import zipfile

import pytest
from docx import Document

from bersinar.documents import actions, errors, queries
from bersinar.documents.papers.check_template import Refused, check, sample
from bersinar.documents.papers.docx import render_docx
from bersinar.documents.papers.word import build_template
from bersinar.documents.vocabulary import DocumentKind

KIND = DocumentKind.SURAT


def template(*lines):
    document = Document()
    document.core_properties.comments = ""
    for line in lines:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_member(name, content):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template("x"))) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, content)
    return out.getvalue()


EXTERNAL = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://x/attachedTemplate" Target="http://x/" TargetMode="External"/>'
    "</Relationships>"
)


def text_of(docx):
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(docx)).paragraphs)


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_it_accepts_our_own_templates(kind):
    check(build_template(kind), kind)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 broken",
        with_member("word/vbaProject.bin", b"x"),
        with_member("word/_rels/settings.xml.rels", EXTERNAL),
        with_member("word/extra.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a/>'),
        with_member("word/comments.xml", "<a>{{ nama }}</a>"),
        with_member("word/big.bin", b"\0" * (51 * 1024 * 1024)),
        template("{{ kategori }}"),
        template("{{ ''.__class__ }}"),
        template("{{ nama._x }}"),
        template("{{ 9 ** 9 ** 9 }}"),
        template("{{ nama.upper() }}"),
        template("{% for a in kepada %}" * 3 + "x" + "{% endfor %}" * 3),
        template("{% include 'x' %}"),
        template("{% set nama = 1 %}"),
        template("{{ nama|attr('x') }}"),
        template("{{ nama "),
        template("{{ perihal.tidak_ada }}"),
    ],
)  # fmt: skip
def test_it_refuses(content):
    with pytest.raises(Refused) as refused:
        check(content, KIND)
    assert str(refused.value).endswith(".")


def test_it_fills_words_in_as_words():
    paper = sample(KIND)
    paper.facts["subject"] = "<w:p/> & {{ nama }}"
    assert "<w:p/> & {{ nama }}" in text_of(render_docx(paper, template("{{ perihal }}")))


def test_it_marks_drafts_whatever_the_template_says():
    made = render_docx(sample(KIND), template("{{ perihal }}"))
    header = Document(io.BytesIO(made)).sections[0].header
    assert "CONTOH · RANCANGAN" in [paragraph.text for paragraph in header.paragraphs]
    assert 'string="CONTOH · RANCANGAN"' in header._element.xml


@pytest.mark.django_db
def test_it_keeps_the_template_a_letter_was_drafted_with(draft, actor_p2m):
    before = draft(KIND)
    actions.add_template(KIND, content=template("Satu {{ perihal }}"), note="", by=actor_p2m)
    between = draft(KIND)
    second = actions.add_template(KIND, content=template("Dua {{ perihal }}"), note="", by=actor_p2m)
    assert second.version == 2
    assert "Kami memohon data." in text_of(queries.docx(before, actor_p2m))
    assert text_of(queries.docx(between, actor_p2m)) == "Satu Permohonan data"
    assert text_of(queries.docx(draft(KIND), actor_p2m)) == "Dua Permohonan data"


@pytest.mark.django_db
def test_it_tells_what_is_wrong_with_a_template(actor_p2m):
    with pytest.raises(errors.TemplateRefused, match="kategori tidak dikenal"):
        actions.add_template(KIND, content=template("{{ kategori }}"), note="", by=actor_p2m)
