"""The documents a session is handed over as: each a template that people can replace, filled and given as Markdown.

Templates are Jinja2, from `prompts/documents/`, with a user's own in their place. They run in a sandbox, everything
people typed is escaped on the way in, and a mistake in one is reported at its line before anything is written.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from jinja2 import FunctionLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError

from assistant.errors import DataFileError, Problem, ReflectError
from assistant.export.escaping import Marked, inline, quoted
from assistant.export.handover import DocumentKind, Handover, Quotation
from assistant.export.template_bounds import BoundedEnvironment, in_bounds
from assistant.followup.actions import Action
from assistant.followup.chronology import Entry
from assistant.followup.genogram import Member
from assistant.language.dates import format_date
from assistant.resources import overlaid

_ENDING = ".md.j2"
_SPEAKS = re.compile(
    r"\b(?:I|we)\b|^\W*(?:(?:have|just|already) )?(?:rang|rung|phoned|called|told|reported|referred|spoke|made"
    r"|sent|done)\b",
    re.IGNORECASE,
)
""" "I rang them", or "rang at ten" without the "I"."""
_BROKEN = (
    TemplateError, SyntaxError, TypeError, ValueError, AttributeError, LookupError, ArithmeticError, AssertionError,
    RuntimeError, MemoryError, OSError,
)  # fmt: skip
"""Whatever a mistake in a template makes of it; a syntax error is a limit of Python's, such as twenty loops nested."""


def filled(kind: DocumentKind, of: Handover, home: Path) -> str:
    """A document as Markdown, ending in a line break.

    Raises DataFileError with the line when its template is broken, ReflectError when the session holds nothing for it.
    """
    if kind == "escalation" and of.escalation is None:
        raise ReflectError("No disagreement was taken further in this session, so there is no letter to write.")
    if kind == "plan" and not of.actions:
        raise ReflectError("No action was planned in this session, so there is no plan to write.")
    paths = {
        path.name.removesuffix(_ENDING): path for path in overlaid("prompts", "documents", suffix=_ENDING, home=home)
    }
    try:
        text = in_bounds(_environment(paths).get_template(kind).generate(r=of))
    except _BROKEN as error:
        raise DataFileError([_problem(error, kind, paths)]) from error
    return text.strip("\n") + "\n"


def _environment(paths: Mapping[str, Path]) -> BoundedEnvironment:
    def load(name: str) -> tuple[str, str, None] | None:
        path = paths.get(name)
        return None if path is None else (path.read_text(encoding="utf-8"), str(path), None)

    environment = BoundedEnvironment(
        loader=FunctionLoader(load),
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        said=quoted,
        day=_day,
        due=_due,
        review=_review,
        gap=_gap,
        by_when=_by_when,
        done_by=_done_by,
        only_day=_only_day,
        first_upper=_first_upper,
        first_lower=_first_lower,
        when=_when,
        person_in_words=_in_words,
    )
    return environment


def _shown(value: Any) -> str:
    """Whatever a template puts in stands as it was typed, unless a filter made Markdown of it."""
    if isinstance(value, Marked):
        return value
    if isinstance(value, date):
        return _day(value)
    return inline("" if value is None else str(value))


def _day(value: date | datetime | None) -> Marked:
    if value is None:
        return Marked("no date")
    clock = f", {value:%H:%M}" if isinstance(value, datetime) else ""
    return Marked(f"{format_date(value)}{clock}")


def _gap(value: Any) -> Marked:
    """What was said, or that nothing was noted: a gap is marked, never filled, and it says nothing of what was said."""
    return Marked(_shown(value)) if value else Marked("*not noted*")


def _when(entry: Entry) -> Marked:
    """The day of an entry as far as it is known, and otherwise how it was said."""
    if entry.day is None:
        return _gap(entry.said)
    return Marked(f"{entry.day:%B %Y}") if entry.whole_month else _day(entry.day)


def _in_words(member: Member) -> str:
    kind = {"square": "male", "circle": "female", "diamond": "sex not noted"}[member.symbol]
    return f"{member.called} ({kind})"


def _first_upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def _first_lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _by_when(action: Action) -> Marked:
    """The day of an action; the words it was given in where no day can be read from them."""
    return _gap(action.by or action.by_said)


def _only_day(value: datetime | None) -> date | None:
    """The day without the hour, where only a day was said."""
    return value.date() if value else None


def _done_by(words: str) -> str:
    """Who did what was done about danger, where the words say that it was whoever speaks."""
    return "the worker" if not words or _SPEAKS.search(words) else ""


def _due(action: Action) -> Marked:
    """The day an action is due, after its words; nothing where they say it themselves."""
    if action.by is None or re.search(rf"(?<!\d){action.by.day} {action.by:%B}", action.text):
        return Marked()
    return Marked(f" (by {_day(action.by)})")


def _review(quotation: Quotation) -> Marked:
    """Exact words of a review with where they stand."""
    marked = " (marked useful)" if quotation.useful else ""
    return Marked(f"{quoted(f'“{quotation.text}”')}\n>\n> {inline(quotation.source)}{marked}")


def _problem(error: Exception, kind: str, paths: Mapping[str, Path]) -> Problem:
    if isinstance(error, TemplateSyntaxError):
        return Problem(Path(error.filename or paths[kind]), error.lineno, f"the template is broken: {error.message}")
    if isinstance(error, TemplateNotFound):
        return Problem(paths.get(kind, Path(kind)), 1, f"there is no template called '{error.name}'")
    known = {str(path) for path in paths.values()}
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename in known]
    place = frames[-1] if frames else None
    path, line = (Path(place.filename), place.lineno or 1) if place else (paths[kind], 1)
    return Problem(path, line, f"the template is broken: {error}")
