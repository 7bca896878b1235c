"""`reflect doctor`: what works on this machine, what does not, and what to do about it.

Owns only the asking: each part of the program answers for itself. Nothing is changed but the search index, which is
built where it is missing, and no passphrase is asked for.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import platform
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackagePath, distribution
from pathlib import Path
from typing import Literal

import click

from assistant.errors import ReflectError
from assistant.resources import data_dir, shipped
from assistant.to_type import to_type

PACKAGE_NAME = "reflective-supervision"
MARKS = {"works": "✓", "less": "–", "fault": "✗"}


@dataclass(frozen=True)
class Finding:
    """How one part of the program is."""

    part: str
    state: Literal["works", "less", "fault"]
    """`less`: the program works without it, less well."""
    says: str


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a part.")
def doctor(*, as_json: bool) -> None:
    """Look at every part of Reflect on this machine and say what works. Exit status 1 when something does not."""
    home = data_dir()
    failed = False
    for look in (
        _program,
        _folder,
        _questions,
        _library,
        _meaning,
        _learnt,
        _search,
        _records,
        _terminal,
        _colours,
        _clipboard,
    ):
        for finding in _looked(look, home):
            failed |= finding.state == "fault"
            if as_json:
                click.echo(json.dumps(asdict(finding), ensure_ascii=False))
            else:
                click.echo(f"{MARKS[finding.state]} {finding.part}: {finding.says}")
    if failed:
        raise click.exceptions.Exit(1)


def _looked(look: Callable[[Path], Iterator[Finding]], home: Path) -> Iterator[Finding]:
    try:
        yield from look(home)
    except (ReflectError, OSError) as error:
        yield Finding(look.__name__.strip("_"), "fault", str(error))


def _program(_: Path) -> Iterator[Finding]:
    own, python, system = distribution(PACKAGE_NAME).version, platform.python_version(), platform.platform(terse=True)
    yield Finding("program", "works", f"Reflect {own}, Python {python}, {system}.")


def _folder(home: Path) -> Iterator[Finding]:
    home.mkdir(parents=True, exist_ok=True)
    if os.name == "posix" and home.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        says = f"Other accounts can write to {home}, and put records or questions of their own there: chmod 700 it."
        yield Finding("folder", "fault", says)
    elif os.access(home, os.W_OK):
        yield Finding("folder", "works", f"Everything is kept in {home}")
    else:
        yield Finding("folder", "fault", f"{home} cannot be written; set REFLECT_DATA_DIR to a folder that can.")


def _questions(home: Path) -> Iterator[Finding]:
    from assistant.conversation.prompts import load_prompts
    from assistant.noticing.identifiers import open_finder
    from assistant.noticing.noticer import open_noticer
    from assistant.noticing.plan_words import read_plan_words
    from assistant.noticing.reader import open_reader
    from assistant.store.retention import read_retention

    prompts = load_prompts(home)
    for read in (open_noticer, open_reader, open_finder, read_plan_words, read_retention):
        read(home)
    if changed := list(_not_as_installed(distribution(PACKAGE_NAME).files or ())):
        says = f"Missing, or not as this version came with it: {', '.join(changed)}. Install Reflect again."
        yield Finding("questions", "fault", says)
        return
    own = sum(1 for path in (home / "prompts").rglob("*.yaml")) if (home / "prompts").is_dir() else 0
    theirs = f" {own} of your own files stand in for shipped ones." if own else ""
    yield Finding("questions", "works", f"{len(prompts.themes)} themes, {len(prompts.journeys)} journeys.{theirs}")


def _not_as_installed(files: Iterable[PackagePath]) -> Iterator[str]:
    """Of the questions and reviews that were installed, those that are gone or changed; in a checkout they may."""
    for file in files:
        if "_data" in file.parts and file.hash and file.hash.mode == "sha256":
            path = Path(str(file.locate()))
            now = hashlib.sha256(path.read_bytes()).digest() if path.is_file() else b""
            if base64.urlsafe_b64encode(now).rstrip(b"=").decode() != file.hash.value:
                yield "/".join(file.parts[file.parts.index("_data") + 1 :])


def _library(home: Path) -> Iterator[Finding]:
    from assistant.library.library import open_library

    library = open_library(home)
    own = sum(library.card(review).own for review in library.ids)
    count = sum(library.card(review).points for review in library.ids)
    yield Finding("library", "works", f"{len(library.ids)} reviews, {own} of them your own; {count} learning points.")
    for damaged in library.damaged:
        yield Finding("library", "fault", damaged)


def _meaning(_: Path) -> Iterator[Finding]:
    from assistant.retrieval.open_search import why_no_meaning

    off = why_no_meaning()
    yield Finding("meaning", "less" if off else "works", off or "Search by meaning is on.")


def _learnt(_: Path) -> Iterator[Finding]:
    from assistant import learnt_files
    from assistant.retrieval import index_file

    folder = shipped("models")
    there = [name for name in learnt_files.NAMES if (folder / name).is_file()]
    whole = [name for name in there if learnt_files.named(folder / name) and index_file.is_whole(folder / name)]
    faults = {
        "Missing": [name for name in learnt_files.NAMES if name not in there],
        "Not used, since it's damaged or another version's": [name for name in there if name not in whole],
        "Without its manifest": [name for name in whole if not learnt_files.manifest_of(folder / name).is_file()],
    }
    for fault, names in faults.items():
        if names:
            yield Finding("learnt", "fault", f"{fault}: {', '.join(names)}. Install Reflect again.")
    if not any(faults.values()):
        says = f"The {len(whole)} files of what was learnt are there, and those this version came with."
        yield Finding("learnt", "works", says)


def _search(home: Path) -> Iterator[Finding]:
    from assistant.library.library import open_library
    from assistant.retrieval.open_search import open_search

    retriever = open_search(open_library(home), home)
    found = retriever.search("nobody had met the father").hits
    yield Finding("search", "works" if found else "fault", retriever.notice or "The search index is there and answers.")


def _records(home: Path) -> Iterator[Finding]:
    from assistant.workspace.workspace import Workspace

    workspace = Workspace(home)
    if workspace.opening.database_url is not None and workspace.locked:
        says = "They are in your team's database, which asks who you are. Whoever owns it can read them."
        yield Finding("records", "works", says)
    elif workspace.opening.new:
        yield Finding("records", "works", "There are none yet; the first session asks you to choose a passphrase.")
    elif workspace.locked:
        yield Finding("records", "works", "They are encrypted, and opened with your passphrase.")
    else:
        yield Finding("records", "works", f"They can be opened; {len(workspace.store.sessions())} sessions are kept.")


def _terminal(_: Path) -> Iterator[Finding]:
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    if encoding != "utf8":
        yield Finding("terminal", "less", "It is not set to UTF-8, so some signs may not show; set PYTHONUTF8=1.")
    elif not sys.stdout.isatty():
        yield Finding("terminal", "works", "This is not a terminal; the app needs one, the other commands do not.")
    else:
        columns, rows = os.get_terminal_size()
        yield Finding("terminal", "works", f"{columns} columns, {rows} rows.")


def _colours(_: Path) -> Iterator[Finding]:
    spoken = os.environ.get("COLORTERM", "").lower()
    if os.environ.get("NO_COLOR"):
        yield Finding("colours", "works", "NO_COLOR is set, so there are none; nothing is said by colour alone.")
    elif os.environ.get("TERM") in {"dumb", "unknown"}:
        yield Finding(
            "colours",
            "less",
            f"This terminal shows none and cannot place text; use: {to_type('talk supervision --plain')}",
        )
    elif spoken in {"truecolor", "24bit"} or "WT_SESSION" in os.environ or os.name == "nt":
        yield Finding("colours", "works", "This terminal shows all of them.")
    elif "256" in os.environ.get("TERM", ""):
        yield Finding("colours", "less", "This terminal says it shows 256, so shades are near and not exact.")
    else:
        yield Finding(
            "colours", "less", "This terminal does not say how many it shows; set COLORTERM=truecolor for all."
        )


def _clipboard(_: Path) -> Iterator[Finding]:
    from assistant.app.clipboard import is_there, why_not

    asked = "copying depends on the terminal, which may not do it"
    if reason := why_not():
        yield Finding("clipboard", "less", f"Because {reason}, {asked}.")
    elif is_there():
        yield Finding("clipboard", "works", "What is copied goes to this computer's clipboard.")
    else:
        how = " Install wl-clipboard or xclip for one that is sure." if sys.platform.startswith("linux") else ""
        yield Finding("clipboard", "less", f"No clipboard was found here; {asked}.{how}")
