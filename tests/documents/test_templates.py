"""It takes a Word template people made, and nothing that could do more than fill in words."""

import io
import zipfile

import pytest
from docx import Document

from bersinar.documents import actions, errors, queries
from bersinar.documents.papers import fill_template
from bersinar.documents.papers.check_template import check, sample
from bersinar.documents.papers.docx import render_docx
from bersinar.documents.papers.package import Refused, check_package
from bersinar.documents.papers.word import build_template
from bersinar.documents.vocabulary import DocumentKind
from bersinar.jobs.limited import LimitExceeded

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


SPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64


def relations(*, kind="attachedTemplate", target="http://x/t.dotm", mode='TargetMode="External"', prefix=""):
    colon, space = (f"{prefix}:", f"xmlns:{prefix}") if prefix else ("", "xmlns")
    return (
        f'<{colon}Relationships {space}="{SPACE}">'
        f'<{colon}Relationship Id="r1" Type="{TYPES}/{kind}" Target="{target}" {mode}/>'
        f"</{colon}Relationships>"
    )


EXTERNAL = relations()
HEAD = '<?xml version="1.0" encoding="{}"?>'
RELATIONS = {
    "plain": EXTERNAL,
    "single quotes": EXTERNAL.replace('"', "'"),
    "spaces": relations(mode='TargetMode = "External"'),
    "a line break": relations(mode='TargetMode\n=\n"External"'),
    "a prefix": relations(prefix="p"),
    "UTF-16": (HEAD.format("UTF-16") + EXTERNAL).encode("utf-16"),
    "UTF-16 without a mark": (HEAD.format("UTF-16") + EXTERNAL).encode("utf-16-le"),
    "another encoding": (HEAD.format("ISO-8859-1") + EXTERNAL).encode("latin-1"),
    "letters in numbers": relations(mode='TargetMode="&#69;xternal"'),
    "a picture from elsewhere": relations(kind="image", target="http://x/a.png"),
    "a picture on a share": relations(kind="image", target=r"\\x\a.png", mode=""),
    "a picture by address": relations(kind="image", target="http://x/a.png", mode=""),
    "a link to a share": relations(kind="hyperlink", target="file://x/a"),
    "a macro": relations(kind="vbaProject", target="a.bin", mode=""),
    "an object": relations(kind="oleObject", target="a.bin", mode=""),
    "a package": relations(kind="package", target="a.xlsx", mode=""),
    "another document": relations(kind="aFChunk", target="a.html", mode=""),
    "a local template": relations(mode="", target="a.dotm"),
}
MARK = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


def field(*words):
    runs = "".join(f'<w:r><w:instrText xml:space="preserve">{word}</w:instrText></w:r>' for word in words)
    return MARK.format("begin") + runs + MARK.format("separate") + MARK.format("end")


FIELDS = {
    "DDEAUTO": field(r"DDEAUTO c:\\cmd.exe"),
    "in pieces": field("DDE", "AUTO c:"),
    "INCLUDEPICTURE": field(' INCLUDEPICTURE "http://x/a.png" \\d'),
    "inside a page number": MARK.format("begin")
    + "<w:r><w:instrText>PAGE </w:instrText></w:r>"
    + field("INCLUDETEXT a")
    + MARK.format("end"),
    "in one attribute": '<w:fldSimple w:instr="DDE x y"/>',
    "without an end": MARK.format("begin") + "<w:r><w:instrText>DDEAUTO x</w:instrText></w:r>",
    "without a begin": "<w:r><w:instrText>DDEAUTO x</w:instrText></w:r>",
    "a link to a share": field(r'HYPERLINK "\\\\x\\a"'),
    "a filled-in link": field('HYPERLINK "http://{{ perihal }}"'),
    "an object": "<w:r><w:object/></w:r>",
    "another document": '<w:altChunk xmlns:r="r" r:id="r1"/>',
    "an old drawing": '<w:r><w:pict><v:imagedata xmlns:v="v" src="http://x/a.png"/></w:pict></w:r>',
}


def with_body(xml):
    with zipfile.ZipFile(io.BytesIO(template("x"))) as package:
        body = package.read("word/document.xml").decode().replace("<w:p>", f"<w:p>{xml}", 1)
    return with_member("word/document.xml", body)


@pytest.mark.parametrize("content", RELATIONS.values(), ids=RELATIONS)
def test_it_refuses_whatever_is_fetched_or_embedded(content):
    with pytest.raises(Refused):
        check(with_member("word/_rels/settings.xml.rels", content), KIND)


@pytest.mark.parametrize("xml", FIELDS.values(), ids=FIELDS)
def test_it_refuses_fields_and_elements_that_fetch_or_run(xml):
    with pytest.raises(Refused):
        check(with_body(xml), KIND)


@pytest.mark.parametrize(
    "words",
    ["PAGE", " NUMPAGES ", r'DATE \@ "d MMMM yyyy"', 'HYPERLINK "https://bnn.go.id/"', 'HYPERLINK \\l "isi"'],
)
def test_it_accepts_page_numbers_dates_and_links(words):
    check(with_body(field(words)), KIND)


def test_it_accepts_a_link_people_click():
    link = relations(kind="hyperlink", target="https://bnn.go.id/")
    check(with_member("word/_rels/footnotes.xml.rels", link), KIND)


@pytest.mark.parametrize("name", ["word/media/image1.png", "word/fonts/font1.odttf", "word/settings2.dat"])
def test_it_knows_a_macro_by_its_bytes(name):
    with pytest.raises(Refused):
        check(with_member(name, OLE), KIND)


def test_it_knows_a_macro_by_its_declared_kind():
    kinds = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    )
    with pytest.raises(Refused, match="makro"):
        check_package(with_member("[Content_Types].xml", kinds))


def test_it_refuses_two_parts_of_one_name():
    out = io.BytesIO(template("x"))
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("word/Document.xml", "<a/>")
    with pytest.raises(Refused):
        check(out.getvalue(), KIND)


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


@pytest.mark.django_db
def test_it_ends_a_template_that_never_comes_to_an_end(draft, actor_p2m):
    loops = "{% for a in perihal %}{% for b in perihal %}" + "x" * 2000 + "{% endfor %}{% endfor %}"
    actions.add_template(KIND, content=template(loops), note="", by=actor_p2m)
    letter = draft(KIND, facts={"subject": "a" * 2000, "addressees": ["B"], "paragraphs": ["C"]})
    with pytest.raises(LimitExceeded):
        queries.docx(letter, actor_p2m)


def test_a_letter_travels_to_the_process_that_fills_it_unchanged():
    paper = sample(KIND)
    assert fill_template.unpacked(fill_template.packed(paper, b"PK\n\0")) == (paper, b"PK\n\0")
