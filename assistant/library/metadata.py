"""What a document says of itself: its title, subject, publisher, date and licence.

Owns the wordings by which they are known. What the document does not say stays unsaid: a publisher is never guessed
from a file's name or a web address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.library.boilerplate import boilerplate_reason
from assistant.library.furniture import maker_named, names_the_maker
from assistant.library.markdown_blocks import IN_TEXT, Block, blocks
from assistant.library.points import reading_text
from assistant.library.sections import looks_like_heading, section_of

UNSTATED = "not stated in the document"
_NEAR = 30
"""Blocks in which a title stands."""
_BELOW_A_TITLE = 2
"""How deep a heading is marked that is rather a section's."""
_TOP_LINES = 4
_TITLE_WORDS = 4
_HEAD = 3_000
"""Characters in which a document says what it is."""
_BODY_NAME = r"(?:(?:[A-Z][\w’'-]+|and|&|of) ){1,8}?"
_PUBLISHED_BY = re.compile(
    rf"(?:[Pp]ublished|[Pp]roduced|[Ii]ssued) (?:(?:on|in) )?(?:[\w ]{{3,25}} )?by (?:the )?"
    rf"({_BODY_NAME}(?:Board|Partnership|Council|Panel|Trust|Authority)(?! Board)|[A-Z]{{3,8}})\b"
)
_BOARD = (
    r"((?:[A-Z][\w’'-]+ (?:(?:and|&) )?){1,4}Safeguarding (?:(?:Children|Adults)(?:[’']?s?)? )?(?:Board|Partnership)"
    r"|(?:[A-Z][\w’'-]+ (?:(?:and|&) )?){1,4}Community Safety Partnership|[A-Z]{1,4}SC[BP])\b"
)
_BOARD_LINE = re.compile(rf"^[^A-Za-z0-9\n]*(?!Dear\b){_BOARD}(?:[^\w\n]+\w+){{0,6}}[^\w\n]*$", re.MULTILINE)
_COMMISSIONED = re.compile(rf"\b{_BOARD} (?:\([A-Z]+\) )?(?:has )?(?:commissioned|published)\b")
_MONTHS = "January February March April May June July August September October November December".split()
_A_MONTH = rf"(?P<month>{'|'.join([*_MONTHS, 'Sept', *(month[:3] for month in _MONTHS)])})\b\.?,?"
_DATE = rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?\s+)?{_A_MONTH}\s+(?P<year>(?:19|20)\d\d)\b"
_PUBLISHED = (
    re.compile(rf"\b(?:[Pp]ubli(?:shed|cation)|PUBLISHED)[^.\n]{{0,60}}?{_DATE}"),
    re.compile(rf"\b(?:[Ii]ssued|[Pp]osted|[Pp]roduced|[Dd]ated?\b|DATE)[^.\n]{{0,30}}?{_DATE}"),
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
_FOOT = 4
"""Lines at its end in which it may stand too, with whoever made it."""
_SHORT = 12
_DATE_LAST = re.compile(
    rf"(?:\A\W*|[|,:;.·•(–—-]\s*|\s{{2,}}|\b(?:updated|revised) ){_DATE}(?:\s+(?:by|in|[|·•])\s.{{0,40}})?\W*\Z"
)
_OF_SOMETHING = re.compile(
    r"\b(?:inspect\w*|visit\w*|from|between|on|since|until|to|born|died|incident|period|review date|review due"
    r"|birth|death|due|meeting|event|training|completed|held|course|conference|week"
    r"|next)\W*(?:\w+\W+){0,3}\Z",
    re.IGNORECASE,
)
_IN_NUMBERS = re.compile(
    r"(?<!review )\b(?:published|publication(?: date)?|issued|posted|dated?)\b\W{1,4}(?:on )?(?:(?P<day>0?[1-9]|[12]\d"
    r"|3[01])[/.-](?P<month>0?[1-9]|1[0-2])[/.-](?P<year>(?:19|20)?\d\d)|(?P<iso>(?:19|20)\d\d-\d\d(?:-\d\d)?))\b",
    re.IGNORECASE,
)
_NOT_ITS_OWN = re.compile(
    r"\b(?:review|next|due|birth|death|incident|inspection|visit|training|meeting|event|completion|target"
    r"|implementation)\W{1,3}(?:\w+\W+)?\Z|\b(?:review(?:ed)? (?:date|by|on)|to be|next)\b",
    re.IGNORECASE,
)
"""Before a date or in its label, that it is of something else."""
_EDGE_DATE = re.compile(rf"(?:\A|[|,:;·•(–—-] ?){_DATE} ?(?:\Z|[|·•),–—-])")
_LONGEST_EDGE = 300
"""Characters of a running head or foot that are read."""
_ONLY_YEAR = re.compile(r"\b(?P<year>(?:19|20)\d\d)\b")
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
_GOODBYE = re.compile(r"^[^\w\n]*Yours?\b.{0,12}\b(?:sincerely|faithfully|truly)\b", re.MULTILINE)
_FAREWELL = re.compile(
    r"^[^\w\n]*(?:[Ww]ith )?(?:Yours\b|(?:[Kk]ind(?:est)? |[Bb]est |[Ww]arm )?[Rr]egards|[Mm]any thanks\W*$"
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
_NATIONAL_LINE = re.compile(
    rf"^[^\w\n]*(?:(?:From|By|Author|Publisher|Organisation|Published by): ?)?({_NATIONAL.pattern})[^\w\n]*$",
    re.MULTILINE,
)
_NATIONAL_FIRST = re.compile(rf"^[^\w\n]*({_NATIONAL.pattern})\b", re.MULTILINE)
_THEIR_WORK = re.compile(
    rf"(?:inspectors from|carried out by|undertaken by"
    rf"|^Between\b[^.\n]{{0,60}}?,)[^.\n]{{0,40}}{_NATIONAL.pattern}[^.\n]{{0,300}}",
    re.MULTILINE,
)
_ABOUT_ITSELF = re.compile(
    rf"(?:^|\()({_NATIONAL.pattern})\)? (?:regulates|inspects|produces this report"
    rf"|is the independent|works with|will take the findings)",
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
_ALL_BOLD = re.compile(r"\*\*[^*]+\*\*")
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
_LABELLED = re.compile(r"\W*(?:date|version|author|status|ref(?:erence)?|to|from|cc|subject)\s*:", re.IGNORECASE)
"""A line of a form's head, which is no title."""
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
    edges = [" ".join(edge[:_LONGEST_EDGE].split()) for edge in edges]
    title = _title(text) or named or file_stem.replace("-", " ").replace("_", " ").strip()
    subject = _SUBJECT.search(title) or _SUBJECT.search(text[:_HEAD])
    licence = _LICENCE.search(text)
    return Description(
        title=title,
        subject=subject[0] if subject else title,
        publisher=_publisher(text, [edge.replace(title, "") for edge in edges]) or UNSTATED,
        published=_published(text, edges),
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
    above = None if _LETTER.search(text[:_HEAD]) else _title_above(near, marked, text)
    if above is not None:
        return above
    if marked:
        largest = min(marked, key=lambda block: block.level)
        following = (
            marked[marked.index(largest) + 1 :][:1] if names_any_review(reading_text(largest.text(text))) else []
        )
        own = [block for block in following if _names_its_own(reading_text(block.text(text)))]
        return reading_text((own or [largest])[0].text(text))
    bare = [reading_text(block.text(text)) for block in near if block.kind == "paragraph"]
    letter = _LETTER.search(text[:_HEAD])
    if letter is not None:  # above its greeting stand an address and a name
        inside = [block for block in near if block.spans[0][0] > letter.end()][:_TOP_LINES]
        bold = [block.text(text) for block in inside if _ALL_BOLD.fullmatch(block.text(text).strip())]
        bare = [reading_text(words) for words in bold] or bare
    titles = [words for words in bare if looks_like_heading(words, may_ask=False) and not _LABELLED.match(words)]
    titles = [words for words in titles if not _is_own_name(words)] or titles
    titles = [
        words for at, words in enumerate(titles) if section_of(words).subject or (at == 0 and _GOES_ON.search(words))
    ]
    titles = [words for words in titles if boilerplate_reason(words) is None and not _LETTER.match(words)]
    if len(titles) > 1 and names_any_review(titles[0]) and titles[0].isupper():
        titles = titles[1:]  # over the title, what kind of document it is
    if titles and not (names_any_review(titles[0]) or _SUBJECT.search(titles[0])):
        return titles[0]
    return next((words for words in titles[:3] if _SUBJECT.search(words)), titles[0] if titles else None)


def _title_above(near: Sequence[Block], marked: Sequence[Block], text: str) -> str | None:
    """The line that a document begins with, where none of its headings is of the highest rank."""
    if not marked or min(block.level for block in marked) < _BELOW_A_TITLE:
        return None
    for block in near[: near.index(marked[0])][:_TOP_LINES]:
        words = reading_text(block.text(text))
        long_enough = block.kind == "paragraph" and len(words.split()) >= _TITLE_WORDS
        if not long_enough or not looks_like_heading(words, may_ask=False) or _is_own_name(words):
            continue
        if boilerplate_reason(words) is None and section_of(words).subject:
            return words
    return None


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
    sent = _sent_by(text[letter.end() :]) if letter else _sent_by(text) if _GOODBYE.search(text) else None
    if sent is not None and (stated is None or ", " in sent):
        return sent  # several send it together, though one of them may head the page
    stated = stated or _ABOUT_ITSELF.search(text)
    if stated is None and (maker := next(_makers(text, head, edges), None)) is not None:
        return maker[0]
    stated = stated or _COMMISSIONED.search(text)
    stated = stated or _COPYRIGHT.search(edge) or _COPYRIGHT.search(text)
    return " ".join(stated[1].split()) if stated else None


def _makers(text: str, head: str, edges: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The bodies that lines at the top, at the foot and at the pages' edges name and nothing else but an issue."""
    foot = [line for line in text.split("\n") if line.strip()][-_FOOT:]
    top = [line for line in head.split("\n") if line.strip()][:_TOP]
    for line in (*top, *edges, *foot):
        if (maker := maker_named(line)) is not None:
            yield maker


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


def _published(text: str, edges: Sequence[str]) -> str | None:
    """When a document says it was published; of a letter, the date above its greeting."""
    letter = _LETTER.search(text[:_HEAD])
    found = _DATE_LINE.search(text, 0, letter.start()) if letter else None
    found = found or next(_said_to_be(text), None)
    found = found or _DATE_LINE.search(text[:_HEAD]) or _DATE_BESIDE.search(text[:_HEAD]) or _date_in_the_head(text)
    if found is not None:
        return _as_published(found)
    numbers = _IN_NUMBERS.search(text[:_HEAD])
    if numbers is not None:
        return _as_numbered(numbers)
    issues = [more for _, more in _makers(text, text[:_HEAD], edges)]
    dated = next((match for match in (re.search(_DATE, more) for more in issues) if match), None)
    dated = dated or next((match for match in map(_EDGE_DATE.search, edges) if match), None)
    if dated is not None:
        return _as_published(dated)
    year = _YEAR.search(text) or _SEASON.search(text[:_HEAD]) or _YEAR_LINE.search(text[:_HEAD])
    year = year or next((match for match in map(_ONLY_YEAR.search, issues) if match), None)
    return year["year"] if year else None


def _said_to_be(text: str) -> Iterator[re.Match[str]]:
    """The dates that the text calls those of its publication, and not those of another thing or of its next review."""
    for pattern in _PUBLISHED:
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - 40) : match.start()].rsplit("\n", 1)[-1]
            if not _NOT_ITS_OWN.search(before) and not _NOT_ITS_OWN.search(match[0]):
                yield match


def _as_published(found: re.Match[str]) -> str:
    month = next(at for at, name in enumerate(_MONTHS, 1) if name.startswith(found["month"][:3]))
    day = f"-{int(found['day']):02}" if found["day"] else ""
    return f"{found['year']}-{month:02}{day}"


def _as_numbered(found: re.Match[str]) -> str:
    if found["iso"]:
        return str(found["iso"])
    return f"{('20' + found['year'])[-4:]}-{int(found['month']):02}-{int(found['day']):02}"


def _date_in_the_head(text: str) -> re.Match[str] | None:
    """A date that ends one of the short lines at the top, and is not of what the document is about."""
    for line in [line for line in text[:_HEAD].split("\n") if line.strip()][:_TOP]:
        match = _DATE_LAST.search(line)
        if match and len(line.split()) <= _SHORT and not _OF_SOMETHING.search(line[: match.start()]):
            return match
    return None
