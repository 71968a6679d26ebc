"""Letters as pages show them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from bersinar.documents.papers.compose import compose
from bersinar.documents.queries import LetterRow, paper_of_row
from bersinar.documents.rules.code import Checked, Verdict
from bersinar.documents.vocabulary import DocumentKind, LetterState, Origin
from bersinar.ui.writing import day

TAGS = {
    LetterState.RANCANGAN: "tag--soon",
    LetterState.TERBIT: "tag--ok",
    LetterState.BATAL: "tag--late",
    LetterState.DIGANTIKAN: "",
}


def row(found: LetterRow) -> dict[str, Any]:
    """One line of the list."""
    letter, issue = found.letter, found.issue
    return {
        "pk": letter.pk,
        "title": letter.title,
        "kind": DocumentKind(letter.kind).label,
        "version": letter.version,
        "state": found.state.label,
        "tag": TAGS[found.state],
        "number": issue.number if issue else "",
        "date": issue.date if issue else None,
        "office": letter.office.name,
        "created_at": letter.created_at,
        "created_by": letter.created_by_name,
    }


def letter(found: LetterRow) -> dict[str, Any]:
    """The letter's page: what it says, what is empty and why."""
    words = compose(paper_of_row(found))
    return {
        **row(found),
        "facts": _facts(found),
        "lines": _lines(DocumentKind(found.letter.kind), words),
        "annex": words.get("lampiran_desa", []),
        "commitments": words.get("komitmen", []),
        "voided_why": found.voided_why,
        "is_draft": found.state is LetterState.RANCANGAN,
        "is_issued": found.state is LetterState.TERBIT,
        "signed_here": found.letter.signed_here,
        "example": found.letter.example,
    }


def _facts(found: LetterRow) -> list[tuple[str, str]]:
    stored, issue = found.letter, found.issue
    waiting = (
        _("kosong sampai diterbitkan; diambil dari seri unit")
        if stored.signed_here
        else _("kosong sampai diketik dari naskah bertanda tangan")
    )
    signatory = stored.signatory_position
    if stored.signatory_name:
        signatory = f"{stored.signatory_name}, {signatory}"
    facts = [
        (_("Nomor"), issue.number if issue else waiting),
        (_("Tanggal"), day(issue.date) if issue else waiting),
        (_("Penanda tangan"), signatory),
        (_("Unit"), stored.office_name),
        (_("Versi"), str(stored.version)),
    ]
    if issue and issue.origin == Origin.NASKAH_BERTANDA_TANGAN.value:
        facts.append((_("Asal nomor"), _("disalin dari naskah bertanda tangan")))
    if issue:
        facts.append((_("Sidik isi"), issue.content_sha256[:16]))
    return facts


def _lines(kind: DocumentKind, words: dict[str, Any]) -> list[tuple[str, str]]:
    if kind is DocumentKind.UNDANGAN:
        when = [(line["nama"], line["isi"]) for line in words["waktu"]]
        addressees = words["daftar_kepada"] or words["kepada"]
        return [(_("Kepada"), "; ".join(addressees)), *when, (_("Acara"), "; ".join(words["acara"]))]
    if kind is DocumentKind.NOTULEN:
        when = [(line["nama"], line["isi"]) for line in words["waktu"]]
        present = [one["unsur"] for one in words["hadir"] if one["keterangan"] == "hadir"]
        return [*when, (_("Unsur yang hadir"), "; ".join(present) or _("belum dicatat"))]
    if kind is DocumentKind.SURAT:
        return [(_("Kepada"), "; ".join(words["kepada"])), (_("Isi"), " ".join(words["alinea"]))]
    return [(_("Perihal"), words["perihal"])]


def verdict(checked: Checked) -> dict[str, Any]:
    """The answer of a check in words, with what it does and does not say."""
    sentences = {
        Verdict.SAH: (
            _("Kode ini asli"),
            _("Kode dibuat oleh unit ini dan tidak diubah. Bandingkan isinya dengan kertas di tangan Anda."),
        ),
        Verdict.DIUBAH: (
            _("Kode ini telah diubah"),
            _("Jangan pakai surat ini. Tunjukkan kepada unit yang namanya tertulis di surat."),
        ),
        Verdict.KUNCI_TIDAK_DIKENAL: (
            _("Kode ini dari unit lain"),
            _("Kuncinya tidak dikenal di sini. Periksa di unit yang menerbitkan surat."),
        ),
        Verdict.BUKAN_KODE: (
            _("Ini bukan kode surat Bersinar"),
            _("Salin teks utuh dari kode pada surat, dari huruf BERSINAR sampai akhir, lalu coba lagi."),
        ),
    }
    title, text = sentences[checked.verdict]
    return {
        "title": title,
        "text": text,
        "genuine": checked.verdict is Verdict.SAH,
        "facts": _claims(checked),
        "example": bool(checked.claims and checked.claims.example),
    }


def _claims(checked: Checked) -> list[tuple[str, str]]:
    claims = checked.claims
    if claims is None:
        return []
    kind = DocumentKind(claims.kind).label if claims.kind in DocumentKind else claims.kind
    return [
        (_("Jenis"), kind),
        (_("Unit"), claims.office),
        (_("Nomor"), claims.number),
        (_("Tanggal"), day(claims.date)),
        (_("Versi"), str(claims.version)),
        (_("Sidik isi"), claims.content_sha256[:16]),
    ]
