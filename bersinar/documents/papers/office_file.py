"""Whether a file is a Word or Excel document without a macro, in a process of its own: `run_limited` runs it.

Only its list of parts is read, yet a list may name a hundred thousand parts in a small file. Reads the file from
standard input and the part it must have as argument; answers "yes" or "no".
"""

from __future__ import annotations

import io
import sys
import zipfile

MOST_PARTS = 5_000


def is_document(content: bytes, main_part: str) -> bool:
    """A document of that kind, as far as its list of parts tells."""
    try:
        names = [name.lower() for name in zipfile.ZipFile(io.BytesIO(content)).namelist()]
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError):
        return False
    return len(names) <= MOST_PARTS and main_part in names and not any("vbaproject" in name for name in names)


def main() -> None:
    found = is_document(sys.stdin.buffer.read(), sys.argv[1])
    sys.stdout.write("yes" if found else "no")


if __name__ == "__main__":
    main()
