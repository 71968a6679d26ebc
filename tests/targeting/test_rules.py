"""It says of every village whether it may be chosen, and every reason why not."""

from dataclasses import replace

import pytest

from bersinar.methods.categories import Category, Status
from bersinar.targeting import rules
from bersinar.targeting.rules import ChecklistItem, Obstacle, Policy, PolicyError, Verdict, VillageFacts
from bersinar.targeting.vocabulary import Answer, MoneySource, OpenCategory, Reason, Signatory

POLICY = Policy(
    id="uji",
    version="1",
    title="Kebijakan uji",
    authority="unit uji",
    document="notulen uji",
    status=Status.OWN,
    excluded_categories=frozenset({Category.AMAN}),
    open_category=OpenCategory.TUNDA,
    needs_pact=True,
    checklist=(ChecklistItem("penduduk", "Data penduduk mutakhir"),),
    skips_earlier_targets=True,
    quota={MoneySource.DIPA: 2},
    signatory=Signatory.BUPATI,
)
READY = VillageFacts(category=Category.WASPADA, pact=Answer.YA, answers={"penduduk": Answer.YA})


@pytest.mark.parametrize(
    ("change", "reasons"),
    [
        ({}, []),
        ({"category": Category.BAHAYA}, []),
        ({"category": Category.AMAN}, [Obstacle(Reason.CATEGORY_EXCLUDED, "AMAN")]),
        ({"category": None, "possible": (Category.WASPADA,)}, [Obstacle(Reason.CATEGORY_OPEN)]),
        ({"pact": Answer.TIDAK}, [Obstacle(Reason.PACT_REFUSED)]),
        ({"pact": Answer.BELUM}, [Obstacle(Reason.PACT_UNKNOWN)]),
        ({"answers": {"penduduk": Answer.TIDAK}}, [Obstacle(Reason.ITEM_NOT_MET, "penduduk")]),
        ({"answers": {"penduduk": Answer.BELUM}}, [Obstacle(Reason.ITEM_UNKNOWN, "penduduk")]),
        ({"answers": {}}, [Obstacle(Reason.ITEM_UNKNOWN, "penduduk")]),
        ({"chosen_in": 2021}, [Obstacle(Reason.CHOSEN_BEFORE, "2021")]),
        (
            {"category": Category.AMAN, "pact": Answer.TIDAK, "answers": {}},
            [
                Obstacle(Reason.CATEGORY_EXCLUDED, "AMAN"),
                Obstacle(Reason.PACT_REFUSED),
                Obstacle(Reason.ITEM_UNKNOWN, "penduduk"),
            ],
        ),
    ],
)
def test_it_gives_each_no_with_its_reason(change, reasons):
    verdict = rules.eligibility(replace(READY, **change), POLICY)

    assert list(verdict.reasons) == reasons
    assert verdict.eligible is (not reasons)


@pytest.mark.parametrize(
    ("treatment", "possible", "open_end", "eligible"),
    [
        (OpenCategory.TUNDA, (Category.WASPADA, Category.SIAGA), False, False),
        (OpenCategory.KEMUNGKINAN, (Category.WASPADA, Category.SIAGA), False, True),
        (OpenCategory.KEMUNGKINAN, (Category.WASPADA, Category.AMAN), False, False),
        (OpenCategory.KEMUNGKINAN, (Category.BAHAYA,), True, False),  # it may still reach no line at all
        (OpenCategory.KEMUNGKINAN, (), True, False),
        (OpenCategory.BOLEH, (), True, True),
        (OpenCategory.BOLEH, (Category.AMAN,), False, True),
    ],
)
def test_it_never_takes_an_open_category_for_aman(treatment, possible, open_end, eligible):
    policy = replace(POLICY, open_category=treatment)
    village = replace(READY, category=None, possible=possible, open_end=open_end)

    verdict = rules.eligibility(village, policy)

    assert verdict.eligible is eligible
    assert Obstacle(Reason.CATEGORY_EXCLUDED, "AMAN") not in verdict.reasons


def test_it_asks_for_no_pact_where_the_policy_needs_none():
    policy = replace(POLICY, needs_pact=False, checklist=(), skips_earlier_targets=False)

    assert rules.eligibility(VillageFacts(Category.SIAGA, chosen_in=2022), policy).eligible


@pytest.mark.parametrize(
    ("chosen", "over"),
    [
        ({}, ()),
        ({MoneySource.DIPA: 2}, ()),
        ({MoneySource.DIPA: 3}, (MoneySource.DIPA,)),
        ({MoneySource.DIPA: 2, MoneySource.NON_DIPA: 30}, ()),  # no quota written means no limit
    ],
)
def test_it_counts_the_quota_of_each_money_source(chosen, over):
    assert rules.over_quota(chosen, POLICY) == over


@pytest.mark.parametrize(
    ("chosen", "left_out"),
    [
        ((), []),
        ((1,), [2, 4]),  # Siaga was chosen: Bahaya and the open one that may be Bahaya were passed over
        ((2,), []),
        ((1, 2), [4]),
        ((1, 2, 4), []),
    ],
)
def test_it_names_the_eligible_villages_that_were_passed_over(chosen, left_out):
    yes, no = Verdict(), Verdict((Obstacle(Reason.PACT_UNKNOWN),))
    villages = {
        1: (replace(READY, category=Category.SIAGA), yes),
        2: (replace(READY, category=Category.BAHAYA), yes),
        3: (replace(READY, category=Category.BAHAYA), no),
        4: (replace(READY, category=None, possible=(Category.BAHAYA, Category.SIAGA)), yes),
        5: (replace(READY, category=Category.SIAGA), yes),
    }

    assert rules.passed_over(villages, set(chosen)) == left_out


def test_it_ships_one_policy_that_says_it_is_a_stand_in():
    policy = rules.shipped_policy()

    assert policy.status is Status.PLACEHOLDER
    assert set(policy.sources) == set(rules.SOURCED)  # every part says where it was seen


@pytest.mark.parametrize("policy", [POLICY, rules.shipped_policy()], ids=["own", "shipped"])
def test_it_reads_back_what_it_wrote(policy):
    assert rules.parse_policy(rules.write_policy(policy)) == policy


def test_it_keeps_the_id_of_a_question_and_gives_it_to_no_other():
    before = [
        ChecklistItem("posko", "Posko ada"),
        ChecklistItem("posko", "Posko?"),
        ChecklistItem("data", "Data"),
    ]
    asked = [
        ChecklistItem(rules.item_id(title), title) for title in ("Data", "Posko", "Posko ada", "Posko?", "!")
    ]
    kept = {item.title: item.id for item in rules.steady(asked, before)}
    assert (kept["Data"], kept["Posko ada"], kept["!"]) == ("data", "posko", "butir")
    assert len(set(kept.values())) == 5


@pytest.mark.parametrize(
    ("found", "put", "sentence"),
    [
        ('status = "placeholder"', "", "belum memuat: status"),
        ('status = "placeholder"', 'status = "pasti"', "Status “pasti” tidak dikenal"),
        ('["AMAN"]', '["HIJAU"]', "Kategori “HIJAU” tidak dikenal"),
        ("DIPA = 2", "DIPA = -1", "Kuota harus bilangan bulat"),
        ("DIPA = 2", "HIBAH = 2", "Sumber dana “HIBAH” tidak dikenal"),
        ("needs_pact = true", 'needs_pact = "ya"', "“needs_pact” harus true atau false"),
        ("needs_pact = true", "need_pact = true", "tidak dikenal: need_pact"),
        ('id = "warga"', 'id = "dukungan"', "memakai “id” yang sama"),
        ('id = "warga"', 'id = "warga"\nwajib = true', "Butir kesiapan ke-3"),
        ("valid_from = 2026-01-01", 'valid_from = "awal 2026"', "“valid_from” harus berupa tanggal"),
        ("valid_from = 2026-01-01", "valid_from = 2026-01-01T08:00:00", "“valid_from” harus berupa tanggal"),
        ('version = "1"', "version = ", "tidak dapat dibaca sebagai TOML"),
    ],
)
def test_it_tells_every_fault_of_a_policy_in_one_sentence(found, put, sentence):
    text = rules.shipped_text()
    assert found in text

    with pytest.raises(PolicyError, match=sentence):
        rules.parse_policy(text.replace(found, put, 1))
