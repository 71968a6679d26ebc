"""Letters of every kind, and a data folder of their own."""

import pytest

from bersinar.documents.vocabulary import DocumentKind, Signatory

HEAD = Signatory("Kepala BNNK Belitung", "Uji Kepala")
REGENT = Signatory("Bupati Belitung", own=False)
MEETING = {
    "title": "Rapat Koordinasi Desa Bersinar 2023",
    "date": "2023-02-13",
    "time": "09.00",
    "zone": "WIB",
    "place": "Ruang rapat BNNK Belitung",
}
VILLAGES = [
    {
        "name": name,
        "kind_word": "Desa",
        "district": district,
        "regency": "Kabupaten Belitung",
        "money_source": "DIPA",
    }
    for name, district in (("Tanjung Binga", "Sijuk"), ("Dukong", "Tanjungpandan"))
]
FACTS = {
    DocumentKind.SK_PENETAPAN: {"year": 2023, "villages": VILLAGES},
    DocumentKind.UNDANGAN: {
        **MEETING,
        "agenda": ["Komitmen unsur desa"],
        "addressees": ["Camat Sijuk", "Kepala Desa Tanjung Binga"],
    },
    DocumentKind.NOTULEN: {
        "meeting": MEETING,
        "attendance": [{"element": "Babinsa", "name": "Uji Dua", "present": True}],
        "points": ["Hasil pemetaan disampaikan."],
        "commitments": [
            {"element": "Kepala desa", "who": "Uji Satu", "what": "Mengusulkan relawan", "due": "2023-03-31"}
        ],
        "report": {"warrant": "Sprin/1/II/2023", "money_source": "DIPA", "results": ["Semua unsur hadir."]},
    },
    DocumentKind.DAFTAR_HADIR: {"meeting": MEETING, "seats": [{"element": "Babinsa"}], "blank_rows": 3},
    DocumentKind.SURAT: {
        "subject": "Permohonan data",
        "addressees": ["Kepala Dinas"],
        "paragraphs": ["Kami memohon data."],
    },
}
SIGNATORIES = {kind: REGENT if kind is DocumentKind.SK_PENETAPAN else HEAD for kind in DocumentKind}


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.BERSINAR_DATA = tmp_path
    settings.BERSINAR_DEMO = False


@pytest.fixture
def draft(actor_p2m):
    from bersinar.documents import actions

    def of(kind=DocumentKind.UNDANGAN, by=actor_p2m, **fields):
        chosen = {"facts": FACTS[kind], "signatory": SIGNATORIES[kind]} | fields
        return actions.draft_letter(kind, by=by, **chosen)

    return of
