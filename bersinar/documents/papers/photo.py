"""Draw a photograph anew, in a process of its own: `run_limited` runs this file as `__main__`.

Only pixels pass: no place, time, camera, thumbnail, comment, colour profile, second picture or film behind the first.
"""

from __future__ import annotations

import io
import sys
from typing import Any

from PIL import Image, ImageOps

# 40 million pixels are a large phone's; a bomb of a few kilobytes unpacks to more.
MOST_PIXELS = 40_000_000
QUALITY = 90


class TooManyPixels(Exception):
    """More than a photograph has."""


def redrawn(content: bytes) -> bytes:
    """The same picture, upright, in the same format."""
    with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise TooManyPixels
        is_png = picture.format == "PNG"
        drawn = _plain(ImageOps.exif_transpose(picture), is_png=is_png)
    drawn.info = {}
    out = io.BytesIO()
    if is_png:
        drawn.save(out, "PNG", optimize=False)
    else:
        drawn.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def _plain(picture: Any, *, is_png: bool) -> Any:
    """Colours without a table beside them."""
    if picture.mode in ("L", "RGB"):
        return picture.copy()
    has_holes = "A" in picture.mode or "transparency" in picture.info
    return picture.convert("RGBA" if is_png and has_holes else "RGB")


def main() -> None:
    sys.stdout.buffer.write(redrawn(sys.stdin.buffer.read()))


if __name__ == "__main__":
    main()
