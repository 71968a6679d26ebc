"""The rakor of 13 February 2023, the promises given there, and a follow-up that is due around today.

That the meeting was held, its day, its subject and the elements asked for commitment are facts of the press. Every
person and every promise is invented and marked contoh.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta

from django.utils import timezone

from bersinar.demo.story.forming import RAKOR_DAY, the_year
from bersinar.demo.story.people import Stage
from bersinar.demo.story.sources import DUKONG, LALANG, RAKOR_2023, TANJUNG_BINGA
from bersinar.documents import actions as documents
from bersinar.programme import actions
from bersinar.programme.models import Commitment, Meeting
from bersinar.programme.vocabulary import CommitmentStatus, Element, Origin, Zone

TITLE = "Rapat Koordinasi Desa Bersinar 2023"
KEY = "contoh-rakor-2023"
_FOLLOW_UP_KEY = "contoh-tindak-lanjut"
_INVENTED = "orang rekaan"
_AGENDA = (
    "Sasaran Desa Bersinar 2023",
    "Komitmen unsur desa",
    "Pelatihan orang yang direkomendasikan desa",
    "Empat pendekatan: soft power, hard power, smart power, kerja sama",
)
# What the press told of the meeting, and nothing else.
_MINUTES = """\
Ringkasan dari berita (data pers).
BNNK Belitung menyampaikan sasaran 2023: Tanjung Binga dan Dukong.
Dimintakan komitmen kepala desa, sekretaris desa, Babinsa, tokoh agama, tokoh adat, dan tokoh pemuda.
Langkah berikutnya: pelatihan bagi orang yang direkomendasikan desa.
Empat pendekatan: soft power (rehabilitasi), hard power (penegakan hukum), smart power (media sosial), kerja sama."""
_CAME = {
    TANJUNG_BINGA: {
        Element.KADES: "Rudi Contoh",
        Element.SEKDES: "Lina Contoh",
        Element.BABINSA: "Hadi Contoh",
        Element.BHABINKAMTIBMAS: "Joko Contoh",
        Element.TOKOH_AGAMA: "Yusuf Contoh",
        Element.TOKOH_ADAT: "Mahmud Contoh",
        Element.TOKOH_PEMUDA: "Dina Contoh",
        Element.PKK: "Marni Contoh",
    },
    DUKONG: {
        Element.KADES: "Surya Contoh",
        Element.SEKDES: "Nita Contoh",
        Element.BABINSA: "Agus Contoh",
        Element.BHABINKAMTIBMAS: "Eko Contoh",
        Element.TOKOH_AGAMA: "Halim Contoh",
        Element.TOKOH_ADAT: "Sabar Contoh",
        Element.TOKOH_PEMUDA: "Rina Contoh",
    },
}
_CAME_FOR_MORE = ((Element.CAMAT, "19.02.04", "Iwan Contoh"), (Element.KESBANGPOL, "19.02", "Ratih Contoh"))


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise, when it was due, and the day it was kept with what shows it."""

    code: str
    element: Element
    what: str
    due: date
    proof: str
    kept_on: date


PROMISES = (
    Promise(
        TANJUNG_BINGA,
        Element.KADES,
        "Menganggarkan kegiatan P4GN dalam perubahan APBDes",
        date(2023, 8, 31),
        "Salinan halaman anggaran",
        date(2023, 8, 25),
    ),
    Promise(
        TANJUNG_BINGA,
        Element.SEKDES,
        "Menyiapkan keputusan kepala desa tentang tim desa",
        date(2023, 3, 31),
        "Salinan keputusan",
        date(2023, 4, 4),
    ),
    Promise(
        TANJUNG_BINGA,
        Element.BABINSA,
        "Ikut ronda bersama warga dua kali sebulan",
        date(2023, 10, 20),
        "Buku ronda",
        date(2023, 10, 20),
    ),
    Promise(
        TANJUNG_BINGA,
        Element.TOKOH_AGAMA,
        "Menyampaikan pesan pencegahan setiap bulan",
        date(2023, 10, 1),
        "Jadwal ceramah",
        date(2023, 9, 29),
    ),
    Promise(
        TANJUNG_BINGA,
        Element.TOKOH_ADAT,
        "Memasukkan pesan bersih narkoba dalam acara adat",
        date(2023, 9, 30),
        "Foto acara",
        date(2023, 9, 16),
    ),
    Promise(
        TANJUNG_BINGA,
        Element.TOKOH_PEMUDA,
        "Mengusulkan sepuluh pemuda untuk dilatih",
        date(2023, 4, 30),
        "Daftar nama",
        date(2023, 4, 28),
    ),
    Promise(
        DUKONG,
        Element.KADES,
        "Menyediakan ruang posko di kantor desa",
        date(2023, 5, 31),
        "Foto posko",
        date(2023, 5, 30),
    ),
    Promise(
        DUKONG,
        Element.SEKDES,
        "Mengirim nama warga yang direkomendasikan untuk pelatihan",
        date(2023, 3, 15),
        "Surat desa",
        date(2023, 3, 14),
    ),
    Promise(
        DUKONG,
        Element.BABINSA,
        "Mendampingi sosialisasi di tiap dusun",
        date(2023, 7, 31),
        "Daftar hadir",
        date(2023, 7, 22),
    ),
    Promise(
        DUKONG,
        Element.TOKOH_AGAMA,
        "Mengajak pengurus rumah ibadah memasang poster",
        date(2023, 4, 30),
        "Foto poster",
        date(2023, 4, 21),
    ),
)
# Around the day the demo was built, so that there is something to ask for: days from then, promise, and for which year.
_DUE_NOW = (
    (-6, TANJUNG_BINGA, 2023, Element.SEKDES, "Mengirim daftar relawan yang masih aktif", "Daftar nama"),
    (1, DUKONG, 2023, Element.KADES, "Mengirim foto papan nama yang sudah dibersihkan", "Foto"),
    (12, LALANG, 2022, Element.TOKOH_PEMUDA, "Mengadakan pertemuan pemuda", "Daftar hadir"),
)


def rakor(scene: Stage) -> None:
    """The meeting with who came and what was promised; closing it records the stage for both villages."""
    years = {code: the_year(scene, code).pk for code in _CAME}
    meeting = actions.plan_meeting(
        title=TITLE,
        on=RAKOR_DAY,
        start=None,
        end=None,
        zone=Zone.WIB,
        place="Tempat tidak diberitakan",
        agenda=_AGENDA,
        year_ids=list(years.values()),
        client_key=KEY,
        origin=Origin.PERS,
        source=RAKOR_2023,
        by=scene.officer,
    )
    seats = [(element, code, name) for code, people in _CAME.items() for element, name in people.items()]
    for element, place, name in (*seats, *_CAME_FOR_MORE):
        actions.record_attendance(
            meeting.pk,
            element=element,
            place_code=place,
            name=name,
            position=_INVENTED,
            origin=Origin.CONTOH,
            by=scene.officer,
        )
    for promise in PROMISES:
        _promise(scene, promise, years[promise.code], meeting)
    actions.write_minutes(meeting.pk, _MINUTES, 0, scene.officer)
    actions.close_meeting(meeting.pk, stage_year_ids=list(years.values()), by=scene.officer)


def what_became_of_it(scene: Stage) -> None:
    """Each promise of the rakor was kept, with something to look at."""
    for promise in PROMISES:
        row = Commitment.objects.for_actor(scene.officer).get(client_key=_key(promise), year__year=2023)
        actions.change_commitment(
            row.pk,
            status=CommitmentStatus.SELESAI,
            evidence=f"{promise.proof} (contoh)",
            on=promise.kept_on,
            origin=Origin.CONTOH,
            by=scene.officer,
        )


def follow_up(scene: Stage) -> None:
    """Guidance goes on: promises that are due around today, and a meeting to which people are invited."""
    today = timezone.localdate()
    for days, code, year, element, what, proof in _DUE_NOW:
        actions.record_commitment(
            year_id=the_year(scene, code, year).pk,
            element=element,
            promised_by=_CAME.get(code, {}).get(element, "Galih Contoh"),
            what=what,
            proof=proof,
            on=today - timedelta(days=40),
            due_date=today + timedelta(days=days),
            client_key=f"contoh-{code}-{element.value}-kini",
            origin=Origin.CONTOH,
            by=scene.officer,
        )
    meeting = actions.plan_meeting(
        title="Rapat tindak lanjut pembinaan (contoh)",
        on=today + timedelta(days=9),
        start=time(9),
        end=time(11, 30),
        zone=Zone.WIB,
        place="Ruang rapat (contoh)",
        agenda=("Janji yang masih berjalan", "Relawan yang masih aktif"),
        year_ids=[the_year(scene, code).pk for code in _CAME],
        elements=[Element.KADES, Element.SEKDES, Element.BABINSA, Element.TOKOH_PEMUDA],
        client_key=_FOLLOW_UP_KEY,
        origin=Origin.CONTOH,
        by=scene.officer,
    )
    letter = actions.draft_invitation(meeting.pk, contact="Sari Contoh, seksi P2M", by=scene.officer)
    documents.issue_letter(letter, by=scene.head)


def _promise(scene: Stage, promise: Promise, year_id: int, meeting: Meeting) -> None:
    actions.record_commitment(
        year_id=year_id,
        meeting_id=meeting.pk,
        element=promise.element,
        promised_by=_CAME[promise.code][promise.element],
        what=promise.what,
        due_date=promise.due,
        proof=promise.proof,
        client_key=_key(promise),
        origin=Origin.CONTOH,
        by=scene.officer,
    )


def _key(promise: Promise) -> str:
    return f"contoh-{promise.code}-{promise.element.value}"
