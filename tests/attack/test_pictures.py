"""A picture is stored as its pixels alone or refused in a sentence (rows 54 and 63 to 66 of the corpus)."""

import io
import re

import pytest
from PIL import Image

from bersinar.access import BersinarError
from bersinar.documents import uploads
from tests.attack.others import REDRAWN_PICTURES, REFUSED_PICTURES, polyglot


def ids(cases):
    return [f"{case.row}-{case.name}" for case in cases]


@pytest.mark.parametrize("case", REFUSED_PICTURES, ids=ids(REFUSED_PICTURES))
def test_it_is_refused_in_a_sentence(case):
    with pytest.raises(BersinarError) as refused:
        uploads.checked(case.make(), case.name)
    assert refused.value.code and re.search(r"[a-z]{3,}.*\.$", str(refused.value))


@pytest.mark.parametrize("case", REDRAWN_PICTURES, ids=ids(REDRAWN_PICTURES))
def test_it_is_stored_as_its_pixels_alone(case):
    stored = uploads.checked(case.make(), case.name)
    with Image.open(io.BytesIO(stored.content)) as picture:
        picture.load()
        assert picture.format == ("PNG" if case.name.endswith("png") else "JPEG")
        assert picture.mode in ("L", "RGB", "RGBA") and getattr(picture, "n_frames", 1) == 1


def test_nothing_hidden_behind_a_picture_is_stored():
    assert b"<script>" in polyglot() and b"PK" in polyglot()
    assert b"<script>" not in uploads.checked(polyglot(), "foto.jpg").content
