"""The record of a session as Markdown: what was asked, thought and decided, and the learning set beside it.

People's words stand in it as they were typed: each line of an answer is quoted, with what Markdown would take for
markup escaped, so that `[Child A]` or `# not a heading` read as typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.conversation.prompts import Prompts
from assistant.conversation.state import State, Turn
from assistant.library.model import reading_text
from assistant.retrieval.model import Hit

_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~])")
_STAGES = {
    "experience": "What happened",
    "reflection": "What it was like",
    "analysis": "What it may mean",
    "action": "What to do",
}


def record(state: State, prompts: Prompts) -> str:
    """The whole record, ending in a line break."""
    return "\n".join(_lines(state, prompts)).rstrip() + "\n"


def _lines(state: State, prompts: Prompts) -> Iterator[str]:
    started = state.started
    journey = prompts.journeys.get(started.journey)
    yield f"# {journey.name if journey else started.journey}: {escaped(started.case)}"
    yield ""
    yield "This record contains information about a child. Keep it where case records are kept."
    yield ""
    yield f"- Held: {started.at:%d %B %Y, %H:%M}"
    yield f"- Time planned: {started.minutes} minutes"
    yield f"- Session: {started.session}"
    if state.finished is None:
        yield "- Not finished: this is how far it had come"
    yield ""
    if not state.turns:
        yield "Nothing was asked yet."
    part = ""
    for turn in state.turns:
        if not turn.settled:
            continue
        if turn.asked.theme != part:
            part = turn.asked.theme
            yield f"## {_part_name(part, prompts)}"
            yield ""
        yield from _turn(turn)
    useful = {hit for hit, mark in state.marks if mark == "useful"}
    quoted = {hit.id: hit for turn in state.turns if turn.offered for hit in turn.offered.hits}
    if quoted:
        yield "## Learning set beside this account"
        yield ""
        for hit in quoted.values():
            yield from _quoted(hit, useful=hit.id in useful)


def _turn(turn: Turn) -> Iterator[str]:
    stage = _STAGES.get(turn.asked.stage)
    yield f"### {turn.asked.text}" + (f" ({stage})" if stage else "")
    yield ""
    if turn.answer is None:
        yield "Passed over."
    else:
        for line in turn.answer.splitlines():
            yield f"> {escaped(line)}" if line.strip() else ">"
    yield ""
    if turn.offered is not None:
        if turn.offered.hits:
            names = ", ".join(f"{hit.title}, line {hit.lines[0]}" for hit in turn.offered.hits)
            yield f"Beside it: {names}."
        else:
            yield "Nothing in the library bears on this."
        yield ""


def _quoted(hit: Hit, *, useful: bool) -> Iterator[str]:
    yield f"> {reading_text(hit.text)}"
    yield ">"
    year = f", {hit.published}" if hit.published else ""
    marked = " (marked useful)" if useful else ""
    yield f"> {hit.title}, {hit.publisher}{year}; “{hit.section}”, {_line_words(hit)}{marked}"
    yield ""


def _line_words(hit: Hit) -> str:
    first, last = hit.lines
    return f"line {first}" if first == last else f"lines {first} to {last}"


def _part_name(part: str, prompts: Prompts) -> str:
    theme = prompts.themes.get(part)
    return theme.name if theme else part.replace("-", " ").capitalize()


def escaped(words: str) -> str:
    """`words` so that Markdown shows them as typed."""
    return _MARKUP.sub(r"\\\1", words)
