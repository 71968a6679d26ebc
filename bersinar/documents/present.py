"""Letters as pages show them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from bersinar.documents import sharing
from bersinar.documents.papers.compose import compose
from bersinar.documents.queries import LetterRow, paper_of_row
from bersinar.documents.rules.code import Checked, Verdict
from bersinar.documents.vocabulary import DocumentKind, LetterState, Origin
from bersinar.ui.writing import day, time_of_day

TAGS = {
    LetterState.RANCANGAN: "tag--soon",
    LetterState.SIAP_CETAK: "tag--ok",
    LetterState.TERBIT: "tag--ok",
    LetterState.BATAL: "tag--late",
    LetterState.DIGANTIKAN: "",
}


def state_word(state: LetterState) -> str:
    """The state in the reader's language."""
    return {
        LetterState.RANCANGAN: _("Rancangan"),
        LetterState.SIAP_CETAK: _("Siap cetak"),
        LetterState.TERBIT: _("Terbit"),
        LetterState.DIGANTIKAN: _("Digantikan"),
        LetterState.BATAL: _("Dibatalkan"),
    }[state]


def kind_word(kind: DocumentKind) -> str:
    """The kind in the reader's language; on paper it is always Indonesian."""
    return {
        DocumentKind.SK_PENETAPAN: _("SK penetapan Desa Bersinar"),
        DocumentKind.UNDANGAN: _("Undangan"),
        DocumentKind.NOTULEN: _("Notulen"),
        DocumentKind.DAFTAR_HADIR: _("Daftar hadir"),
        DocumentKind.SURAT: _("Surat biasa"),
    }[kind]


def row(found: LetterRow) -> dict[str, Any]:
    """One line of the list."""
    letter, issue = found.letter, found.issue
    kind = DocumentKind(letter.kind)
    return {
        "pk": letter.pk,
        "title": letter.title,
        "kind": kind_word(kind),
        "version": letter.version,
        "state": state_word(found.state),
        "tag": TAGS[found.state],
        "number": issue.number if issue else "",
        "date": issue.date if issue else None,
        "no_number": _("tidak bernomor") if kind.is_sheet else _("belum ada"),
        "office": letter.office.name,
        "created_at": letter.created_at,
        "created_by": letter.created_by_name,
    }


def letter(found: LetterRow) -> dict[str, Any]:
    """The letter's page: what it says, what is empty and why."""
    kind, words = DocumentKind(found.letter.kind), compose(paper_of_row(found))
    return {
        **row(found),
        "meaning": _meaning(found),
        "facts": _facts(found),
        "lines": _lines(kind, words),
        "points": words.get("pokok", []),
        "report": [(line["nama"], line["isi"]) for line in words.get("laporan", [])],
        "tables": [table for table in _tables(kind, words) if table["rows"]],
        "made": _made(found),
        "share": _share(found),
        "position": found.letter.signatory_position,
        "voided_why": found.voided_why,
        "example": found.letter.example,
        "counts": found.state in (LetterState.TERBIT, LetterState.SIAP_CETAK),
    }


def next_number(kind: DocumentKind, number: str) -> str:
    """The next number of a kind, or why there is none."""
    return _("tidak bernomor") if kind.is_sheet else number


def _meaning(found: LetterRow) -> str:
    if found.state is LetterState.RANCANGAN and found.letter.signed_here:
        return _("Belum bernomor. Periksa isinya, lalu terbitkan.")
    return {
        LetterState.RANCANGAN: _("Menunggu tanda tangan. Nomor dan tanggal kosong sampai diketik."),
        LetterState.SIAP_CETAK: _("Cetak PDF-nya, lalu isi dengan tangan."),
        LetterState.TERBIT: _("Sudah bernomor. PDF ini tidak berubah lagi."),
        LetterState.DIGANTIKAN: _("Sudah ada versi penggantinya."),
        LetterState.BATAL: _("Tidak berlaku lagi. Nomornya tetap terpakai."),
    }[found.state]


def _facts(found: LetterRow) -> list[tuple[str, str]]:
    stored, issue = found.letter, found.issue
    facts = []
    if not DocumentKind(stored.kind).is_sheet:
        waiting = (
            _("kosong sampai diterbitkan")
            if stored.signed_here
            else _("kosong sampai diketik dari naskah bertanda tangan")
        )
        facts += [
            (_("Nomor"), issue.number if issue else waiting),
            (_("Tanggal"), day(issue.date) if issue else waiting),
        ]
    signatory = stored.signatory_position
    if stored.signatory_name:
        signatory = f"{stored.signatory_name}, {signatory}"
    facts += [(_("Penanda tangan"), signatory), (_("Unit"), stored.office_name)]
    if issue and issue.origin == Origin.NASKAH_BERTANDA_TANGAN.value:
        facts.append((_("Asal nomor"), _("disalin dari naskah bertanda tangan")))
    return facts


def _made(found: LetterRow) -> list[tuple[str, str]]:
    stored, issue = found.letter, found.issue
    template = (
        _("templat unit ke-%(number)s") % {"number": stored.template.version}
        if stored.template
        else _("templat bawaan")
    )
    made = [
        (_("Dibuat"), f"{stored.created_by_name}, {_moment(stored.created_at)}"),
        (_("Versi"), str(stored.version)),
        (_("Word"), f"{template}, {stored.template_fingerprint[:12]}"),
    ]
    if issue:
        made += [
            (_("Diterbitkan"), f"{issue.created_by_name}, {_moment(issue.created_at)}"),
            (_("Sidik isi"), issue.content_sha256[:16]),
        ]
    return made


def _moment(value: datetime) -> str:
    here = timezone.localtime(value)
    return f"{day(here)} {time_of_day(here)}"


def _lines(kind: DocumentKind, words: dict[str, Any]) -> list[tuple[str, str]]:
    when = [(line["nama"], line["isi"]) for line in words.get("waktu", [])]
    if kind is DocumentKind.UNDANGAN:
        addressees = words["daftar_kepada"] or words["kepada"]
        return [(_("Kepada"), "; ".join(addressees)), *when, (_("Acara"), "; ".join(words["acara"]))]
    if kind is DocumentKind.NOTULEN:
        people = [(_("Pimpinan rapat"), words["pimpinan"]), (_("Notulis"), words["notulis"])]
        return [*when, *((term, _typed(text)) for term, text in people)]
    if kind is DocumentKind.DAFTAR_HADIR:
        return [*when, (_("Baris"), str(len(words["daftar"])))]
    if kind is DocumentKind.SURAT:
        return [(_("Kepada"), "; ".join(words["kepada"])), (_("Isi"), " ".join(words["alinea"]))]
    decided = [(line["nomor"], line["isi"]) for line in words["diktum"]]
    return [(_("Perihal"), words["perihal"]), *decided]


def _typed(text: str) -> str:
    """A row of dots is for paper; a page says that nothing was typed."""
    return text if text.strip(".") else _("belum diisi")


def _tables(kind: DocumentKind, words: dict[str, Any]) -> list[dict[str, Any]]:
    if kind is DocumentKind.SK_PENETAPAN:
        heads = {
            "desa": _("Desa atau kelurahan"),
            "kecamatan": _("Kecamatan"),
            "sumber_dana": _("Sumber dana"),
        }
        return [_table(_("Lampiran"), heads, words["lampiran_desa"])]
    if kind is DocumentKind.NOTULEN:
        seats = {
            "unsur": _("Unsur"),
            "nama": _("Nama"),
            "jabatan": _("Jabatan, instansi"),
            "keterangan": _("Kehadiran"),
        }
        promises = {
            "unsur": _("Unsur"),
            "siapa": _("Siapa"),
            "apa": _("Akan melakukan"),
            "tenggat": _("Paling lambat"),
        }
        return [
            _table(_("Yang hadir"), seats, words["hadir"]),
            _table(_("Komitmen"), promises, words["komitmen"]),
        ]
    if kind is DocumentKind.DAFTAR_HADIR:
        heads = {"unsur": _("Unsur"), "nama": _("Nama"), "jabatan": _("Jabatan, instansi")}
        return [_table(_("Sudah tercetak"), heads, [seat for seat in words["daftar"] if seat["unsur"]])]
    return []


def _table(title: str, heads: dict[str, str], rows: list[dict[str, str]]) -> dict[str, Any]:
    cells = [[{"head": head, "text": one[name] or "-"} for name, head in heads.items()] for one in rows]
    return {"title": title, "heads": list(heads.values()), "rows": cells}


def _share(found: LetterRow) -> sharing.Message | None:
    """Only an invitation that still counts is worth a message; it says what, when and where."""
    stored = found.letter
    if stored.kind != DocumentKind.UNDANGAN or found.state in (LetterState.BATAL, LetterState.DIGANTIKAN):
        return None
    return sharing.meeting_message(
        title=stored.facts["title"],
        on=date.fromisoformat(stored.facts["date"]),
        time=stored.facts["time"],
        zone=stored.facts["zone"],
        place=stored.facts["place"],
        office=stored.office_name,
        issued=found.state == LetterState.TERBIT,
    )


def verdict(checked: Checked, *, standing: LetterState | None, at: datetime) -> dict[str, Any]:
    """The answer of a check in words, with what it does and does not say."""
    genuine = checked.verdict is Verdict.SAH
    counts = genuine and standing not in (LetterState.BATAL, LetterState.DIGANTIKAN)
    word, title, text = _sentences(checked.verdict, standing)
    return {
        "word": word,
        "title": title,
        "text": text,
        "tag": "tag--ok" if counts else "tag--late",
        "genuine": counts,
        "facts": _claims(checked),
        "checked": _checked_against(standing, at) if genuine else "",
        "example": bool(checked.claims and checked.claims.example),
    }


def _sentences(found: Verdict, standing: LetterState | None) -> tuple[str, str, str]:
    if found is Verdict.SAH and standing is LetterState.BATAL:
        return (
            _("dibatalkan"),
            _("Surat ini sudah dibatalkan"),
            _("Kodenya asli, tetapi unit penerbit membatalkan suratnya. Jangan pakai surat ini."),
        )
    if found is Verdict.SAH and standing is LetterState.DIGANTIKAN:
        return (
            _("digantikan"),
            _("Surat ini sudah diganti"),
            _("Kodenya asli, tetapi ada versi yang lebih baru. Minta versi terbaru kepada unit penerbit."),
        )
    return {
        Verdict.SAH: (
            _("asli"),
            _("Kode ini asli"),
            _(
                "Isi kode tidak diubah sejak unit menerbitkannya. Bandingkan dengan kertas di tangan Anda; "
                "bila ada yang berbeda, kode ini disalin dari surat lain."
            ),
        ),
        Verdict.DIUBAH: (
            _("diubah"),
            _("Kode ini telah diubah"),
            _("Jangan pakai surat ini. Tunjukkan kepada unit yang namanya tertulis di surat."),
        ),
        Verdict.KUNCI_TIDAK_DIKENAL: (
            _("kunci tidak dikenal"),
            _("Kode ini dari unit lain"),
            _("Kuncinya tidak dikenal di sini. Periksa di unit yang menerbitkan surat."),
        ),
        Verdict.BUKAN_KODE: (
            _("bukan kode"),
            _("Ini bukan kode surat Bersinar"),
            _("Salin teks utuh dari kode pada surat, dari huruf BERSINAR sampai akhir, lalu coba lagi."),
        ),
    }[found]


def _checked_against(standing: LetterState | None, at: datetime) -> str:
    if standing is None:
        return _("Surat unit lain: pembatalan dan penggantian tidak dapat diperiksa di sini.")
    return _("Pembatalan dan penggantian diperiksa sampai %(when)s.") % {"when": _moment(at)}


def _claims(checked: Checked) -> list[tuple[str, str]]:
    claims = checked.claims
    if claims is None:
        return []
    kind = DocumentKind.read(claims.kind)
    return [
        (_("Jenis"), kind_word(kind) if kind else claims.kind),
        (_("Unit"), claims.office),
        (_("Nomor"), claims.number),
        (_("Tanggal"), day(claims.date)),
        (_("Versi"), str(claims.version)),
        (_("Sidik isi"), claims.content_sha256[:16]),
    ]
