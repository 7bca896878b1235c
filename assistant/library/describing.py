"""What a document says of itself: its title, subject, publisher, date and licence.

Owns the wordings by which they are known. What the document does not say stays unsaid: a publisher is never guessed
from a file's name or a web address.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.library.blocks import IN_TEXT, blocks
from assistant.library.model import reading_text
from assistant.library.sections import looks_like_heading, section_of

UNSTATED = "not stated in the document"
_NEAR = 30
"""Blocks in which a title stands."""
_HEAD = 3_000
"""Characters in which a document says what it is."""
_BODY_NAME = r"(?:(?:[A-Z][\w’'-]+|and|&|of) ){1,4}"
_PUBLISHED_BY = re.compile(
    rf"[Pp]ublished by (?:the )?({_BODY_NAME}(?:Board|Partnership|Council|Panel|Trust|Authority)|[A-Z]{{3,8}})\b"
)
_BOARD = (
    r"((?:[A-Z][\w’'-]+ (?:(?:and|&) )?){1,4}Safeguarding (?:(?:Children|Adults)(?:[’']?s?)? )?(?:Board|Partnership)"
    r"|[A-Z]{1,4}SC[BP])\b"
)
_BOARD_LINE = re.compile(rf"^[^A-Za-z0-9\n]*(?!Dear\b){_BOARD}(?:[^\w\n]+\w+){{0,6}}[^\w\n]*$", re.MULTILINE)
_COMMISSIONED = re.compile(rf"\b{_BOARD} (?:\([A-Z]+\) )?(?:has )?(?:commissioned|published)\b")
_MONTHS = "January February March April May June July August September October November December".split()
_DATE = rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?(?P<month>{'|'.join(_MONTHS)})\s+(?P<year>(?:19|20)\d\d)"
_PUBLISHED = (
    re.compile(rf"\b[Pp]ubli(?:shed|cation)[^.\n]{{0,60}}?{_DATE}"),
    re.compile(rf"\b(?:[Ii]ssued|[Dd]ated?\b)[^.\n]{{0,30}}?{_DATE}"),
    re.compile(rf"^Sent:[^.\n]{{0,30}}?{_DATE}", re.MULTILINE),
)
_DATE_LINE = re.compile(rf"^[^\w\n]*{_DATE}[^\w\n]*$", re.MULTILINE)
_SUBJECT = re.compile(r"\b(?:Child(?:ren)?|Baby|Family|Adult|Young Person|Case) [A-Z]{1,2}\d{0,2}\b")
_EMAIL_SUBJECT = re.compile(
    r"\A(?:[A-Z][a-z]+: [^\n]*\n+){0,6}Subject: (?:(?:FW|Fw|Fwd|RE|Re): )*(?P<title>[^\n]{3,150})"
)
_ANY_REVIEW = frozenset(
    """a action an and brief briefing bulletin case child children childrens executive final for from full in
    independent key learned learning learnt lessons local minute newsletter note of overview plan practice rapid
    recommendations report review reviews safeguarding serious seven seven-minute summary the this""".split()
)
"""Words that the title of any review may be made of."""
_LICENCE = re.compile(r"Open Government Licence(?: v?\d\.\d)?|CC[ -]BY(?:-[A-Z]{2})* ?\d?\.?\d?|©[^\n.]{3,80}")


@dataclass(frozen=True)
class Description:
    """A document's own account of itself."""

    title: str
    subject: str
    publisher: str
    published: str | None
    licence: str | None


def describe(text: str, *, named: str | None, file_stem: str, edges: Sequence[str] = ()) -> Description:
    """What a document says of itself; `named` is the title among a file's own properties, `edges` its running heads."""
    title = _title(text) or named or file_stem.replace("-", " ").replace("_", " ").strip()
    subject = _SUBJECT.search(title) or _SUBJECT.search(text[:_HEAD])
    licence = _LICENCE.search(text)
    return Description(
        title=title,
        subject=subject[0] if subject else title,
        publisher=_publisher(text, edges) or UNSTATED,
        published=_published(text),
        licence=" ".join(licence[0].split()) if licence else None,
    )


def _title(text: str) -> str | None:
    """The largest heading near the beginning; of bare lines, the first that names whose case it is, or the first."""
    email = _EMAIL_SUBJECT.match(text.lstrip())
    if email is not None:
        return email["title"].strip()
    near = blocks(text)[:_NEAR]
    marked = [block for block in near if block.kind == "heading" and block.level < IN_TEXT]
    marked = [block for block in marked if section_of(reading_text(block.text(text))).subject]
    if marked:
        largest = min(marked, key=lambda block: block.level)
        following = (
            marked[marked.index(largest) + 1 :][:1] if names_any_review(reading_text(largest.text(text))) else []
        )
        own = [block for block in following if _names_its_own(reading_text(block.text(text)))]
        return reading_text((own or [largest])[0].text(text))
    bare = [reading_text(block.text(text)) for block in near if block.kind == "paragraph"]
    titles = [words for words in bare if looks_like_heading(words, may_ask=False) and section_of(words).subject]
    return next((words for words in titles[:3] if _SUBJECT.search(words)), titles[0] if titles else None)


def names_any_review(title: str) -> bool:
    """Whether a title says only what kind of document it is: "Serious Case Review", "Practice Learning Brief"."""
    return all(word in _ANY_REVIEW or not word.isalpha() for word in re.findall(r"[\w-]+", title.lower()))


def _names_its_own(title: str) -> bool:
    """Whether a title says whose review this is, or that it is one and of what."""
    words = re.findall(r"[\w-]+", title.lower())
    return _SUBJECT.search(title) is not None or ("review" in words and not names_any_review(title))


def _publisher(text: str, edges: Sequence[str]) -> str | None:
    """Who the document says published it: in as many words, on a line or in a running head of its own, or as the body
    that commissioned the review. A board that is merely mentioned is not its publisher."""
    stated = _PUBLISHED_BY.search(text) or _BOARD_LINE.search("\n".join(edges))
    stated = stated or _BOARD_LINE.search(text[:_HEAD]) or _COMMISSIONED.search(text)
    return " ".join(stated[1].split()) if stated else None


def _published(text: str) -> str | None:
    found = next((match for match in (pattern.search(text) for pattern in _PUBLISHED) if match), None)
    found = found or _DATE_LINE.search(text[:_HEAD])
    if found is None:
        return None
    month = _MONTHS.index(found["month"]) + 1
    day = f"-{int(found['day']):02}" if found["day"] else ""
    return f"{found['year']}-{month:02}{day}"
