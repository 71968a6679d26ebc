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
MISSING = "belum diisi"
MANY_ADDRESSEES = 6
USUAL_BLANK_ROWS = 10
CLAUSES = ("KESATU", "KEDUA", "KETIGA", "KEEMPAT")


def compose(paper: Paper) -> dict[str, Any]:
    """Every word of the letter under Indonesian names; the Word templates use the same names."""
    by_kind = {
        DocumentKind.SK_PENETAPAN: _decree,
        DocumentKind.UNDANGAN: _invitation,
        DocumentKind.NOTULEN: _minutes,
        DocumentKind.DAFTAR_HADIR: _attendance_sheet,
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
        "naskah": "Notulen dan laporan kegiatan" if "report" in facts else "Notulen",
        "perihal": f"Notulen {facts['meeting']['title']}",
        "rapat": facts["meeting"]["title"],
        "waktu": _when(facts["meeting"]),
        "pimpinan": facts.get("chair") or BLANK_NAME,
        "notulis": facts.get("minutes_by") or BLANK_NAME,
        "hadir": [
            {
                **_seat(number, row),
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
        "laporan": _report(paper) if "report" in facts else [],
    }


def _report(paper: Paper) -> list[dict[str, str]]:
    """Every line the national form asks of a coordination meeting; what nobody told us stands as missing."""
    report, meeting = paper.facts["report"], paper.facts["meeting"]
    attendance = paper.facts["attendance"]
    there = [row for row in attendance if row.get("present", True)]
    institutions = list(dict.fromkeys(row["institution"] for row in there if row.get("institution")))
    counted = report.get("participants", len(there) if attendance else None)
    lines = {
        "Nomor surat perintah": report.get("warrant"),
        "Pelaksana": report.get("unit") or paper.office_name,
        "Tanggal": day(date.fromisoformat(meeting["date"])),
        "Tempat": meeting["place"],
        "Kabupaten/kota": meeting.get("regency"),
        "Panitia": _joined(report.get("committee"), "name", "unit"),
        "Sasaran": report.get("target"),
        "Unsur peserta": "; ".join(dict.fromkeys(row["element"] for row in there)),
        "Instansi peserta": "; ".join(institutions),
        "Jumlah peserta": "" if counted is None else f"{counted} orang",
        "Narasumber": _joined(report.get("speakers"), "name", "position"),
        "Materi": _joined(report.get("materials"), "title", "speaker"),
        "Ringkasan materi": " ".join(
            one["summary"] for one in report.get("materials", []) if one.get("summary")
        ),
        "Sumber dana": report.get("money_source"),
        "Nama anggaran": report.get("budget"),
        "Hasil yang dicapai": " ".join(report.get("results", [])),
        "Foto": "; ".join(report.get("photos", [])),
    }
    return [{"nama": name, "isi": text or MISSING} for name, text in lines.items()]


def _joined(rows: list[dict[str, str]] | None, main: str, beside: str) -> str:
    return "; ".join(f"{row[main]} ({row[beside]})" if row.get(beside) else row[main] for row in rows or [])


def _attendance_sheet(paper: Paper) -> dict[str, Any]:
    """Rows to sign by hand: the seats that are known, then empty ones."""
    facts = paper.facts
    seats = [_seat(number, row, empty="") for number, row in enumerate(facts.get("seats", []), 1)]
    first = len(seats) + 1
    blank = facts.get("blank_rows", USUAL_BLANK_ROWS)
    seats += [_seat(number, {}, empty="") for number in range(first, first + blank)]
    return {
        "perihal": f"Daftar hadir {facts['meeting']['title']}",
        "rapat": facts["meeting"]["title"],
        "waktu": _when(facts["meeting"]),
        "daftar": seats,
    }


def _seat(number: int, row: dict[str, Any], *, empty: str = "-") -> dict[str, str]:
    position = ", ".join(part for part in (row.get("position"), row.get("institution")) if part)
    return {
        "no": str(number),
        "unsur": row.get("element") or empty,
        "nama": row.get("name") or empty,
        "jabatan": position or empty,
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
    hour, zone = meeting["time"], meeting["zone"]
    when = (
        f"{hour} sampai {meeting['until']} {zone}"
        if meeting.get("until")
        else f"{hour} {zone} sampai selesai"
    )
    return [
        {"nama": "Hari, tanggal", "isi": f"{DAYS[on.weekday()]}, {day(on)}"},
        {"nama": "Waktu", "isi": f"pukul {when}"},
        {"nama": "Tempat", "isi": meeting["place"]},
    ]


def _lettered(texts: list[str]) -> list[dict[str, str]]:
    return [{"nomor": f"{chr(ord('a') + place)}.", "isi": text} for place, text in enumerate(texts)]


def _numbered(texts: list[str]) -> list[dict[str, str]]:
    return [{"nomor": f"{number}.", "isi": text} for number, text in enumerate(texts, 1)]


def _letters(count: int) -> str:
    last = chr(ord("a") + count - 1)
    return "dalam huruf a" if count == 1 else f"dalam huruf a sampai dengan huruf {last}"
