"""What a document says of itself: its title, subject, publisher, date and licence.

Owns the wordings by which they are known. What the document does not say stays unsaid: a publisher is never guessed
from a file's name or a web address.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.library.boilerplate import boilerplate_reason
from assistant.library.furniture import names_the_maker
from assistant.library.markdown_blocks import IN_TEXT, Block, blocks
from assistant.library.points import reading_text
from assistant.library.sections import looks_like_heading, section_of

UNSTATED = "not stated in the document"
_NEAR = 30
"""Blocks in which a title stands."""
_HEAD = 3_000
"""Characters in which a document says what it is."""
_BODY_NAME = r"(?:(?:[A-Z][\w’'-]+|and|&|of) ){1,4}"
_PUBLISHED_BY = re.compile(
    rf"(?:[Pp]ublished|[Pp]roduced|[Ii]ssued) (?:(?:on|in) )?(?:[\w ]{{3,25}} )?by (?:the )?"
    rf"({_BODY_NAME}(?:Board|Partnership|Council|Panel|Trust|Authority)|[A-Z]{{3,8}})\b"
)
_BOARD = (
    r"((?:[A-Z][\w’'-]+ (?:(?:and|&) )?){1,4}Safeguarding (?:(?:Children|Adults)(?:[’']?s?)? )?(?:Board|Partnership)"
    r"|(?:[A-Z][\w’'-]+ (?:(?:and|&) )?){1,4}Community Safety Partnership|[A-Z]{1,4}SC[BP])\b"
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
_DATE_BESIDE = re.compile(
    rf"^[^\n]{{0,80}}\b(?:Board|Partnership|Council|Trust|Panel|Authority"
    rf"|[A-Z]{{2,5}}SC[BP])\b[^\w\n]{{1,6}}{_DATE}[^\w\n]*$",
    re.MULTILINE,
)
"""A date beside whoever published it."""
_TOP = 12
"""Lines in which a document's own date stands."""
_SHORT = 12
_DATE_LAST = re.compile(rf"(?:\A\W*|[|,:·•(–—-]\s*|\s{{2,}}){_DATE}\W*\Z")
_OF_SOMETHING = re.compile(
    r"\b(?:inspect\w*|visit\w*|from|between|on|since|until|to|born|died|incident|period|review date"
    r"|next)\W*(?:\w+\W+){0,3}\Z",
    re.IGNORECASE,
)
_IN_NUMBERS = re.compile(
    r"\b(?:published|issued|dated?)\b\W{1,4}(?:on )?(?P<day>0?[1-9]|[12]\d|3[01])[/.](?P<month>0?[1-9]"
    r"|1[0-2])[/.](?P<year>(?:19|20)\d\d)",
    re.IGNORECASE,
)
_SEASON = re.compile(
    r"^.{0,60}\b(?:Spring|Summer|Autumn|Winter)\W{1,3}(?P<year>(?:19"
    r"|20)\d\d)\b.{0,20}$",
    re.MULTILINE,
)
_YEAR_LINE = re.compile(
    r"^(?:[^\n]{0,80}\b(?:Board|Partnership|Council|Trust|Panel|Authority)\b)?[^\w\n]*(?P<year>(?:19"
    r"|20)\d\d)[^\w\n]*$",
    re.MULTILINE,
)
_YEAR = re.compile(r"\b[Pp]ubli(?:shed|cation)\b[^.\n]{0,30}?\b(?P<year>(?:19|20)\d\d)\b")
_LETTER = re.compile(r"^\W*Dear\b[^.?!\n]{1,80}$", re.MULTILINE)
_GOODBYE = re.compile(r"^\W*Yours?\b.{0,12}\b(?:sincerely|faithfully|truly)\b", re.MULTILINE)
_FAREWELL = re.compile(
    r"^\W*(?:[Ww]ith )?(?:Yours\b|(?:[Kk]ind(?:est)? |[Bb]est |[Ww]arm )?[Rr]egards|[Mm]any thanks\W*$"
    r"|[Bb]est wishes)",
    re.MULTILINE,
)
_NATIONAL = re.compile(
    r"(?<!\()\b(?:Ofsted|Estyn|Care Quality Commission|Care Inspectorate(?: Wales)?|Healthcare Inspectorate Wales"
    r"|H(?:is|er) Majesty[’']s Inspectorate of (?:Constabulary(?: and Fire (?:&|and) Rescue Services)?"
    r"|Probation|Prisons)"
    r"|HMI Constabulary(?: and Fire (?:&|and) Rescue Services)?|HMI Probation|HMICFRS|NSPCC|Research in Practice"
    r"|Child Safeguarding Practice Review Panel|Department for Education|NHS England)\b"
)
"""Bodies of the whole country that write of this work."""
_NATIONAL_LINE = re.compile(rf"^[^\w\n]*({_NATIONAL.pattern})[^\w\n]*$", re.MULTILINE)
_NATIONAL_FIRST = re.compile(rf"^[^\w\n]*({_NATIONAL.pattern})\b", re.MULTILINE)
_THEIR_WORK = re.compile(
    rf"(?:inspectors from|carried out by|undertaken by"
    rf"|^Between\b[^.\n]{{0,60}}?,)[^.\n]{{0,40}}{_NATIONAL.pattern}[^.\n]{{0,300}}",
    re.MULTILINE,
)
_ABOUT_ITSELF = re.compile(
    rf"(?:^|\()({_NATIONAL.pattern})\)? (?:regulates|inspects|is the independent|works with|will take the findings)",
    re.MULTILINE,
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|[Cc]opyright)\s*(?:(?:19|20)\d\d(?:\s*[-–]\s*\d{2,4})?)?,?\s*(?:[Tt]he )?(?!Crown)"
    r"((?:[A-Z][\w’'-]+|and|of|&|for)(?: (?:[A-Z][\w’'-]+|and|of|&|for)){0,7})"
)
_SUBJECT = re.compile(
    r"\b(?:Child(?:ren)?|Baby|Infant|Toddler|Siblings?|Family|Adult|Young Person|Case) [A-Z]{1,2}\d{0,2}\b"
)
_A_BODY = re.compile(
    r"(?:[A-Z][\w’'&-]* |and |of |for |the |& )+(?:Board|Partnership|Council|Panel|Trust|Authority|Service|Services)"
    r"(?: \([A-Z]+\))?"
)
"""The name of whoever writes, which heads many documents and is the title of none."""
_GOES_ON = re.compile(r"\w(?::| [–—-]) \w")
"""A heading that names its kind and then its subject: "Top tips: curiosity"."""
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
    marked = [block for block in marked if _entitles(block, text)]
    marked = [block for block in marked if not _LETTER.match(block.text(text))]
    own_name = [block for block in marked if _is_own_name(reading_text(block.text(text)))]
    marked = [block for block in marked if block not in own_name] or marked
    if marked:
        largest = min(marked, key=lambda block: block.level)
        following = (
            marked[marked.index(largest) + 1 :][:1] if names_any_review(reading_text(largest.text(text))) else []
        )
        own = [block for block in following if _names_its_own(reading_text(block.text(text)))]
        return reading_text((own or [largest])[0].text(text))
    bare = [reading_text(block.text(text)) for block in near if block.kind == "paragraph"]
    titles = [words for words in bare if looks_like_heading(words, may_ask=False)]
    titles = [words for words in titles if not _is_own_name(words)] or titles
    titles = [
        words for at, words in enumerate(titles) if section_of(words).subject or (at == 0 and _GOES_ON.search(words))
    ]
    titles = [words for words in titles if boilerplate_reason(words) is None and not _LETTER.match(words)]
    if titles and not (names_any_review(titles[0]) or _SUBJECT.search(titles[0])):
        return titles[0]
    return next((words for words in titles[:3] if _SUBJECT.search(words)), titles[0] if titles else None)


def _is_own_name(line: str) -> bool:
    return _A_BODY.fullmatch(line) is not None or names_the_maker(line)


def _entitles(block: Block, source: str) -> bool:
    """Whether a heading may be the title: one that only promises a kind of content is none, unless it goes on."""
    words = reading_text(block.text(source))
    return section_of(words).subject or (block.level == 1 and _GOES_ON.search(words) is not None)


def names_any_review(title: str) -> bool:
    """Whether a title says only what kind of document it is: "Serious Case Review", "Practice Learning Brief"."""
    return all(word in _ANY_REVIEW or not word.isalpha() for word in re.findall(r"[\w-]+", title.lower()))


def _names_its_own(title: str) -> bool:
    """Whether a title says whose review this is, or that it is one and of what."""
    words = re.findall(r"[\w-]+", title.lower())
    return _SUBJECT.search(title) is not None or ("review" in words and not names_any_review(title))


def _publisher(text: str, edges: Sequence[str]) -> str | None:
    """Who the document says published it: in as many words, on a line or in a running head of its own, above a letter
    or under it, in its copyright, or as the body that commissioned the review. A board that is merely mentioned is not
    its publisher, nor is one that a letter goes to."""
    letter = _LETTER.search(text[:_HEAD])
    head = _around_a_letter(text, letter) if letter else text[:_HEAD]
    edge = "\n".join(edges)
    stated = _PUBLISHED_BY.search(text) or _BOARD_LINE.search(edge) or _BOARD_LINE.search(head)
    stated = stated or _NATIONAL_LINE.search(head) or _NATIONAL_LINE.search(edge)
    stated = stated or (_NATIONAL_FIRST.search(head) if letter else None)
    sent = _sent_by(text[letter.end() :]) if letter else None
    if sent is not None and (stated is None or ", " in sent):
        return sent  # several send it together, though one of them may head the page
    stated = stated or _COMMISSIONED.search(text) or _ABOUT_ITSELF.search(text)
    stated = stated or _COPYRIGHT.search(edge) or _COPYRIGHT.search(text)
    return " ".join(stated[1].split()) if stated else None


def _around_a_letter(text: str, letter: re.Match[str]) -> str:
    """A letter's own head and foot: above its date stands who sends it, below it who gets it."""
    dated = _DATE_LINE.search(text, 0, letter.start())
    goodbye = next(_FAREWELL.finditer(text, letter.end()), None)
    return (text[: dated.start()] if dated else "") + "\n" + (text[goodbye.end() :] if goodbye else "")


def _sent_by(text: str) -> str | None:
    """The bodies whose people a letter says it comes from, or those it is signed for."""
    work = _THEIR_WORK.search(text)
    goodbye = list(_GOODBYE.finditer(text))
    places = [work[0] if work else "", text[goodbye[-1].end() :] if goodbye else ""]
    named = (dict.fromkeys(" ".join(match[0].split()) for match in _NATIONAL.finditer(place)) for place in places)
    return next((", ".join(bodies) for bodies in named if bodies), None)


def _published(text: str) -> str | None:
    """When a document says it was published; of a letter, the date above its greeting."""
    letter = _LETTER.search(text[:_HEAD])
    found = _DATE_LINE.search(text, 0, letter.start()) if letter else None
    found = found or next((match for match in (pattern.search(text) for pattern in _PUBLISHED) if match), None)
    found = found or _DATE_LINE.search(text[:_HEAD]) or _DATE_BESIDE.search(text[:_HEAD]) or _date_in_the_head(text)
    if found is None:
        numbers = _IN_NUMBERS.search(text[:_HEAD])
        year = _YEAR.search(text) or _SEASON.search(text[:_HEAD]) or _YEAR_LINE.search(text[:_HEAD])
        if numbers:
            return f"{numbers['year']}-{int(numbers['month']):02}-{int(numbers['day']):02}"
        return year["year"] if year else None
    month = _MONTHS.index(found["month"]) + 1
    day = f"-{int(found['day']):02}" if found["day"] else ""
    return f"{found['year']}-{month:02}{day}"


def _date_in_the_head(text: str) -> re.Match[str] | None:
    """A date that ends one of the short lines at the top, and is not of what the document is about."""
    for line in [line for line in text[:_HEAD].split("\n") if line.strip()][:_TOP]:
        match = _DATE_LAST.search(line)
        if match and len(line.split()) <= _SHORT and not _OF_SOMETHING.search(line[: match.start()]):
            return match
    return None
