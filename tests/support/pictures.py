"""Photographs as phones make them, with everything they tell about their owner."""

from __future__ import annotations

import io

from PIL import Image
from PIL.PngImagePlugin import PngInfo

SECRETS = (b"Exif", b"RahasiaKamera", b"2023:02:13", b"rahasia komentar", b"rahasia xmp", b"film di belakang")
_ORIENTATION, _MAKE, _TIME, _GPS = 0x0112, 0x010F, 0x0132, 0x8825


def photo(size: tuple[int, int] = (40, 20), *, orientation: int = 1, colour: str = "red") -> bytes:
    """A JPEG with camera, time, place, comment, XMP and a film behind the picture."""
    exif = Image.Exif()
    exif[_ORIENTATION], exif[_MAKE], exif[_TIME] = orientation, "RahasiaKamera", "2023:02:13 09:00:00"
    exif[_GPS] = {1: "S", 2: (2.0, 44.0, 30.0), 3: "E", 4: (107.0, 38.0, 5.0)}
    out = io.BytesIO()
    picture = Image.new("RGB", size, colour)
    picture.save(out, "JPEG", exif=exif, comment=b"rahasia komentar", xmp=b"rahasia xmp")
    return out.getvalue() + b"film di belakang"


def screenshot(mode: str = "RGBA") -> bytes:
    """A PNG with texts and place."""
    info = PngInfo()
    info.add_text("Comment", "rahasia komentar")
    info.add_itxt("XML:com.adobe.xmp", "rahasia xmp")
    exif = Image.Exif()
    exif[_MAKE] = "RahasiaKamera"
    out = io.BytesIO()
    Image.new(mode, (30, 10)).save(out, "PNG", pnginfo=info, exif=exif)
    return out.getvalue() + b"film di belakang"
