"""Which shape this installation has, in sentences for people and for `bersinar doctor`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from django.conf import settings
from django.utils.translation import gettext as _

from bersinar.config import shape
from bersinar.config.shape import Shape
from bersinar.upkeep.lan import addresses, authority

_AUTHORITY_WARNS = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Told:
    """The shape, its address (empty on one PC), what it means, and what is wrong with it (empty when all is well)."""

    shape: Shape
    address: str
    sentence: str
    problems: tuple[str, ...] = ()


def current(*, now: datetime | None = None) -> Told:
    """What the data folder and the settings say; works beside a running server."""
    standing = settings.BERSINAR_STANDING
    problems = (
        _of_network(standing, now or datetime.now(UTC)) if standing.shape is Shape.OFFICE_NETWORK else ()
    )
    return Told(standing.shape, standing.address, _sentence(standing), problems)


def _sentence(standing: shape.Standing) -> str:
    if standing.shape is Shape.OFFICE_NETWORK:
        return _(
            "Jaringan kantor: ponsel dan PC lain membuka %(address)s dengan sertifikat kantor sendiri."
        ) % {"address": standing.address}
    if standing.shape is Shape.SERVER:
        return _("Server dengan nama umum: %(address)s, di belakang proksi yang dipercaya.") % {
            "address": standing.address
        }
    return _(
        "Satu PC: hanya komputer ini yang dapat membuka Bersinar. Akun desa, relawan, dan hadir dengan kode QR "
        "memerlukan jaringan kantor (bersinar start --lan); sementara itu pakai kertas dan daftar ketikan."
    )


def _of_network(standing: shape.Standing, now: datetime) -> tuple[str, ...]:
    folder = settings.BERSINAR_DATA / shape.FOLDER
    files = authority.Files(folder)
    found = []
    server = x509.load_pem_x509_certificate(files.server.read_bytes())
    if server.not_valid_after_utc <= now:
        found.append(
            _("Sertifikat server sudah habis. Hentikan Bersinar, lalu jalankan lagi: bersinar start --lan")
        )
    if authority.authority_of(folder).not_valid_after_utc - now <= _AUTHORITY_WARNS:
        found.append(
            _(
                "Otoritas sertifikat kantor habis dalam setahun. Rencanakan hari untuk menggantinya: "
                "lihat docs/operate/jaringan-kantor.md."
            )
        )
    if gone := sorted(set(_served(standing)) - set(addresses.own_names())):
        found.append(
            _("Alamat %(names)s bukan lagi alamat komputer ini. Jalankan lagi: bersinar start --lan")
            % {"names": ", ".join(gone)}
        )
    return tuple(found)


def _served(standing: shape.Standing) -> list[str]:
    return [name for name in standing.hosts if name not in shape.LOOPBACK]
