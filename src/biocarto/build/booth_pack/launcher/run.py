"""From the double click to Ctrl+C."""

from __future__ import annotations

import argparse
import os
import signal
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import IO, Any

from launcher import browser, install, lock, server, settings
from launcher.journal import Journal
from launcher.words import StandError, complain, say

_SLOW = 30.0
_POLL = 0.25


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="stand.py", description="Lance le stand BioCarto, sans réseau. Starts the BioCarto stand, without a network."
    )
    parser.add_argument("--port", type=_port, help="port du serveur / of the server (8501)")
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--window", action="store_true", help="fenêtre ordinaire / ordinary window")
    shown.add_argument("--server-only", action="store_true", help="aucun navigateur / no browser")
    return parser


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1024 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError("1024–65535")
    return int(text)


def _end(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the signature of a handler
    raise KeyboardInterrupt


def _listen_to_the_system() -> None:
    """A closed terminal, a logout and `kill` end the stand as Ctrl+C does."""
    for name in ("SIGTERM", "SIGHUP", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _end)


def _until_ready(running: server.Server, port: int) -> None:
    """Until the server answers; one that dies on the way is started anew."""
    start, told = time.monotonic(), False
    while not server.is_healthy(port):
        if not told and time.monotonic() - start > _SLOW:
            told = True
            say("Le serveur met du temps à répondre, patience…", "The server takes its time to answer, please wait…")
        if (code := running.wait_for_end(_POLL)) is not None:
            running.revive(code)


def _serve(running: server.Server, port: int, window: browser.Window | None, address: str) -> None:
    """Keep server and browser alive until somebody ends it."""
    running.start()
    _until_ready(running, port)
    say(f"Le stand est prêt : {address} (Ctrl+C pour arrêter).", f"The stand is ready: {address} (Ctrl+C to end).")
    if window is not None:
        window.open()
    while True:
        if (code := running.wait_for_end(_POLL)) is not None:
            running.revive(code)
            _until_ready(running, port)
            say("Le serveur répond de nouveau.", "The server answers again.")
        if window is not None:
            window.tend()


def _prepare_environment(pack: Path, own: Path, found: Mapping[str, Any]) -> dict[str, str]:
    """The environment of the server: settings first, because they fail faster than an installation."""
    if os.pathsep in str(pack) + str(own):
        raise StandError(
            f"Le chemin du paquet contient « {os.pathsep} », que Python n'accepte pas. Rien n'a été modifié. Renommez le dossier : {pack}",
            f"The path of the pack holds “{os.pathsep}”, which Python does not accept. Nothing was changed. Rename the folder: {pack}",
        )
    if own != pack:
        say(
            f"Le paquet ne peut pas être écrit : besoins, journal et réglages vont dans {own}.",
            f"The pack cannot be written: needs, log and settings go to {own}.",
        )
    given = settings.read(settings.find_file(pack, own))
    (own / "besoins").mkdir(parents=True, exist_ok=True)
    settings.check(settings.build_environment(os.environ, pack, own, given))
    return settings.build_environment(os.environ, pack, own, given, install.ensure(pack, own, found))


def _alone(own: Path) -> IO[bytes]:
    """The lock of this stand; raises StandError where another launcher has it."""
    try:
        held, known = lock.take(own)
    except lock.LockTakenError:
        raise StandError(
            "Ce stand est déjà lancé. Rien n'a été modifié. Reprenez sa fenêtre, ou fermez-la (Ctrl+C) avant de relancer.",
            "This stand is already running. Nothing was changed. Go back to its window, or end it (Ctrl+C) before starting again.",
        ) from None
    if not known:
        say(
            "Ce disque ne connaît pas les verrous : veillez à ne lancer ce stand qu'une seule fois.",
            "This disk knows no locks: see to it that this stand is started only once.",
        )
    return held


def _stand(given: argparse.Namespace, pack: Path, found: Mapping[str, Any]) -> None:
    own = install.find_home(pack, os.environ)
    with _alone(own):
        env = _prepare_environment(pack, own, found)
        port = server.choose(given.port)
        address = f"http://localhost:{port}/stand"
        running = server.Server(server.build_command(port), pack / "app", env, Journal(own))
        window = None if given.server_only else browser.Window(address, given.window, os.environ)
        say("Démarrage du serveur…", "Starting the server…")
        try:
            _serve(running, port, window, address)
        finally:
            for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
                if hasattr(signal, name):
                    signal.signal(getattr(signal, name), signal.SIG_IGN)
            if window is not None:
                window.close()
            running.stop()


def main(argv: Sequence[str], pack: Path, found: Mapping[str, Any]) -> int:
    """Run the stand; 0 when it was ended, 1 with a message in two languages when it could not go on."""
    given = _parser().parse_args(argv)
    _listen_to_the_system()
    try:
        _stand(given, pack, found)
    except StandError as error:
        complain(error)
        return 1
    except OSError as error:
        complain(
            StandError(
                f"Le système a refusé : {error}. Les besoins et les réglages sont intacts. Vérifiez ce fichier, ses droits et la place, "
                "puis relancez.",
                f"The system refused: {error}. Needs and settings are untouched. Check this file, its permissions and the room, "
                "then start again.",
            )
        )
        return 1
    except KeyboardInterrupt:
        say("Le stand est arrêté. Les besoins sont gardés.", "The stand has ended. Needs are kept.")
    return 0
