"""It finds villages by a part of the name, a wrong letter, a parent or a code, with their parents."""

from datetime import date

import pytest

from bersinar.access import NotAllowed
from bersinar.territory import actions, queries
from bersinar.territory.search import Named, NameIndex


@pytest.mark.django_db(databases=["default", "audit"])
class TestInTheDatabase:
    @pytest.mark.parametrize(
        "text",
        [
            "Tanjung Binga",
            "tanjung b",
            "binga",
            "Tanjong Binga",
            "Tj. Binga",
            "tanjng binga",
            "TANJUNGBINGA",
            "binga sijuk",
            "19.02.04.2005",
            "1902042005",
        ],
    )
    def test_it_finds(self, actor_p2m, text):
        first = queries.search(text, actor_p2m, limit=3)[0]
        assert (first.name, first.district, first.regency, first.province) == (
            "Tanjung Binga",
            "Sijuk",
            "Kabupaten Belitung",
            "Kepulauan Bangka Belitung",
        )
        assert first.kind_word == "desa"
        assert first.is_own

    def test_it_shows_all_villages_of_one_name_with_their_parents(self, actor_p2m):
        rows = [row for row in queries.search("dukong", actor_p2m) if row.name == "Dukong"]
        assert {row.district for row in rows} == {"Tanjungpandan", "Simpang Pesak"}

    def test_it_puts_the_own_region_first_among_many(self, actor_p2m, actor_elsewhere):
        own = queries.search("air", actor_p2m, limit=10)
        theirs = queries.search("air", actor_elsewhere, limit=5)
        assert all(row.is_own for row in own)
        assert not any(row.code.startswith("19.02") and row.is_own for row in theirs)

    def test_it_finds_an_old_code(self, actor_p2m):
        village = queries.village_by_code("19.02.04.2005")
        actions.change_code(
            village.pk, new_code="19.02.04.2099", from_date=date(2025, 7, 1), source="x", by=actor_p2m
        )
        found = queries.search("19.02.04.2005", actor_p2m)
        assert [(row.id, row.code, row.former_codes) for row in found] == [
            (village.pk, "19.02.04.2099", ("19.02.04.2005",))
        ]

    def test_it_leaves_out_what_has_ended(self, actor_p2m):
        village = queries.village_by_code("19.02.04.2005")
        actions.close_village(village.pk, last_date=date(2025, 1, 1), successors=[], source="x", by=actor_p2m)
        assert village.pk not in [row.id for row in queries.search("tanjung binga", actor_p2m)]

    @pytest.mark.parametrize("text", ["", "   ", "%", "_", "'; DROP TABLE", "qqqqqqqqqq", "..", "\x00", "🙂"])
    def test_it_bears_anything(self, actor_p2m, text):
        assert queries.search(text, actor_p2m) == []

    def test_village_people_do_not_search(self, actor_kades):
        with pytest.raises(NotAllowed):
            queries.search("air", actor_kades)


class TestIndex:
    index = NameIndex(
        [
            Named(1, "32.04.01.2001", "Suka Maju", "Sukajadi", "Bandung", "Jawa Barat"),
            Named(2, "32.05.01.2001", "Sukamaju", "Cimaung", "Garut", "Jawa Barat"),
            Named(3, "32.76.01.1001", "Sukamaju Baru", "Tapos", "Depok", "Jawa Barat"),
            Named(4, "15.01.01.2001", "Lempur II", "Gunung Raya", "Kerinci", "Jambi"),
        ]
    )

    def test_the_same_name_comes_before_a_longer_one(self):
        assert self.index.find("sukamaju") == [1, 2, 3]

    def test_the_own_region_comes_first_but_not_before_the_same_name(self):
        assert self.index.find("suka", own=("32.76",)) == [3, 1, 2]
        assert self.index.find("sukamaju", own=("32.05", "32.76")) == [2, 1, 3]

    def test_parents_narrow(self):
        assert self.index.find("suka maju garut")[0] == 2

    def test_a_number_is_read_in_both_ways(self):
        assert self.index.find("lempur 2") == [4]

    def test_a_letter_too_many_is_forgiven(self):
        assert self.index.find("sukammajju baru")[0] == 3
