"""`reflect library`: what reviews there are, what is in them, and a team's own added, checked and taken along."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.commands.search import report
from assistant.errors import ReflectError
from assistant.library.point_names import KIND_NAMES, for_whom
from assistant.resources import data_dir
from assistant.to_type import to_type

if TYPE_CHECKING:  # pydantic and the readers cost 0.3 s; `reflect library --help` needs none of them
    from assistant.library.importing import ImportSession, Preview
    from assistant.library.library import Library
    from assistant.library.points import LearningPoint

MOST_SHOWN = 12
"""Things left out that a preview shows before it only counts them."""


MOST_SECTIONS = 40
"""Headings that a preview shows; a long bulletin has twenty, a report of a thousand pages a thousand."""


def _date(_context: click.Context, _option: click.Parameter, date: str | None) -> str | None:
    if date is not None and not re.fullmatch(
        r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?", date
    ):
        raise click.BadParameter("write it as 2024-03-15, 2024-03 or 2024.")
    return date


library = click.Group("library", help="The reviews that the program quotes, and your own.")


@library.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a review.")
def list_reviews(*, as_json: bool) -> None:
    """List the reviews in the library."""
    opened = _opened()
    for review in opened.ids:
        card = opened.card(review)
        if as_json:
            click.echo(_json({**card.front.model_dump(), "points": card.points, "own": card.own}))
            continue
        said = ", ".join(part for part in (card.front.publisher, card.front.published) if part)
        whose = "your own" if card.own else "shipped"
        click.echo(f"{review}\n  {card.front.title}\n  {said}; {_count(card.points, 'point')}; {whose}")


@library.command()
@click.argument("review")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a learning point, in document order.")
def show(review: str, *, as_json: bool) -> None:
    """Show every learning point of REVIEW, in the order of the document."""
    from assistant.library.points import lines_in_words, reading_text

    opened = _opened()
    if review not in opened.ids:
        from assistant.yaml_files import closest

        raise ReflectError(f"The library has no review '{review}'{closest(review, opened.ids) or '.'}")
    section = None
    for point in opened.points_of(review):
        if as_json:
            click.echo(_json(_whole(opened, point)))
            continue
        if point.section != section:
            section = point.section
            click.echo(f"\n{section}\n")
        read = "read from a picture: check" if point.from_picture else ""
        about = (KIND_NAMES[point.kind][0], lines_in_words(point.lines), for_whom(point.audience), read, point.id)
        click.echo(f"  {reading_text(point.text)}\n    {', '.join(part for part in about if part)}")
        if point.also_in:
            click.echo(f"    also in {', '.join(point.also_in)}")
        if point.resources:
            click.echo(f"    names, as printed in the bulletin (check it is current): {'; '.join(point.resources)}")
        for explanation in opened.explain(point):
            click.echo(f"    {explanation.term}: {explanation.words}")
        for note in opened.notes(point):
            click.echo(f"    Editor's note: {note.note}")


@library.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Keep what is found without asking.")
@click.option("--json", "as_json", is_flag=True, help="Print what is found as JSON, one document a line.")
@click.option("--title", help="The title, where the document does not say it well.")
@click.option("--publisher", help="Who published it, where the document does not say.")
@click.option(
    "--published",
    metavar="DATE",
    callback=_date,
    help="When it was published, as 2024-03-15, 2024-03 or 2024.",
)
@click.option("--licence", help="Under which licence, where the document does not say.")
def add(files: tuple[Path, ...], *, yes: bool, as_json: bool, **told: str | None) -> None:
    """Add documents to the library: .pdf, .docx, .odt, .rtf, .pptx, .epub, .html, .md, .txt, .eml, .mht, folders or
    zip files of them, or a library export.

    Shows what was found and what was left out. Nothing is kept before you say so.
    """
    from assistant.library.importing import adding
    from assistant.retrieval.open_search import reading_ahead

    failed = 0
    with adding(data_dir()) as session, reading_ahead(data_dir()) as ahead:
        for found in _previews(files, told):
            try:
                if isinstance(found, ReflectError):
                    raise found
                if _settle(found, session, yes=yes, as_json=as_json):
                    ahead.take(found.points)
            except ReflectError as error:
                failed += 1
                sys.stdout.flush()
                click.echo(_sentence(error), err=True)
        if session.kept and not as_json:
            click.echo(f"Kept: {', '.join(session.kept)}")
    if session.kept:
        _make_ready()
    if failed:
        raise click.exceptions.Exit(1)


@library.command()
def ready() -> None:
    """Read what is new in the library for its meaning, so that a search need not wait."""
    _make_ready()
    click.echo("The library is ready for searching.")


def _make_ready() -> None:
    """Prepare the search index, saying how far it is; who stops it can search by words meanwhile."""
    from assistant.library.library import open_library
    from assistant.retrieval.open_search import open_search

    home = data_dir()
    try:
        retriever = open_search(open_library(home), home, progress=report if sys.stderr.isatty() else None)
    except KeyboardInterrupt:
        raise ReflectError(
            "Stopped. What was added is kept and is found by its words; "
            f"`{to_type('library ready')}` goes on from here."
        ) from None
    if retriever.notice:
        click.echo(retriever.notice, err=True)


@library.command()
@click.argument("review")
@click.option("--yes", is_flag=True, help="Without asking.")
def remove(review: str, *, yes: bool) -> None:
    """Take REVIEW, one of your own, out of the library."""
    from assistant.library.importing import remove as remove_review

    if not yes:
        click.confirm(f"Take “{review}” out of your library?", abort=True, err=True)
    remove_review(review, data_dir())
    click.echo(f"Removed: {review}")


@library.command()
def check() -> None:
    """Check that every review of your own is as it was kept, and every point stands in its text and in the file it
    was read from."""
    from assistant.library.importing import check as faults_of

    faults = faults_of(data_dir())
    if faults:
        raise ReflectError("\n".join(faults))
    click.echo("Every review is as it was kept.")


@library.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def export(file: Path) -> None:
    """Write your own reviews to FILE, for another machine to add."""
    from assistant.library.importing import export as write

    click.echo(f"{_count(write(data_dir(), file), 'review')} written to {file}")


@library.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each thing that comes back.")
def recurring(*, as_json: bool) -> None:
    """List the learning that keeps coming back, most reviews first."""
    from assistant.library.points import reading_text
    from assistant.library.similar_points import recurring as groups

    for group in groups(_opened()):
        if as_json:
            points = [{"id": point.id, "text": point.text} for point in group.points]
            click.echo(_json({"reviews": list(group.reviews), "points": points}))
            continue
        click.echo(f"In {_count(len(group.points), 'review')}:")
        for point in group.points:
            click.echo(f"  {reading_text(point.text)}\n    {point.id}")
        click.echo()


def _opened() -> Library:
    from assistant.library.library import open_library

    opened = open_library(data_dir())
    for damaged in opened.damaged:
        click.echo(damaged, err=True)
    return opened


def _whole(opened: Library, point: LearningPoint) -> dict[str, Any]:
    """A point as other programs see it."""
    front = opened.card(point.review).front
    said = {"title": front.title, "publisher": front.publisher, "published": front.published, "licence": front.licence}
    beside = {
        "explained": {explanation.term: explanation.words for explanation in opened.explain(point)},
        "notes": [note.note for note in opened.notes(point)],
    }
    return {**point.model_dump(), **said, **beside}


def _previews(files: tuple[Path, ...], told: dict[str, str | None]) -> Iterator[Preview | ReflectError]:
    """What each file holds, or why it cannot be read; a folder shows how far it is."""
    from assistant.library.importing import documents_in, read_document, read_export, skipped_in

    for given in files:
        for skipped in skipped_in(given):
            click.echo(f"Skipped: {skipped}", err=True)
        documents = documents_in(given)
        if not documents:
            yield ReflectError(f"There is no document in “{given}” that can be read.")
        bar = click.progressbar(documents, label=str(given), file=sys.stderr, hidden=len(documents) < 2)
        with bar:
            for document in bar:
                try:
                    if document.suffix.lower() == ".jsonl":
                        yield from read_export(document)
                    else:
                        yield read_document(document, progress=_pages, **told)
                except ReflectError as error:
                    yield error


def _pages(done: int, total: int) -> None:
    """How far a long document is, where somebody watches."""
    if total >= 50 and sys.stderr.isatty():
        click.echo(f"\rpage {done} of {total}", err=True, nl=done == total)


def _settle(preview: Preview, session: ImportSession, *, yes: bool, as_json: bool) -> bool:
    """Show one document and keep it where the user says so; gives whether it was kept."""
    same = session.same_as(preview)
    if as_json:
        kept = session.keep(preview) if yes and same is None else None
        click.echo(_json({**_as_data(preview), "same_as": same, "kept": kept}))
        return kept is not None
    click.echo(_said(preview))
    if same is not None:
        raise ReflectError(f"“{preview.front.source}” is in your library already, as “{same}”.")
    if not yes and not sys.stdin.isatty():
        raise ReflectError(f"“{preview.front.source}” was not kept; say --yes to keep it.")
    wanted = yes or click.confirm("Keep it?", default=True, err=True)
    if wanted:
        session.keep(preview)
    return wanted


def _as_data(preview: Preview) -> dict[str, Any]:
    fields = {"id", "text", "section", "kind", "audience", "lines", "from_picture"}
    return {
        **preview.front.model_dump(),
        "pages": preview.pages,
        "sections": list(preview.sections),
        "notices": list(preview.notices),
        "points_by_kind": dict(preview.points_by_kind),
        "points": [point.model_dump(include=fields) for point in preview.points],
        "left_out": [
            *({"text": left.text, "lines": left.lines, "reason": left.reason} for left in preview.left_out),
            *({"text": aside.text, "lines": None, "reason": aside.reason} for aside in preview.asides),
        ],
    }


def _said(preview: Preview) -> str:
    """What was found, for a person to read before anything is kept."""
    front = preview.front
    kinds = ", ".join(f"{count} {KIND_NAMES[kind][count != 1]}" for kind, count in preview.points_by_kind.items())
    lines = [
        f"\n{front.title}",
        f"  from       {front.source}" + (f", {_count(preview.pages, 'page')}" if preview.pages else ""),
        f"  publisher  {front.publisher}",
        f"  published  {front.published or 'not stated in the document'}",
        f"  licence    {front.licence or 'not stated in the document'}",
        f"  found      {_count(len(preview.points), 'point')}: {kinds}",
        *(f"  note       {notice}" for notice in preview.notices),
        *(f"  section    {section}" for section in preview.sections[:MOST_SECTIONS]),
    ]
    if len(preview.sections) > MOST_SECTIONS:
        lines.append(f"  section    and {len(preview.sections) - MOST_SECTIONS} more")
    out = [
        *(f"  left out   line {left.lines[0]}, {left.reason}: {_short(left.text)}" for left in preview.left_out),
        *(f"  left out   {aside.reason}: {_short(aside.text)}" for aside in preview.asides),
    ]
    more = [f"  left out   and {len(out) - MOST_SHOWN} more"] if len(out) > MOST_SHOWN else []
    return "\n".join([*lines, *out[:MOST_SHOWN], *more])


def _sentence(error: ReflectError) -> str:
    """The error, and how the document begins where it turned out to be about something else."""
    from assistant.library.importing import NoLearningError

    return f"{error} Here is what was read: {error.read}" if isinstance(error, NoLearningError) else str(error)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 70 else words[:69] + "…"


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False)
