"""It draws where a village stands, how far its empty cells reach, and tells the same in words."""

import pytest

from bersinar.mapping import rules
from bersinar.mapping.square import Frame, square_of
from bersinar.methods.categories import Category, Line, Presence, Status

RULE = rules.with_own_lines(
    rules.published_rule(),
    [Line(Category.WASPADA, 4, 2), Line(Category.SIAGA, 2, 2, "or"), Line(Category.AMAN, 0, 0)],
    rule_id="uji",
    version="1",
    title="Uji",
    authority="BNNK Uji",
    document="buku",
    status=Status.OWN,
)


def test_it_has_nine_by_six_squares_with_main_to_the_right_and_supporting_upwards():
    square = square_of(RULE)
    at = {(cell.x, cell.y): cell.key for cell in square.cells}
    assert len(at) == 54
    assert at[(0, 650)] == "aman" and at[(8 * 200, 0)] == "bahaya"
    assert at[(5 * 200, 130)] == "bahaya" and at[(5 * 200, 260)] == "waspada"
    assert square.here is None and square.reach is None and square.sentences == ()


def test_it_writes_each_area_once():
    assert sorted(label.text for label in square_of(RULE).words) == ["Aman", "Bahaya", "Siaga", "Waspada"]
    assert [label.text for label in square_of(rules.published_rule()).words] == ["Terbuka", "Bahaya"]


@pytest.mark.parametrize(
    ("at", "main", "supporting", "reach", "sentence"),
    [
        ((4, 3), [], [], None, "Uji: 4 dari 8 pokok dan 3 dari 5 pendukung ada."),
        (
            (4, 3),
            ["P6"],
            [],
            Frame(800, 260, 400, 130),
            "P6 belum diisi; apa pun isinya, hasilnya tetap Waspada.",
        ),
        (
            (5, 3),
            ["P6"],
            ["D4"],
            Frame(1000, 130, 400, 260),
            "P6, D4 belum diisi; menurut isinya hasilnya dapat Waspada atau Bahaya.",
        ),
    ],
)
def test_it_frames_the_village_and_what_is_open(at, main, supporting, reach, sentence):
    square = square_of(RULE, name="Uji", at=at, open_main=main, open_supporting=supporting)
    assert square.here == Frame(at[0] * 200, (5 - at[1]) * 130, 200, 130)
    assert square.reach == reach
    assert square.sentences[-1] == sentence and sentence in square.label


def test_it_writes_no_word_under_a_frame():
    square = square_of(RULE, name="Uji", at=(4, 3), open_main=["P6"])
    (waspada,) = [label for label in square.words if label.text == "Waspada"]
    here = square.reach
    assert not (here.x <= waspada.x <= here.x + here.width and here.y <= waspada.y <= here.y + here.height)


def test_it_carries_inside_itself_what_was_made_up():
    lines = [Line(Category.SIAGA, 1, 1, status=Status.CONTOH)]
    made_up = rules.with_own_lines(
        rules.published_rule(),
        lines,
        rule_id="x",
        version="1",
        title="x",
        authority="x",
        document="x",
        status=Status.CONTOH,
    )
    assert square_of(RULE).mark is None
    assert square_of(RULE, name="Uji", at=(4, 3), example=True).mark.text == "DATA CONTOH"
    assert square_of(made_up, name="Uji", at=(4, 3), example=True).mark.text == "DATA CONTOH · GARIS CONTOH"


def test_it_says_in_the_picture_that_a_threshold_was_made_up():
    made_up = rules.with_own_lines(
        rules.published_rule(),
        [],
        presence={"P1": Presence(">=", 2, status=Status.CONTOH)},
        rule_id="x",
        version="1",
        title="x",
        authority="x",
        document="x",
        status=Status.OWN,
    )
    assert square_of(made_up).mark.text == "BATAS CONTOH"


def test_it_has_the_whole_table_behind_it():
    square = square_of(RULE)
    assert square.table_head == tuple(range(9))
    assert [number for number, _words in square.table] == [5, 4, 3, 2, 1, 0]
    assert square.table[1][1][5] == "Bahaya" and square.table[-1][1][0] == "Aman"
    assert set(square_of(rules.published_rule()).table[-1][1]) == {"terbuka"}
