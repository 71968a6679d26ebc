"""`bersinar start`: bring the data folder up to date and serve it, on this machine alone unless told otherwise."""

from __future__ import annotations

import argparse
import os
import socket
import sys
import threading
import time
import webbrowser
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from bersinar.config import rehearsal as copy
from bersinar.upkeep import doors, platform, rehearsal, servers
from bersinar.upkeep.backup import restoring

ADDRESS = doors.LOOPBACK
DEMO_MARK = "demo"
_AGAIN = -1
_LEAVE_SECONDS = 10


def main(arguments: list[str]) -> int:
    """Parse, prepare, serve; returns the exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.reset and not options.rehearsal:
        parser.error("--reset hanya berlaku bersama --rehearsal; data kantor tidak pernah dikosongkan.")
    if options.data:
        os.environ["BERSINAR_DATA"] = str(options.data.expanduser().resolve())
    if restoring.finish_interrupted(_data_folder()):
        _say("Pemulihan yang terputus diselesaikan.")
    if options.rehearsal:
        if failed := rehearsal.enter(_data_folder(), renew=options.reset):
            return failed
        options.demo, options.port = False, options.port or copy.PORT
    try:
        plan = servers.plan(on_postgresql=_on_postgresql(), processes=options.processes, jobs=options.jobs)
    except servers.PlanRefused as error:
        sys.stderr.write(f"{error}\n")
        return 2
    refusal = rehearsal.refusal(_data_folder(), wanted=options.rehearsal) or _choose_demo(demo=options.demo)
    if refusal:
        sys.stderr.write(refusal + "\n")
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bersinar.config.settings")

    try:
        with platform.InstanceLock(_data_folder(), shared=_on_postgresql()):
            platform.close_to_others(_data_folder())
            if options.reset:
                copy.empty(_data_folder())
            # Asked for, and killed before it was done.
            rehearsal.began_anew(_data_folder())
            code = _open(options, plan)
    except platform.FolderRefused as error:
        sys.stderr.write(f"{error}\n")
        return 3
    # As a process of its own: every setting follows from the door, and this one has read them already.
    return platform.become_start([*arguments, "--no-browser"]) if code == _AGAIN else code


def _open(options: argparse.Namespace, plan: servers.Plan) -> int:
    """Choose the door first: the settings follow from it."""
    import django

    invented = options.demo or options.rehearsal
    try:
        door = doors.choose(_data_folder(), lan=options.lan, demo=invented, port=options.port)
        django.setup()
        return _prepare_and_serve(options, plan, door)
    except (doors.DoorRefused, ImproperlyConfigured) as refused:
        sys.stderr.write(f"{refused}\n")
        return 6


def _prepare_and_serve(options: argparse.Namespace, plan: servers.Plan, door: doors.Door) -> int:
    from bersinar.access import BersinarError
    from bersinar.upkeep import postgresql
    from bersinar.upkeep.installation import prepare

    taken = [] if options.setup else [port for port in door.ports if _port_is_taken(port)]
    if taken:
        other = door.port + len(door.ports)
        sys.stderr.write(f"Pintu {taken[0]} sudah dipakai program lain. Pilih yang lain: --port {other}\n")
        return 4
    try:
        with postgresql.prepared_by_one():
            prepare(demo=options.demo, say=_say, copy_first=options.copy_first)
    except BersinarError as refused:
        sys.stderr.write(f"{refused} [{refused.code}]\n")
        return 5
    if options.setup:
        _say("Siap. Jalankan ./start untuk membuka Bersinar.")
        return 0
    if _serve(door, plan, browser=options.browser):
        return _AGAIN
    if rehearsal.began_anew(_data_folder()):
        options.browser = False
        return _prepare_and_serve(options, plan, door)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bersinar start", description="Jalankan Bersinar di komputer ini.")
    parser.add_argument("--demo", action="store_true", help="dengan contoh Belitung (orang dan angka rekaan)")
    parser.add_argument(
        "--rehearsal", action="store_true", help="salinan latihan kantor ini (orang dan angka rekaan)"
    )
    parser.add_argument("--reset", action="store_true", help="dengan --rehearsal: mulai lagi dari awal")
    parser.add_argument("--setup", action="store_true", help="hanya siapkan, jangan jalankan")
    parser.add_argument(
        "--lan", action="store_true", help="untuk ponsel dan PC lain di jaringan kantor (https)"
    )
    parser.add_argument("--port", type=int, help="pintu yang dipakai (8000; dengan --lan 8443)")
    parser.add_argument("--data", type=Path, help="folder data")
    parser.add_argument("--processes", type=int, help="jumlah proses server (PostgreSQL saja)")
    parser.add_argument(
        "--no-jobs",
        dest="jobs",
        action="store_false",
        help="pekerjaan latar oleh `bersinar worker` (PostgreSQL)",
    )
    parser.add_argument(
        "--skip-backup",
        dest="copy_first",
        action="store_false",
        help="perbarui tabel tanpa cadangan lebih dulu",
    )
    parser.add_argument("--no-browser", dest="browser", action="store_false", help="jangan buka peramban")
    return parser


def _data_folder() -> Path:
    from bersinar.config import environment

    return environment.data_folder()


def _on_postgresql() -> bool:
    from bersinar.config import environment

    return environment.database_urls(_data_folder()) is not None


def _choose_demo(*, demo: bool) -> str | None:
    """A demo folder stays a demo and a real office never becomes one."""
    folder = _data_folder()
    mark = folder / DEMO_MARK
    # With PostgreSQL there is no file of tables; the key is made with the first settings.
    fresh = not (folder / ("secret_key" if _on_postgresql() else "main.sqlite3")).exists()
    if demo and fresh:
        mark.touch()
    if demo and not mark.exists():
        return f"Folder {folder} berisi data kantor dan tidak dicampur contoh. Pilih folder lain: --data."
    if not demo and mark.exists():
        return f"Folder {folder} berisi contoh. Untuk kantor Anda pilih folder lain dengan --data."
    os.environ["BERSINAR_DEMO"] = "1" if demo else "0"
    return None


def _port_is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((ADDRESS, port)) == 0


def _serve(door: doors.Door, plan: servers.Plan, *, browser: bool) -> bool:
    """Until it is stopped; True when the door must be opened anew because its address or certificate changed."""
    from granian import Granian
    from granian.constants import Interfaces, SSLProtocols

    plan.tell()
    servers.share_connections(_data_folder())
    announce = threading.Thread(target=_announce, args=(door, browser), daemon=True)
    announce.start()
    server = Granian(
        "bersinar.config.wsgi:application",
        address=door.bind,
        port=door.port,
        ssl_cert=door.certificate.server if door.certificate else None,
        ssl_key=door.certificate.server_key if door.certificate else None,
        ssl_protocol_min=SSLProtocols.tls12,
        interface=Interfaces.WSGI,
        workers=plan.processes,
        blocking_threads=plan.threads,
        # One of several may fall over; the only one takes the start down with it, and systemd begins anew.
        respawn_failed_workers=plan.processes > 1,
        # A phone that left the Wi-Fi keeps its connection open; Ctrl+C must not wait for it.
        workers_kill_timeout=_LEAVE_SECONDS,
        log_enabled=False,
        websockets=False,
    )
    if door.certificate is None:
        rehearsal.watch(_data_folder(), server.signal_handler_interrupt)
        server.serve()
        return False
    from bersinar.upkeep.lan.opening import beside_the_server

    stop = server.signal_handler_interrupt
    with beside_the_server(door.bind, door.port, door.names, door.certificate, stop) as watch:
        server.serve()
        return watch.changed


def _announce(door: doors.Door, browser: bool) -> None:
    """Say where it is once it answers, and open a browser where there is one."""
    for _attempt in range(240):
        if not doors.answers(door):
            time.sleep(0.25)
            continue
        _say(f"\nBersinar terbuka di {door.url}  (berhenti: Ctrl+C)")
        _say_accounts()
        _say_network(door)
        if browser and platform.open_browser_possible():
            webbrowser.open(door.url)
        return


def _say_network(door: doors.Door) -> None:
    if door.certificate is not None:
        from bersinar.upkeep.lan.opening import sentence

        _say(sentence(_data_folder()))


def _say_accounts() -> None:
    from django.conf import settings

    path = settings.BERSINAR_DATA / "akun-contoh.txt"
    if settings.BERSINAR_DEMO and path.exists():
        _say(path.read_text(encoding="utf-8"))


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
