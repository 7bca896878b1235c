"""`reflect talk`: a session as lines, for a screen reader, a pipe or another program.

A face of the same engine as the app: it turns lines into what the user does and moves into lines, and decides nothing.
"""

from __future__ import annotations

import re
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

import click

from assistant.app.lock_after import lock_minutes
from assistant.commands.idle import IdleError, typed_line
from assistant.commands.piped import object_in
from assistant.commands.unlocked import locked_while_away, opened_workspace, somebody_there
from assistant.conversation import moves as m
from assistant.conversation.events import Beside
from assistant.conversation.long_answers import LONG, MET_WITH
from assistant.conversation.session import LONGER, NotNowError, Session
from assistant.conversation.state import Turn
from assistant.conversation.voices import with_names
from assistant.conversation.wording import STAGES, bare_command
from assistant.errors import ReflectError
from assistant.library.points import lines_in_words, reading_text
from assistant.retrieval.results import Hit
from assistant.store.store_errors import FileThereError
from assistant.store.where_kept import where_kept
from assistant.to_type import to_type
from assistant.workspace.workspace import Workspace

HOW_TO = (
    "Answer on one line and press Enter. Or type one word alone: skip, back, why, history, agenda, pause, longer, "
    "shorter or finish; with anything else it's your answer. To write down an action: add-action, then who will do "
    "what, and by when."
)
PROMPT = "> "
WIDEST = 100
"""Columns of a line, however wide the terminal: longer ones are hard to read."""
CARD_HOW_TO = "Then say what you did, in your own words. Or type: not what I meant, or carry on."
AGENDA_HOW_TO = "To change it, type agenda, then next or park, then a number or a theme: agenda next 2."


@click.command()
@click.argument("journey")
@click.option("--plain", "face", flag_value="plain", default="plain", help="Lines for people and screen readers.")
@click.option("--json", "face", flag_value="json", help="One move a line out, one answer a line in.")
@click.option("--case", default="Child A", show_default=True, help="A made-up name for the case.")
@click.option("--minutes", type=int, help="How long you have.")
@click.option("--about", "subject", help="The scenario or the review, for journeys that need one.")
@click.option("--supervisor", default="", help="The supervisor's role, never a name: “team manager”.")
@click.option("--worker", default="", help="The role of whoever the case belongs to.")
@click.option("--resume", is_flag=True, help="Carry on with the last unfinished session of this kind.")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help="Save the record there as Markdown at the end, not encrypted; a file or a folder.",
)
def talk(journey: str, face: str, minutes: int | None, output: Path | None, *, resume: bool, **said: Any) -> None:
    """Run a session of JOURNEY as lines: supervision, self-review, scenario or team-review."""
    if hasattr(sys.stdin, "reconfigure"):  # before a passphrase is read from it, after which it cannot be
        sys.stdin.reconfigure(errors="replace")
    if output is not None and output.is_file():  # said now: at the end an hour has been spoken
        raise FileThereError(f"There is already a file {output}; choose another name.")
    workspace = opened_workspace()
    session = _resumed(workspace, journey) if resume else _begun(workspace, journey, minutes, **said)
    lines: Face = JsonFace() if face == "json" else PlainFace(workspace)
    lines.greet(session)
    typed = _with_a_word_for_long_ones(
        _typed(workspace, lambda: _show_again(session, lines), prompting=face == "plain"), lines
    )
    finished = _run(session, lines, _with_stand_ins(workspace, session, typed, face))
    workspace.save_record(session)
    record = session.state.started.session
    lines.show(m.Close(record=record, finished=finished))
    if output is not None:
        lines.say(workspace.documents.export(record, "md", output))


def _begun(workspace: Workspace, journey: str, minutes: int | None, **said: Any) -> Session:
    known = workspace.prompts.journeys.get(journey)
    choices = [depth.minutes for depth in known.depths] if known else []
    if minutes is not None and choices and minutes not in choices:
        raise click.UsageError(f"--minutes for this journey is one of {', '.join(map(str, choices))}.")
    middle = choices[len(choices) // 2] if choices else 30
    return workspace.begin(journey, minutes=minutes or middle, **said)


def _resumed(workspace: Workspace, journey: str) -> Session:
    for left in workspace.unfinished():
        if left.state.started.journey == journey:
            return workspace.take_up(left.session)
    raise ReflectError(f"No {journey} session is waiting to be taken up.")


def _with_stand_ins(workspace: Workspace, session: Session, typed: Iterator[str], face: str) -> Iterator[str]:
    """The lines with what was chosen in the place of names; who reads a pipe of plain lines is asked nothing."""
    first = next(typed, None)  # the first question stands before what reads names is loaded
    if first is None:
        return
    from assistant.commands.identifiers import asking_for_stand_ins, naming_stand_ins

    case, lines = session.state.started.case, chain((first,), typed)
    if face == "json":
        yield from naming_stand_ins(workspace, case, lines)
    elif somebody_there():
        yield from asking_for_stand_ins(workspace, case, lines)
    else:
        yield from lines


def _with_a_word_for_long_ones(typed: Iterator[str], face: Face) -> Iterator[str]:
    """The lines; one that takes seconds to read is met at once."""
    for line in typed:
        if len(line) > LONG:
            face.say(MET_WITH)
        yield line


def _show_again(session: Session, face: Face) -> None:
    for move in m.moves((), session.state):
        face.show(move)


def _typed(workspace: Workspace, show_again: Callable[[], None], *, prompting: bool) -> Iterator[str]:
    """What is typed, line by line; somebody at a terminal sees that it is their turn, and is locked out when away."""
    if not (prompting and somebody_there()):
        yield from (line.rstrip("\n") for line in sys.stdin)
        return
    minutes, half = lock_minutes(workspace.home), ""
    while True:
        try:
            line, half = typed_line(PROMPT, minutes * 60, half), ""
        except EOFError:
            return
        except IdleError as idle:
            half = idle.half
            why = "The computer slept" if idle.slept else f"Nobody typed for {minutes} minutes"
            locked_while_away(workspace, why)
            show_again()
        else:
            yield line


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

    def tell(self, turns: Sequence[Turn]) -> None:
        """What was asked and answered so far."""


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
        said = object_in(line) or {}
        answer, do = said.get("answer"), said.get("do")
        if isinstance(answer, str):
            return cls(answer, None)
        words = do if isinstance(do, str) else line
        word = bare_command(words) or words.strip().lower().lstrip("/")
        known = word in COMMANDS or CHANGE.fullmatch(word) or ACTION.match(word)
        return cls(words, word if known else None)


def _do(session: Session, typed: Typed, face: Face) -> list[m.Move]:
    if session.state.card is not None and typed.command != "finish":
        return m.moves(session.say_to_card(typed.words), session.state)
    if typed.command in COMMANDS:
        return COMMANDS[typed.command](session, face)
    if typed.command is not None and (action := ACTION.match(typed.words)):
        session.add_action(typed.words[action.end() :])
        face.say("Added to the actions.")
        return m.moves((), session.state)
    if typed.command is not None:
        return _change_agenda(session, typed.command)
    return m.moves(session.answer(typed.words), session.state)


def _skip(session: Session, _: Face) -> list[m.Move]:
    return m.moves(session.skip(), session.state)


def _back(session: Session, _: Face) -> list[m.Move]:
    return [m.ask(session.go_back())]


def _why(session: Session, face: Face) -> list[m.Move]:
    if session.state.current is not None:
        face.explain(m.ask(session.state.current))
    return []


def _history(session: Session, face: Face) -> list[m.Move]:
    """Everything so far, and the question that waits once more."""
    face.tell([turn for turn in session.state.turns if turn.settled])
    return m.moves((), session.state)


def _pause(session: Session, face: Face) -> list[m.Move]:
    session.pause()
    face.say("Paused. The clock goes on with whatever you type next.")
    return []


def _longer(session: Session, face: Face) -> list[m.Move]:
    return _change_time(session, face, LONGER)


def _shorter(session: Session, face: Face) -> list[m.Move]:
    return _change_time(session, face, -LONGER)


def _change_time(session: Session, face: Face, by: int) -> list[m.Move]:
    face.say(f"The session is now {session.change_time(by)} minutes long.")
    return []


def _finish(session: Session, _: Face) -> list[m.Move]:
    session.finish()
    return []


def _agenda(session: Session, _: Face) -> list[m.Move]:
    """The agenda, and the question that waits once more: the list is long enough for it to be forgotten."""
    return [session.agenda(), *m.moves((), session.state)]


ACTION = re.compile(r"\s*/?add-action\s+(?=\S)", re.IGNORECASE)
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
    by_number = {str(number): line.theme for number, line in enumerate(listed, start=1)}
    if said in by_number:
        return by_number[said]
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
    "history": _history,
    "pause": _pause,
    "longer": _longer,
    "shorter": _shorter,
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

    def tell(self, turns: Sequence[Turn]) -> None:
        """Each question again, with its answer."""
        for turn in turns:
            self.show(m.ask(turn))


class PlainFace:
    """Short lines, one thing each, that read well aloud."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._said: set[str] = set()
        """Why nothing was quoted; each reason is said once."""

    def greet(self, session: Session) -> None:
        """The journey, the case, the time, and what can be typed."""
        started = session.state.started
        name = self._workspace.prompts.journeys[started.journey].name
        _line(f"{name}. {started.case}. {started.minutes} minutes.")
        _line(f"Use made-up names. {where_kept().everything}")
        _line(HOW_TO)

    def show(self, move: m.Move) -> None:
        """Print the move as lines."""
        if isinstance(move, m.Learning) and not move.hits and move.because in self._said:
            return
        _line()
        match move:
            case m.Ask():
                self._ask(move)
            case m.Learning(hits=()):
                self._said.add(move.because)
                _line(f"{move.because[:1].upper()}{move.because[1:]}.")
            case m.Learning():
                _line("From published reviews:")
                for hit in move.hits:
                    _line(quoted(hit))
            case m.ActNow(confirm=True):
                _line(move.text)
                _line("Yes or no?")
            case m.ActNow():
                _line(move.text if move.first else f"ACT NOW\n{move.text}")
                _line(f"You wrote “{move.words}”")
                _line(CARD_HOW_TO)
            case m.Agenda(themes=()):
                _line("There is nothing on the agenda yet.")
            case m.Agenda():
                _line("The agenda:")
                for number, line in enumerate(move.themes, start=1):
                    _line(f"{number}. {line.name}, {line.standing}, because {line.because}.")
                _line(AGENDA_HOW_TO)
            case m.Close():
                _line("The session is finished." if move.finished else "The session is kept for another time.")
                _line(f"{where_kept().record} To save it as a file that others can open:")
                _line(to_type(f"record export {move.record} --format docx"))

    def _ask(self, move: m.Ask) -> None:
        """A question, what is read before it, and its choices by number."""
        theme = self._workspace.prompts.themes.get(move.theme)
        stage = STAGES.get(move.stage, move.stage)
        part = theme.name if theme else move.theme.replace("-", " ").capitalize()
        by_itself = f"{stage}." if move.theme == move.stage else f"{part}."
        _line(by_itself if move.stage in {"opening", "closing"} else f"{part}: {stage.lower()}.")
        for words in move.said_first:
            _line(words)
        for beside in move.beside:
            if beside.text != move.text:
                _line(f"“{reading_text(beside.text)}” {source(beside)}.")
        _line(move.text)
        for number, choice in enumerate(move.choices, start=1):
            _line(f"{number}  {choice}")
        if move.choices:
            _line("Type a number, or answer in your own words.")
        if move.answer is not None:
            _line(f"Your answer before: {move.answer}")

    def say(self, message: str) -> None:
        """Print the message where it is read next."""
        _line(message)

    def explain(self, move: m.Ask) -> None:
        """Why this question: what it is for, what brought it, and notes for whoever leads the group."""
        _line(f"Why this question: {move.intent} Asked because: {move.because}.")
        if move.facilitator:
            _line(f"For whoever leads the group: {move.facilitator}")

    def tell(self, turns: Sequence[Turn]) -> None:
        """What was said so far, in order."""
        if not turns:
            _line("Nothing has been said yet.")
        for turn in turns:
            _line(turn.asked.text)
            _line(f"  {with_names(turn.answer, turn.voices)}" if turn.answer else "  Skipped.")


def _line(words: str = "") -> None:
    """One line, folded at words for somebody at a terminal; a pipe gets it whole."""
    if sys.stdout.isatty():
        width = min(shutil.get_terminal_size().columns, WIDEST)
        words = "\n".join(textwrap.fill(line, width, replace_whitespace=False) for line in words.split("\n"))
    click.echo(words)


def quoted(hit: Hit) -> str:
    """One learning point with its place and why it came, as a line of text."""
    why = f" Your words: {', '.join(hit.matched)}." if hit.matched else ""
    weak = " Possibly relevant." if hit.weak else ""
    return f"“{reading_text(hit.text)}” {source(hit)}.{why}{weak}"


def source(words: Hit | Beside) -> str:
    """Where quoted words stand: review, publisher, year, section and line."""
    year = f", {words.published}" if words.published else ""
    return f"{words.title}, {words.publisher}{year}, “{words.section}”, {lines_in_words(words.lines)}"
