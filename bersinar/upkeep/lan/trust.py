"""What a phone needs to trust this office: the authority's certificate, its fingerprint, and codes to scan."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import NameOID

from bersinar.config import shape
from bersinar.upkeep.lan import authority

CERTIFICATE = "bersinar.crt"


@dataclass(frozen=True, slots=True)
class Trust:
    """The authority as people compare it, and the two addresses of this office."""

    authority: str
    fingerprint: str
    windows_fingerprint: str
    valid_until: datetime
    address: str
    help_address: str

    @property
    def pieces(self) -> list[str]:
        """The fingerprint in parts that a line may break between."""
        return _pieces(self.fingerprint, 12)

    @property
    def windows_pieces(self) -> list[str]:
        return _pieces(self.windows_fingerprint, 8)

    @property
    def address_code(self) -> str:
        return code(self.address)

    @property
    def help_code(self) -> str:
        return code(self.help_address)


def told(folder: Path) -> Trust:
    """From the data folder of an installation that serves its office network."""
    kept = folder / shape.FOLDER
    certificate = authority.authority_of(kept)
    host, port = shape.office_network(kept / shape.ADDRESSES).address.removeprefix("https://").rsplit(":", 1)
    name = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
    return Trust(
        authority=str(name),
        fingerprint=authority.fingerprint(certificate),
        # Windows shows this older sum in its question; nobody can make a second certificate for a given one.
        windows_fingerprint=certificate.fingerprint(hashes.SHA1()).hex(),  # noqa: S303
        valid_until=certificate.not_valid_after_utc,
        address=f"https://{host}:{port}/",
        help_address=f"http://{host}:{help_port(int(port))}/",
    )


def help_port(port: int) -> int:
    """Beside the door: the page that helps a phone to trust it, in plain http because nothing else is trusted yet."""
    return port + 1


def code(text: str) -> str:
    """A QR code as a drawing; level M survives a fold and a coffee stain."""
    import segno

    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", border=4, light="#fff", xmldecl=False, omitsize=True
    )
    return out.getvalue().decode()


def _pieces(text: str, length: int) -> list[str]:
    return [text[start : start + length] for start in range(0, len(text), length)]
