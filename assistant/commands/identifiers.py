"""Names in typed lines: what to keep in the place of each is asked before its line goes on.

At a terminal the questions and answers are lines of plain words; for another program they are one JSON object each way.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain
from typing import Literal

import click
from pydantic import BaseModel, ConfigDict

from assistant.commands.piped import object_in
from assistant.conversation.wording import bare_command
from assistant.workspace.workspace import Workspace

MOST_WORDS = 5
"""Of what stands for a name: "the aunt who lives nearby"."""
HOW_TO_CHOOSE = (
    "These could show who somebody is. Answer with “keep” and what to use instead of each. Anything you leave out is "
    "kept as written."
)


def asking_for_stand_ins(workspace: Workspace, case: str, typed: Iterator[str]) -> Iterator[str]:
    """The same lines, with what was chosen for this case in the place of names; the answers are lines too.

    Nobody answers what they haven't seen: a line that somebody typed on with is no name, and goes with the line before.
    """
    for first in typed:
        line, noticed = first, workspace.stand_ins.notice(case, first)
        while noticed.identifiers:
            found = noticed.identifiers[0]
            click.echo(
                f"“{found.text}” could show who somebody is. Type what to keep instead ({found.suggestion}), or press "
                "Enter to keep it as it is."
            )
            said = next(typed, "").strip()
            if bare_command(said) or said.casefold() == "history":
                click.echo(f"“{said}” isn't kept as a name. Type it again once this is settled.")
            elif len(said.split()) > MOST_WORDS:
                click.echo("That's too long for a name, so it goes with your answer.")
                line = f"{line} {said}"
            else:
                workspace.stand_ins.choose(case, {found.text: said or found.text})
            noticed = workspace.stand_ins.notice(case, line)
        for text, stand_in in noticed.put_in:
            click.echo(f"“{text}” is kept as “{stand_in}”.")
        yield noticed.words


class FoundName(BaseModel):
    """Words by which somebody could be recognised, and what could stand in their place."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    text: str
    kind: str
    suggestion: str


class Names(BaseModel):
    """The move of a line in which names were found; with none in `found`, it only says what was put in."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    move: Literal["names"] = "names"
    found: tuple[FoundName, ...] = ()
    put_in: dict[str, str] = {}
    """What was chosen for this case before, and now stands in the line."""
    text: str = ""


def naming_stand_ins(workspace: Workspace, case: str, typed: Iterator[str]) -> Iterator[str]:
    """The same lines; after a `names` move with something found, one `{"keep": {"words": "stand-in"}}` is waited for.

    Any other line, or none, means that the words are kept as they were written, and it is read as the next line.
    """
    while (line := next(typed, None)) is not None:
        answer = _answer_in(line)
        noticed = workspace.stand_ins.notice(case, answer)
        found = {one.text: one for one in noticed.identifiers}
        if found:
            names = tuple(FoundName(text=text, kind=one.kind, suggestion=one.suggestion) for text, one in found.items())
            click.echo(Names(found=names, put_in=dict(noticed.put_in), text=HOW_TO_CHOOSE).model_dump_json())
            following = next(typed, None)
            chosen = _chosen_in(following)
            if chosen is None and following is not None:
                typed = chain([following], typed)
            stand_ins = {text: (chosen or {}).get(text, "").strip() or text for text in found}
            workspace.stand_ins.choose(case, stand_ins)
        kept = workspace.stand_ins.notice(case, answer) if found else noticed
        if kept.put_in:
            click.echo(Names(put_in=dict(kept.put_in)).model_dump_json())
        yield line if kept.words == answer else json.dumps({"answer": kept.words})


def _answer_in(line: str) -> str:
    """The words of a line that may be a JSON object; what is not an answer has none."""
    said = object_in(line)
    if said is None:
        return line
    answer = said.get("answer")
    return answer if isinstance(answer, str) else ""


def _chosen_in(line: str | None) -> dict[str, str] | None:
    said = object_in(line or "")
    keep = said.get("keep") if said is not None else None
    if not isinstance(keep, dict):
        return None
    return {text: stand_in for text, stand_in in keep.items() if isinstance(stand_in, str)}
