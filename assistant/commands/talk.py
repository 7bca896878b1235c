"""`reflect talk`: a session as lines, for a screen reader, a pipe or another program.

A face of the same engine as the app: it turns lines into what the user does and moves into lines, and decides nothing.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import click

from assistant.commands.desk import opened_desk, somebody_there
from assistant.commands.stand_ins import asking_for_stand_ins, naming_stand_ins
from assistant.conversation import moves as m
from assistant.conversation.events import Beside, CardAnswer
from assistant.conversation.session import NotNowError, Session
from assistant.errors import ReflectError
from assistant.library.model import reading_text
from assistant.records.desk import Desk
from assistant.records.errors import FileThereError
from assistant.retrieval.model import Hit

HOW_TO = "Answer on one line and press Enter. Or type one word: skip, back, why, agenda or finish."
AGENDA_HOW_TO = "To change it, type agenda, then next or park, then a number or a theme: agenda next 2."
CARD_ANSWERS: dict[str, CardAnswer] = {
    "done": "done",
    "not what i meant": "not-what-i-meant",
    "not-what-i-meant": "not-what-i-meant",
    "carry on": "carry-on",
    "carry-on": "carry-on",
}
YES = {"yes", "y"}
NO = {"no", "n"}


@click.command()
@click.argument("journey")
@click.option("--plain", "face", flag_value="plain", default="plain", help="Lines for people and screen readers.")
@click.option("--json", "face", flag_value="json", help="One move a line out, one answer a line in.")
@click.option("--case", default="Child A", show_default=True, help="A made-up name for the case.")
@click.option("--minutes", type=int, help="How long you have.")
@click.option("--about", help="The scenario or the review, for journeys that need one.")
@click.option("--resume", is_flag=True, help="Take up the last session of this journey that was left.")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help="Save the record there as Markdown at the end, not encrypted; a file or a folder.",
)
def talk(
    journey: str, face: str, case: str, minutes: int | None, about: str | None, output: Path | None, *, resume: bool
) -> None:
    """Run a session of JOURNEY as lines: supervision, self-review, scenario or team-review."""
    if hasattr(sys.stdin, "reconfigure"):  # before a passphrase is read from it, after which it cannot be
        sys.stdin.reconfigure(errors="replace")
    if output is not None and output.is_file():  # said now: at the end an hour has been spoken
        raise FileThereError(f"There is already a file {output}; choose another name.")
    desk = opened_desk()
    session = _resumed(desk, journey) if resume else _begun(desk, journey, case, minutes, about)
    lines: Face = JsonFace() if face == "json" else PlainFace(desk)
    lines.greet(session)
    typed = _typed()
    if face == "json":
        typed = naming_stand_ins(desk, session.state.started.case, typed)
    elif somebody_there():
        typed = asking_for_stand_ins(desk, session.state.started.case, typed)
    finished = _run(session, lines, typed)
    desk.put_away(session)
    record = session.state.started.session
    lines.show(m.Close(record=record, finished=finished))
    if output is not None:
        lines.say(desk.export(record, "md", output))


def _begun(desk: Desk, journey: str, case: str, minutes: int | None, about: str | None) -> Session:
    known = desk.prompts.journeys.get(journey)
    choices = [depth.minutes for depth in known.depths] if known else []
    if minutes is not None and choices and minutes not in choices:
        raise click.UsageError(f"--minutes for this journey is one of {', '.join(map(str, choices))}.")
    middle = choices[len(choices) // 2] if choices else 30
    return desk.begin(journey, case=case, minutes=minutes or middle, subject=about)


def _resumed(desk: Desk, journey: str) -> Session:
    for left in desk.unfinished():
        if left.state.started.journey == journey:
            return desk.take_up(left.session)
    raise ReflectError(f"No {journey} session is waiting to be taken up.")


def _typed() -> Iterator[str]:
    for line in sys.stdin:
        yield line.rstrip("\n")


class Face(Protocol):
    """How moves and messages become lines."""

    def greet(self, session: Session) -> None:
        """Say where we are."""

    def show(self, move: m.Move) -> None:
        """Show one move."""

    def say(self, message: str) -> None:
        """Say why something could not be done."""

    def explain(self, move: m.Ask) -> None:
        """Say why this question is asked."""


def _run(session: Session, face: Face, typed: Iterator[str]) -> bool:
    """Go through the session; True when it was finished, False when the lines ended first."""
    happened = session.resume() if session.state.turns else session.go_on()
    shown = m.moves(happened, session.state)
    while session.state.finished is None:
        for move in shown:
            face.show(move)
        line = next(typed, None)
        if line is None:
            return False
        try:
            shown = _do(session, Typed.read(line), face)
        except NotNowError as refusal:
            face.say(str(refusal))
            shown = m.moves((), session.state)
    for move in shown:
        face.show(move)
    return True


@dataclass(frozen=True)
class Typed:
    """One line, and the word of command in it where it is one."""

    words: str
    command: str | None

    @classmethod
    def read(cls, line: str) -> Typed:
        """A line of plain words, or a JSON object with `answer` or `do`."""
        words = line
        if line.lstrip().startswith("{"):
            try:
                said = json.loads(line)
            except ValueError:
                said = None
            if isinstance(said, dict) and isinstance(said.get("answer"), str):
                return cls(said["answer"], None)
            if isinstance(said, dict) and isinstance(said.get("do"), str):
                words = said["do"]
        word = words.strip().lower().lstrip("/")
        return cls(words, word if word in COMMANDS or CHANGE.fullmatch(word) else None)


def _do(session: Session, typed: Typed, face: Face) -> list[m.Move]:
    if session.state.card is not None and typed.command != "finish":
        return _answer_card(session, typed)
    if typed.command in COMMANDS:
        return COMMANDS[typed.command](session, face)
    if typed.command is not None:
        return _change_agenda(session, typed.command)
    return m.moves(session.answer(typed.words), session.state)


def _answer_card(session: Session, typed: Typed) -> list[m.Move]:
    said = typed.words.strip().lower().rstrip(".")
    card = session.state.card
    if card is not None and card.doubtful:
        happened = session.confirm(happening=said not in NO)
        if said in YES | NO:
            return m.moves(happened, session.state)
    # Words that are none of the three answers are kept with the card, as what the user did or thought.
    answer = CARD_ANSWERS.get(said)
    happened = session.answer_card(answer or "carry-on", "" if answer else typed.words)
    return m.moves(happened, session.state)


def _skip(session: Session, _: Face) -> list[m.Move]:
    return m.moves(session.skip(), session.state)


def _back(session: Session, _: Face) -> list[m.Move]:
    return [m.ask(session.go_back())]


def _why(session: Session, face: Face) -> list[m.Move]:
    if session.state.current is not None:
        face.explain(m.ask(session.state.current))
    return []


def _finish(session: Session, _: Face) -> list[m.Move]:
    session.finish()
    return []


def _agenda(session: Session, _: Face) -> list[m.Move]:
    """The agenda, and the question that waits once more: the list is long enough for it to be forgotten."""
    return [session.agenda(), *m.moves((), session.state)]


CHANGE = re.compile(r"agenda (?P<how>next|park) (?P<theme>.+)")


def _change_agenda(session: Session, command: str) -> list[m.Move]:
    """Bring a theme forward or park it; the theme is a number of the list, an id, or how its name begins."""
    said = CHANGE.fullmatch(command)
    assert said is not None
    theme = _theme(session, said["theme"])
    if said["how"] == "next":
        session.put_next(theme)
    else:
        session.park(theme)
    return [session.agenda(), *m.moves((), session.state)]


def _theme(session: Session, said: str) -> str:
    listed = session.agenda().themes
    if said.isdecimal() and 1 <= int(said) <= len(listed):
        return listed[int(said) - 1].theme
    names = session.themes()
    spellings = {theme: (theme, theme.replace("-", " "), name.lower()) for theme, name in names.items()}
    found = [theme for theme, ways in spellings.items() if said in ways] or [
        theme for theme, ways in spellings.items() if any(said in way for way in ways)
    ]
    if len(found) == 1:
        return found[0]
    if found:
        raise NotNowError(f"Which one? {', '.join(names[theme] for theme in found)}.")
    raise NotNowError(f"There is no theme “{said}”. The themes are: {', '.join(names.values())}.")


COMMANDS: dict[str, Callable[[Session, Face], list[m.Move]]] = {
    "skip": _skip,
    "back": _back,
    "why": _why,
    "agenda": _agenda,
    "finish": _finish,
}


class JsonFace:
    """One JSON object a line for each move; messages go to standard error."""

    def greet(self, session: Session) -> None:
        """Nothing: the first move says it all."""

    def show(self, move: m.Move) -> None:
        """Print the move."""
        click.echo(move.model_dump_json())

    def say(self, message: str) -> None:
        """Print the message beside the moves."""
        click.echo(message, err=True)

    def explain(self, move: m.Ask) -> None:
        """The move again: it says why in `because` and `intent`."""
        self.show(move)


class PlainFace:
    """Short lines, one thing each, that read well aloud."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def greet(self, session: Session) -> None:
        """The journey, the case, the time, and what can be typed."""
        started = session.state.started
        name = self._desk.prompts.journeys[started.journey].name
        click.echo(f"{name}. {started.case}. {started.minutes} minutes.")
        click.echo("Use made-up names. Everything stays on this computer.")
        click.echo(HOW_TO)

    def show(self, move: m.Move) -> None:
        """Print the move as lines."""
        click.echo()
        match move:
            case m.Ask():
                theme = self._desk.prompts.themes.get(move.theme)
                name = theme.name if theme else move.theme.replace("-", " ").capitalize()
                click.echo(f"{name}, {move.stage}." if name.lower() != move.stage else f"{name}.")
                for words in move.said_first:
                    click.echo(words)
                for beside in move.beside:
                    if beside.text != move.text:
                        click.echo(f"“{reading_text(beside.text)}” {source(beside)}.")
                click.echo(move.text)
                if move.answer is not None:
                    click.echo(f"Your answer before: {move.answer}")
            case m.Learning(hits=()):
                click.echo("Nothing in the library bears on this.")
            case m.Learning():
                click.echo("From published reviews:")
                for hit in move.hits:
                    click.echo(quoted(hit))
            case m.ActNow(confirm=True):
                click.echo(move.text)
                click.echo("Type yes or no.")
            case m.ActNow():
                click.echo("ACT NOW")
                click.echo(move.text)
                click.echo("Type done, not what I meant, or carry on.")
            case m.Agenda(themes=()):
                click.echo("There is nothing on the agenda yet.")
            case m.Agenda():
                click.echo("The agenda:")
                for number, line in enumerate(move.themes, start=1):
                    click.echo(f"{number}. {line.name}, {line.standing}, because {line.because}.")
                click.echo(AGENDA_HOW_TO)
            case m.Close():
                click.echo("The session is finished." if move.finished else "The session is kept and can be taken up.")
                click.echo("The record is on this computer, encrypted. To save it as a file that others can open:")
                click.echo(f"reflect record export {move.record} --format docx")

    def say(self, message: str) -> None:
        """Print the message where it is read next."""
        click.echo(message)

    def explain(self, move: m.Ask) -> None:
        """Why this question: what it is for, what brought it, and notes for whoever leads the group."""
        click.echo(f"Why this question: {move.intent} Asked because: {move.because}.")
        if move.facilitator:
            click.echo(f"For whoever leads the group: {move.facilitator}")


def quoted(hit: Hit) -> str:
    """One learning point with its place and why it came, as a line of text."""
    why = f" Your words: {', '.join(hit.matched)}." if hit.matched else ""
    weak = " It may bear on this only a little." if hit.weak else ""
    return f"“{reading_text(hit.text)}” {source(hit)}.{why}{weak}"


def source(words: Hit | Beside) -> str:
    """Where quoted words stand: review, publisher, year, section and line."""
    year = f", {words.published}" if words.published else ""
    first, last = words.lines
    lines = f"line {first}" if first == last else f"lines {first} to {last}"
    return f"{words.title}, {words.publisher}{year}, “{words.section}”, {lines}"
