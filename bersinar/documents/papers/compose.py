"""From facts to sentences: one composition for PDF and Word, so that both say the same."""

from __future__ import annotations

from datetime import date
from typing import Any

from bersinar.documents.papers.paper import Paper
from bersinar.documents.vocabulary import DocumentKind, Origin
from bersinar.ui.writing import day

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
BLANK_NUMBER = BLANK_DATE = "." * 28
BLANK_NAME = "." * 38
BLANK_PLACE = "." * 18
# A known law; which other rules an SK rests on is for the legal section to say, so it stands as a marked blank.
NARCOTICS_ACT = "Undang-Undang Nomor 35 Tahun 2009 tentang Narkotika;"
OTHER_LAW = "[Isian bagian hukum: peraturan lain yang menjadi dasar keputusan ini]"
OTHER_LAW_SIGNED = "peraturan lain sebagaimana tertulis pada naskah bertanda tangan."
MANY_ADDRESSEES = 6
CLAUSES = ("KESATU", "KEDUA", "KETIGA", "KEEMPAT")


def compose(paper: Paper) -> dict[str, Any]:
    """Every word of the letter under Indonesian names; the Word templates use the same names."""
    by_kind = {
        DocumentKind.SK_PENETAPAN: _decree,
        DocumentKind.UNDANGAN: _invitation,
        DocumentKind.NOTULEN: _minutes,
        DocumentKind.SURAT: _plain,
    }
    return {**_common(paper), **by_kind[paper.kind](paper)}


def _common(paper: Paper) -> dict[str, Any]:
    place = paper.facts.get("place_of_issue") or (paper.office_seat if paper.signatory.own else "")
    copied = "Nomor dan tanggal disalin dari naskah bertanda tangan."
    return {
        "judul": paper.title,
        "kantor": paper.office_name,
        "kantor_kapital": paper.office_name.upper(),
        "kedudukan": paper.office_seat,
        "nomor": paper.number or BLANK_NUMBER,
        "tanggal": day(paper.date) if paper.date else BLANK_DATE,
        "tempat": place or BLANK_PLACE,
        "sifat": paper.facts.get("nature") or "Biasa",
        "jabatan": paper.signatory.position,
        "jabatan_kapital": paper.signatory.position.upper(),
        "nama": paper.signatory.name or BLANK_NAME,
        "tanda": paper.marks,
        "catatan_nomor": copied if paper.origin is Origin.NASKAH_BERTANDA_TANGAN else "",
        "sidik": paper.content_sha256[:16],
    }


def _decree(paper: Paper) -> dict[str, Any]:
    facts = paper.facts
    year = facts["year"]
    subject = f"Penetapan Desa Bersih Narkoba (Desa Bersinar) Tahun {year}"
    decree = f"Keputusan {paper.signatory.position}"
    considered = facts.get("considerations") or [
        "bahwa untuk mencegah penyalahgunaan dan peredaran gelap narkotika sampai ke desa dan kelurahan, perlu "
        f"ditetapkan desa dan kelurahan yang melaksanakan program Desa Bersinar Tahun {year};",
    ]
    closing = (
        f"bahwa berdasarkan pertimbangan sebagaimana dimaksud {_letters(len(considered))}, perlu menetapkan "
        f"{decree} tentang {subject};"
    )
    several = len({village["regency"] for village in facts["villages"]}) > 1
    return {
        "tahun": str(year),
        "perihal": subject,
        "perihal_kapital": subject.upper(),
        "keputusan_kapital": decree.upper(),
        "menimbang": _lettered([*considered, closing]),
        "mengingat": _numbered(
            facts.get("legal_basis") or [NARCOTICS_ACT, OTHER_LAW if paper.is_draft else OTHER_LAW_SIGNED]
        ),
        "diktum": [
            {"nomor": word, "isi": text}
            for word, text in zip(
                CLAUSES,
                (
                    "Menetapkan desa dan kelurahan yang tercantum dalam Lampiran Keputusan ini sebagai Desa "
                    f"Bersih Narkoba (Desa Bersinar) Tahun {year}.",
                    "Lampiran sebagaimana dimaksud dalam Diktum KESATU merupakan bagian yang tidak terpisahkan "
                    "dari Keputusan ini.",
                    "Pelaksanaan program dibiayai dari sumber dana yang tercantum dalam Lampiran Keputusan ini.",
                    "Keputusan ini mulai berlaku pada tanggal ditetapkan.",
                ),
                strict=True,
            )
        ],
        "lampiran_desa": annex(facts["villages"], several_regencies=several),
    }


def annex(villages: list[dict[str, Any]], *, several_regencies: bool = False) -> list[dict[str, str]]:
    """The rows of the annex: village, kecamatan and money source, and nothing else."""
    return [
        {
            "no": str(number),
            "desa": f"{village['kind_word']} {village['name']}",
            "kecamatan": f"{village['district']}, {village['regency']}"
            if several_regencies
            else village["district"],
            "sumber_dana": village["money_source"],
        }
        for number, village in enumerate(villages, 1)
    ]


def _invitation(paper: Paper) -> dict[str, Any]:
    facts = paper.facts
    many = len(facts["addressees"]) > MANY_ADDRESSEES
    return {
        "perihal": f"Undangan {facts['title']}",
        "kepada": ["Daftar terlampir"] if many else facts["addressees"],
        "daftar_kepada": facts["addressees"] if many else [],
        "lampiran": "1 (satu) lembar" if many else "-",
        "pembuka": facts.get("purpose")
        or f"Dengan hormat, kami mengundang Bapak/Ibu untuk hadir dalam {facts['title']}, yang akan diadakan pada:",
        "waktu": _when(facts),
        "acara": facts["agenda"],
        "penutup": "Mengingat pentingnya acara ini, kami mengharapkan kehadiran Bapak/Ibu tepat waktu. "
        "Atas perhatian dan kehadirannya, kami ucapkan terima kasih.",
        "kontak": facts.get("contact", ""),
    }


def _minutes(paper: Paper) -> dict[str, Any]:
    facts = paper.facts
    return {
        "perihal": f"Notulen {facts['meeting']['title']}",
        "rapat": facts["meeting"]["title"],
        "waktu": _when(facts["meeting"]),
        "pimpinan": facts.get("chair") or BLANK_NAME,
        "notulis": facts.get("minutes_by") or BLANK_NAME,
        "hadir": [
            {
                "no": str(number),
                "unsur": row["element"],
                "nama": row.get("name") or "-",
                "jabatan": row.get("position") or "-",
                "keterangan": "hadir" if row.get("present", True) else "tidak hadir",
            }
            for number, row in enumerate(facts["attendance"], 1)
        ],
        "pokok": facts["points"],
        "komitmen": [
            {
                "no": str(number),
                "unsur": row["element"],
                "siapa": row["who"],
                "apa": row["what"],
                "tenggat": day(date.fromisoformat(row["due"])) if row["due"] else "belum ditentukan",
            }
            for number, row in enumerate(facts["commitments"], 1)
        ],
    }


def _plain(paper: Paper) -> dict[str, Any]:
    facts = paper.facts
    return {
        "perihal": facts["subject"],
        "kepada": facts["addressees"],
        "lampiran": "-",
        "alinea": facts["paragraphs"],
    }


def _when(meeting: dict[str, Any]) -> list[dict[str, str]]:
    on = date.fromisoformat(meeting["date"])
    until = f"sampai {meeting['until']}" if meeting.get("until") else "sampai selesai"
    return [
        {"nama": "Hari, tanggal", "isi": f"{DAYS[on.weekday()]}, {day(on)}"},
        {"nama": "Waktu", "isi": f"pukul {meeting['time']} {meeting['zone']} {until}"},
        {"nama": "Tempat", "isi": meeting["place"]},
    ]


def _lettered(texts: list[str]) -> list[dict[str, str]]:
    return [{"nomor": f"{chr(ord('a') + place)}.", "isi": text} for place, text in enumerate(texts)]


def _numbered(texts: list[str]) -> list[dict[str, str]]:
    return [{"nomor": f"{number}.", "isi": text} for number, text in enumerate(texts, 1)]


def _letters(count: int) -> str:
    last = chr(ord("a") + count - 1)
    return "dalam huruf a" if count == 1 else f"dalam huruf a sampai dengan huruf {last}"
