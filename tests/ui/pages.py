"""One page with every shared part in it, for tests and for looking at."""

from __future__ import annotations

from pathlib import Path

from django import forms
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory

from bersinar.access import Actor

SAMPLE = Path(__file__).parent / "sample.html"
PERSON = Actor(name="Orang Contoh", user_id=1, office_name="BNNK Belitung")
RIVER = [
    {"number": None, "label": "Beranda", "url": "/", "current": False},
    {"number": 1, "label": "Data", "url": "/data/", "current": False},
    {"number": 2, "label": "Peta", "url": "/peta/", "current": True},
    {"number": 3, "label": "Sasaran", "url": "/sasaran/", "current": False},
    {"number": 4, "label": "Desa Bersinar", "url": "/desa/", "current": False},
    {"number": 5, "label": "Kegiatan", "url": "/kegiatan/", "current": False},
    {"number": 6, "label": "Hasil", "url": None, "current": False, "coming": True},
    {"number": 7, "label": "Laporan", "url": "/laporan/", "current": False},
]
TASKS = [
    {
        "when": "lewat 9 hari",
        "mood": "late",
        "title": "Tanyakan 3 janji yang lewat tenggat",
        "text": "Desa A 2, Desa B 1.",
        "url": "/",
        "action": "Buka 3 janji",
    },
    {
        "when": "hari ini",
        "mood": "soon",
        "title": "Kirim laporan bulanan",
        "text": "6 desa, 17 kegiatan.",
        "url": "/",
        "action": "Periksa",
    },
    {
        "when": "30 Sep",
        "mood": "",
        "title": "Usulkan desa 2024",
        "text": "Sebelum RKPDes ditetapkan.",
        "url": "/",
        "action": "Lihat calon",
    },
]
ROWS = [
    {
        "name": "Desa A",
        "district": "Sijuk",
        "key": "bahaya",
        "word": "Bahaya",
        "possible": "",
        "state": "TERISI",
        "value": 1200,
    },
    {
        "name": "Desa B",
        "district": "Sijuk",
        "key": "waspada",
        "word": "Waspada",
        "possible": "",
        "state": "NIHIL",
        "value": 0,
    },
    {
        "name": "Desa C",
        "district": "Badau",
        "key": "siaga",
        "word": "Siaga",
        "possible": "",
        "state": "TERISI",
        "value": 9.5,
    },
    {
        "name": "Desa D",
        "district": "Badau",
        "key": "aman",
        "word": "Aman",
        "possible": "",
        "state": "TERISI",
        "value": 41,
    },
    {
        "name": "Desa E",
        "district": "Gantung",
        "key": "buka",
        "word": "Belum dapat ditentukan",
        "possible": "Siaga atau Waspada",
        "state": "BELUM",
        "value": None,
    },
]


class SampleForm(forms.Form):
    year = forms.IntegerField(label="Tahun", help_text="Tahun pendataan, misalnya 2023.")
    reason = forms.CharField(label="Alasan", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    way = forms.ChoiceField(
        label="Jalur", choices=[("a", "DIPA"), ("b", "Non-DIPA")], widget=forms.RadioSelect
    )
    sure = forms.BooleanField(
        label="Saya sudah memeriksa jumlahnya", help_text="Tidak dapat diubah sesudahnya."
    )


def context() -> dict[str, object]:
    form = SampleForm({"year": "dua ribu"})
    form.is_valid()
    return {
        "actor": PERSON,
        "can": {},
        "demo": True,
        "river": RIVER,
        "tasks": TASKS,
        "rows": ROWS,
        "page": Paginator(range(100), 20).page(2),
        "chips": [
            {"label": "Semua", "url": "?", "current": True, "count": 88},
            {"label": "Waspada", "url": "?kategori=WASPADA", "current": False, "count": 14},
        ],
        "facts": [("Berkas", "contoh.xlsx, baris 23"), ("Aturan", "Tabel keputusan, sementara")],
        "figures": [
            {"label": "Desa dicanangkan", "value": 1, "of": 2, "url": "/", "text": "Satu lagi Oktober."},
            {"label": "Warga terlatih", "value": 1064, "url": "", "text": ""},
        ],
        "steps": [
            {"label": "Pemetaan", "state": "done", "note": "27 Januari 2023", "url": "/"},
            {"label": "Rapat koordinasi", "state": "here", "note": "hari ini"},
            {"label": "Pencanangan", "state": "", "note": ""},
        ],
        "form": form,
        "messages": [
            Message(25, "Janji dihapus.", extra_tags="undo:/janji/1/kembali/"),
            Message(40, "Berkas tidak terbaca. Simpan sebagai xlsx, lalu unggah lagi."),
        ],
    }


def sample(query: str = "") -> str:
    request = RequestFactory().get(f"/contoh/?{query}")
    request.actor = PERSON
    return str(engines["django"].from_string(SAMPLE.read_text()).render(context(), request))
