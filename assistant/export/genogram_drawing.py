"""A genogram as a picture in the standard symbols, and as a tree of words that a screen reader can walk through.

Squares are men and boys, circles women and girls, diamonds people of whom that was not said, triangles the unborn. A
broken outline with a question mark is somebody not known, a cross through one somebody who has died; a broken ring goes
round those said to live in the home.
Three rows are all there is to lay out, so no layout library is needed: those that draw family trees need Graphviz,
and those that lay out graphs are under the GPL.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from itertools import pairwise

from assistant.followup.genogram import GENERATIONS, Generation, Member, Symbol
from assistant.language.ages import in_short

_SIZE, _WIDE, _HIGH, _TOP, _LEFT = 46, 128, 132, 60, 30
_HEADING = 34
_UNDER = 38
"""Pixels under a symbol for its words; as many over it for a grandparent's, whose line goes down."""
_HALO = 'paint-order="stroke" stroke="#ffffff" stroke-width="4"'
"""Words stand clear of a line behind them."""
_LARGE = 4
"""Letters within a symbol that it holds at the size of the rest."""
_OLD = re.compile(r"[- ](?:years?|yrs?)\b|[- ]old\b", re.IGNORECASE)
_POINTS = 0.75
"""Of a pixel."""
_ROWS: dict[Generation, str] = {
    "grandparents": "Grandparents and older",
    "parents": "Parents and their generation",
    "children": "Children",
}
_KINDS: dict[str, dict[Symbol, str]] = {
    "child": {"square": "a boy", "circle": "a girl"},
    "parent": {"square": "a father", "circle": "a mother"},
    "adult": {"square": "a man", "circle": "a woman"},
}
_TELLING = re.compile(
    r"\b(?:(?:step|grand|god)?(?:mum|mam|mother|ma|dad|father|pa|son|daughter)|(?:step)?(?:brother|sister)|boy|girl"
    r"|boyfriend|girlfriend|husband|wife|man|woman|aunt|auntie|uncle|niece|nephew|nan|nana|gran|granny|grandad)\b",
    re.IGNORECASE,
)
"""A name that says who it is already."""
_LINE = 'fill="none" stroke="#1f2a37" stroke-width="1.5"'


def text_tree(members: Sequence[Member]) -> str:
    """Three generations as lines of words."""
    lines = list[str]()
    for generation in GENERATIONS:
        here = [member for member in members if member.generation == generation]
        lines.append(f"{_ROWS[generation]}: {'' if here else 'nobody noted'}".rstrip())
        lines += [f"  - {in_words(member)}" for member in here]
    home = [member.called for member in members if member.in_the_home]
    lines.append(f"Said to live in the home: {', '.join(home) if home else 'not noted'}")
    return "\n".join(lines)


def in_words(member: Member) -> str:
    """One person in words: what the symbol shows, where the name doesn't say it, and what it cannot."""
    said = [member.called, "not born yet" if member.unborn else member.age]
    said += ["" if _TELLING.search(member.called) else _who(member)]
    said += [f"{member.parent_of}'s parent" if member.parent_of else ""]
    whom = {"square": "him", "circle": "her", "diamond": "them"}[member.symbol]
    said += ["" if member.known else f"nobody has met {whom}", member.note]
    return ", ".join(filter(None, said))


def _who(member: Member) -> str:
    kind = "child" if member.generation == "children" else "parent" if member.parent else "adult"
    return _KINDS[kind].get(member.symbol, "a parent" if kind == "parent" else "")


def svg(members: Sequence[Member], title: str, *, by_itself: bool = True) -> tuple[str, float]:
    """The picture, and how wide it is in points; its title is written in it where it stands `by_itself`."""
    rows = {generation: [m for m in members if m.generation == generation] for generation in GENERATIONS}
    for row in rows.values():
        row.sort(key=lambda member: member.in_the_home is not True)  # the ring goes round neighbours
    # Parents side by side, and whoever of them lives there next to whoever else does
    rows["parents"].sort(key=lambda member: (not member.parent, member.parent == (member.in_the_home is True)))
    across = max(map(len, rows.values()), default=1) or 1
    rows = {generation: row for generation, row in rows.items() if row}
    top = (_TOP if by_itself else _TOP - _HEADING) + (_UNDER if "grandparents" in rows else 0)
    width, height = _LEFT * 2 + max(across, 3) * _WIDE, top + _HIGH * max(len(rows) - 1, 0) + _SIZE + _UNDER + 16
    places = {
        member.id: (
            _LEFT + _WIDE * (place + 0.5) + _WIDE * (max(across, 3) - len(row)) / 2,
            top + _HIGH * level + _SIZE / 2,
        )
        for level, row in enumerate(rows.values())
        for place, member in enumerate(row)
    }
    heading = f'<text x="{_LEFT}" y="24" font-size="15" font-weight="bold">{escape(title)}</text>' if by_itself else ""
    parts = [*_lines(rows, places), *_ring(rows, places)]
    parts += [_symbol(member, *places[member.id]) for member in members]
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-label="{escape(title)}" font-family="Arial, sans-serif" font-size="12">'
        f"<title>{escape(title)}</title><desc>{escape(text_tree(members))}</desc>"
        f'<rect width="100%" height="100%" fill="#ffffff"/>'
        f"{heading}{''.join(parts)}</svg>"
    )
    return drawn, width * _POINTS


def _lines(rows: dict[Generation, list[Member]], places: dict[str, tuple[float, float]]) -> list[str]:
    """Parents joined to each other and to the children, and grandparents to the parent they are known to be of.

    Of several children the sketch does not say whose father somebody is: then the line to him is broken, and the
    children hang from their mother's end of it.
    """
    drawn = [
        f'<path d="M{x} {y + _SIZE / 2} V{(y + places[below.id][1]) / 2} H{places[below.id][0]} '
        f'V{places[below.id][1] - _SIZE / 2}" {_LINE}/>'
        for member in rows.get("grandparents", [])
        for below in rows.get("parents", [])
        if member.parent_of and below.called == member.parent_of
        for x, y in [places[member.id]]
    ]
    parents = [member for member in rows.get("parents", []) if member.parent]
    children = [places[member.id] for member in rows.get("children", [])]
    if not parents:
        return drawn
    mother = next((place for place, one in enumerate(parents) if one.symbol == "circle"), 0)
    x, y = places[parents[mother].id]
    partner = mother + 1 if mother + 1 < len(parents) else mother - 1
    beside = places[parents[partner].id][0] if len(parents) > 1 else x + _WIDE
    middle = (x + beside) / 2
    broken = "" if len(children) == 1 else 'stroke-dasharray="6 4"'
    for one, other in pairwise(sorted(places[member.id][0] for member in parents)):
        drawn.append(f'<path d="M{one + _SIZE / 2} {y} H{other - _SIZE / 2}" {_LINE} {broken}/>')
    if children:
        side = x + _SIZE / 2 if beside > x else x - _SIZE / 2
        bar = children[0][1] - _SIZE / 2 - 16
        across = [at for at, _ in children] + [middle]
        drawn.append(f'<path d="M{side} {y} H{middle} V{bar} M{min(across)} {bar} H{max(across)}" {_LINE}/>')
        drawn += [f'<path d="M{at} {bar} V{top - _SIZE / 2}" {_LINE}/>' for at, top in children]
    return drawn


def _ring(rows: dict[Generation, list[Member]], places: dict[str, tuple[float, float]]) -> list[str]:
    """One ring for each row of those in the home, so that it never takes in somebody between them by chance."""
    drawn = []
    for generation, row in rows.items():
        over = generation == "grandparents"
        run: list[tuple[float, float]] = []
        for member in [*row, None]:
            if member is not None and member.in_the_home:
                run.append(places[member.id])
            elif run:
                left, top = run[0][0] - _WIDE / 2 + 6, run[0][1] - _SIZE / 2 - (50 if over else 12)
                wide = run[-1][0] - run[0][0] + _WIDE - 12
                drawn.append(
                    f'<rect x="{left}" y="{top}" width="{wide}" height="{_SIZE + 64}" rx="22" fill="none" '
                    f'stroke="#4b5563" stroke-width="1.5" stroke-dasharray="7 5"/>'
                )
                run = []
    return drawn


def _symbol(member: Member, x: float, y: float) -> str:
    half = _SIZE / 2
    look = _LINE if member.known else f'{_LINE} stroke-dasharray="4 3"'
    if member.unborn:
        shape = f'<path d="M{x} {y - half} L{x + half} {y + half} H{x - half} Z" {look}/>'
    elif member.symbol == "square":
        shape = f'<rect x="{x - half}" y="{y - half}" width="{_SIZE}" height="{_SIZE}" {look}/>'
    elif member.symbol == "circle":
        shape = f'<circle cx="{x}" cy="{y}" r="{half}" {look}/>'
    else:
        shape = f'<path d="M{x} {y - half} L{x + half} {y} L{x} {y + half} L{x - half} {y} Z" {look}/>'
    if member.died:
        corners = f"M{x - half} {y - half} L{x + half} {y + half} M{x + half} {y - half} L{x - half} {y + half}"
        shape += f'<path d="{corners}" {_LINE}/>'
    name, note = _short(member.called, 19), _short(member.note, 22)
    words = [(name, half + 16), (note, half + 31)]
    if member.generation == "grandparents":
        words = [(name, -half - (23 if note else 8)), (note, -half - 8)]
    texts = "".join(
        f'<text x="{x}" y="{y + down}" text-anchor="middle" {_HALO}>{escape(said)}</text>'
        for said, down in words
        if said
    )
    inside = "?" if not member.known else _inside(member.age)
    small = 'font-size="10"' if len(inside) > _LARGE else ""
    return f'{shape}<text x="{x}" y="{y + 4}" text-anchor="middle" {small}>{escape(inside)}</text>{texts}'


def _inside(age: str) -> str:
    """An age that a symbol has room for: "22 mths", "14 wks", "13"."""
    short = _OLD.sub("", in_short(age))
    return _short(short.replace("month", "mth").replace("week", "wk"), 8)


def _short(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"
