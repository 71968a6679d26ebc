"""A real server answers every file of the corpus in a sentence, stores nothing of it, and keeps its memory."""

import re

import pytest

from tests.attack.others import BORDERS, TEMPLATES
from tests.attack.workbooks import TEXTS, WORKBOOKS

pytestmark = pytest.mark.server
# A file of 20 MB lies in memory three times at most: as it arrived, as a form, and on its way to its reader.
MEMORY_MB = 150
SENTENCE = re.compile(r"<(?:p|li|h2)[^>]*>(?:\s|<[^>]+>)*[A-Z“][^<]{15,}")


def ids(cases):
    return [f"{case.row}-{case.name}" for case in cases]


@pytest.fixture
def refuses(target):
    """`refuses(case, path)`: it answers in a sentence, with nothing stored and no memory taken."""

    def sent(case, path, **fields):
        content = case.make()
        stored = target.rows()
        target.forget_memory()
        before = target.memory_mb()
        answer = target.send(path, content, case.name, **fields)
        assert answer.status < 500, answer.text
        assert "Traceback" not in answer.text and SENTENCE.search(answer.text)
        assert case.told.casefold() in answer.text.casefold(), said(answer)
        assert target.rows() == stored
        assert target.memory_mb() - before < MEMORY_MB
        return answer

    return sent


def said(answer):
    """The words of a page, for whoever reads the failure."""
    main = answer.text.partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))[:1500]


@pytest.mark.parametrize("case", [*WORKBOOKS, *TEXTS], ids=ids([*WORKBOOKS, *TEXTS]))
def test_a_table(target, refuses, case):
    refuses(case, f"/data/putaran/{target.round}/unggah/")


@pytest.mark.parametrize("case", BORDERS, ids=ids(BORDERS))
def test_borders(refuses, case):
    refuses(case, "/wilayah/batas/", attribution="Uji")


@pytest.mark.parametrize("case", TEMPLATES, ids=ids(TEMPLATES))
def test_a_template(refuses, case):
    refuses(case, "/surat/templat/", kind="SURAT", note="")
