"""While the office network is served: the help door beside it, and the watch over addresses and certificate."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from bersinar.upkeep.lan import authority, help_door, trust
from bersinar.upkeep.lan.watch import Watch


@contextmanager
def beside_the_server(
    bind: str, port: int, names: tuple[str, ...], files: authority.Files, stop: Callable[[], object]
) -> Iterator[Watch]:
    """Open both, and close them with the server, so that a new door finds the port free."""
    folder = files.folder.parent
    told = trust.told(folder)
    shown = help_door.pages(folder, Path(settings.STATIC_ROOT))
    door = help_door.HelpDoor(bind, trust.help_port(port), shown, help_door.refusal(told.address))
    watch = Watch(files, names, stop)
    watch.start()
    try:
        yield watch
    finally:
        watch.end()
        door.close()


def sentence(folder: Path) -> str:
    """What the window of the start says to whoever opened the network."""
    told = trust.told(folder)
    return (
        f"Ponsel dan PC lain: kenalkan dulu lewat {told.help_address}\n"
        f"Cetak kertasnya dari {told.address}jaringan/\n"
        f"Sidik jari {told.authority} (SHA-256): {told.fingerprint}"
    )
