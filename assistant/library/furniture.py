"""What stands around a document's message: to whom a letter goes, who signed it, a table of contents, one of
grades.

Owns the finding of those blocks by where they stand. Wordings that are never learning, wherever they stand, are for
`standing`; what a heading promises is for `sections`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from assistant.library.boilerplate import boilerplate_reason
from assistant.library.domain_check import says_nothing_of_the_work
from assistant.library.markdown_blocks import Block
from assistant.library.points import reading_text
from assistant.library.sections import section_of

_REMEMBERED = 8_192
"""Lines whose answer is remembered: each is asked about several times while its document is read."""
_NEAR = 30
"""Blocks in which a letter greets its reader."""
_MOST_ENTRIES = 80
"""Blocks of the longest table of contents looked for."""
_COVER = 5
"""Blocks in which a cover says for whom the document is."""
_A_HEADING = 4
"""Words in the longest such line that is rather a heading: "For practitioners"."""
_GREETING = re.compile(r"Dear\b[^.?!]{1,80}\Z")
_GOODBYE = re.compile(
    r"Yours?\b.{0,12}\b(?:sincerely|faithfully|truly)\b\W*\Z|(?:many )?thanks\W*\Z"
    r"|(?:(?:with )?(?:very )?(?:kind|best|warm)(?:est)? )?(?:regards|wishes)\W*\Z",
    re.IGNORECASE,
)
_MADE_BY = re.compile(
    r"(?:(?:independent |lead |report )*(?:author|reviewer|chair)s?|(?:prepared|written|compiled|produced) by)"
    r"\W+\S.{2,80}\Z"
    r"|(?:version|issue|date)\W+(?:no\W+)?\d.{0,30}\Z",
    re.IGNORECASE,
)
_MONTH = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?"
)
_BODY = re.compile(
    r"(?:(?:©|\(c\)|[Cc]opyright|From:|By:?|Publisher:|Author:|[Pp]ublished by|[Pp]roduced by|[Ii]ssued"
    r" by)\W*(?:(?:19|20)\d\d\W+)?)?(?:[Tt]he )?"
    r"(?P<body>(?!The |Our |Your |Dear |To |Working |Multi|Local )(?:[A-Z][\w’'.-]*,? |and |of |in |on |upon "
    r"|the |& ){1,9}?(?:Safeguarding (?:(?:Children|Adults?)(?:[’']?s?)? )?"
    r"(?:Board|Partnership|Executive)|Partnership|Council|Trust|Board|Panel|Authority|Constabulary|Police"
    r"|(?:Children|Adults|Families) (?:and|&) (?:Famil(?:y|ies)|Adults|Young People)(?:[’']s?)?"
    r" Services?|Children[’']s"
    r" Services|Inspectorate)(?: \([A-Z]+\))?)(?![\w’'-])(?P<more>(?:[^\w\n].{0,120})?)\Z"
)
"""The name of whoever may have made a document, and what else its line says."""
_IMPRINT = re.compile(
    rf"(?:[^\w\n]+(?:issue|version|no|published|publication|date(?: of(?: publication)?)?|dated|issued|updated"
    rf"|reviewed|on|in|final|v\d[\d.]*|page|spring|summer|autumn|winter|of|\d{{1,4}}(?:st|nd|rd|th)?|{_MONTH}"
    r"|(?:(?:safeguarding|children|adults?|business|quality|learning|and) ){1,3}(?:team|unit|hub)"
    r"|(?:\d+[- ]|seven[- ])?(?:minute |practice |learning )?(?:briefing|bulletin|newsletter)s?"
    r"|www\.\S+|https?://\S+|\S+@\S+|[\w-]+\.(?:gov|org|nhs)\.uk\S*))*\W*\Z",
    re.IGNORECASE,
)
_FOR_WHOM = re.compile(
    r"(?:a (?:briefing|bulletin|guide|summary) )?for (?:all )?(?:practitioners|professionals|managers|staff"
    r"|everyone)\b[^.,;?!:]{0,90}\.?\Z",
    re.IGNORECASE,
)
_ANNEX = re.compile(r"(?:annexe?|appendix|appendices)\b", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:table of )?contents\Z", re.IGNORECASE)
_GRADE = r"(?:Outstanding|Good|Requires improvement(?: to be good)?|Inadequate|Satisfactory)"
_ONLY_A_GRADE = re.compile(_GRADE)
_GRADED = re.compile(rf"(?!What\b)(?:\d[\d.]* )?(?:[^.?!]{{3,100}} )?{_GRADE}(?: {_GRADE})?\Z")
_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|will|can|should|must|do|does|did|[a-z]{3,}ed)\b")
"""Tells a sentence from a name and an office, which may end in a full stop too."""
_ENDS_A_SENTENCE = re.compile(r"[.?!:][\"'”’)*_]*\Z")

_SHORT_PART = 60
"""Words in the longest part of a document that is looked at for having nothing to do with it."""
_SHORT = 10
"""Words in the longest line that says what a document is and is no sentence."""
_A_LABEL = 3
_FORM_LINE = re.compile(r"(?P<label>[A-Z][\w /&’'-]{1,40}?)(?:\s*(?P<sign>:)\s|\s+[–—-]\s)\s*\S")
_ON_A_DAY = re.compile(rf"\b(?:{_MONTH}),? (?:19|20)\d\d\W*\Z", re.IGNORECASE)
_LABEL_OF_A_FORM = re.compile(
    r"(?:present|apologies|attend\w+|in attendance|absent|chair|minutes|notes?|time|venue|location|place|date|team"
    r"|service"
    r"|for|to|cc|from|subject|author|reviewer|version|status|owner|ref\w*|audience|circulation|distribution|prepared"
    r"|written"
    r"|produced|compiled|completed|approved|issued|issue|review date|(?:\w+ )?(?:kept|led|run|facilitated"
    r"|presented) by"
    r"|presenters?|facilitators?|key contact|contact|reading time|duration)\b(?! (?:practice|learning|points?"
    r"|action))",
    re.IGNORECASE,
)
_LONGEST_EDGE = 200
_PARTED = re.compile(r"\s*[|·•]\s*|\s+[–—-]\s+|\s{2,}|\s*\n\s*")
_NUMBERED_PAGE = re.compile(r"\bpage \d+(?: of \d+)?\W*\Z", re.IGNORECASE)
_APPOINTMENT_WORDS = 18
_DAY = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{_MONTH})|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\b",
    re.IGNORECASE,
)
_TIME_OF_DAY = re.compile(r"\b\d{1,2}[.:]\d\d\b(?!%)|\b\d{1,2} ?(?:am|pm|noon)\b", re.IGNORECASE)
_VENUE = re.compile(
    r"\b(?:online|virtual|via|teams|zoom|webinar|town hall|civic centre|(?:room|hall|centre|hotel|library)\Z)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"\b(?:he|she|they|who|which|that|child|children|mother|father|mum|dad|baby|saw|seen|told|said|went|found|moves?"
    r"|born|dies"
    r"|visits?|visit|calls?|attends?|refers?)\b",
    re.IGNORECASE,
)
"""In a line with a day and a time, what makes it an event of a case."""


def frame(blocks: Sequence[Block], source: str, title: str = "") -> Mapping[Block, str]:
    """The blocks around the message of a document of that title, each with what it is."""
    texts = [reading_text(block.text(source)) for block in blocks]
    found: dict[Block, str] = {}
    for reason, positions in (
        ("the head of the document", _head(blocks, texts)),
        ("the title or the foot of a page", _page_edges(blocks, texts, title)),
        ("when and where something is", _appointments(blocks, texts)),
        ("nothing of it is about work with people", _beside_the_work(blocks, texts)),
        ("who made the document, and when", _cover(blocks, texts)),
        ("how something was graded", _grades(blocks, texts)),
        ("to whom the letter goes", _addressees(blocks, texts)),
        ("who signed the letter", _signatures(blocks, texts)),
        ("the table of contents", _contents(blocks, texts)),
    ):
        found.update((blocks[at], reason) for at in positions if blocks[at].kind != "footnote")
    return found


def _cover(blocks: Sequence[Block], texts: Sequence[str]) -> Iterator[int]:
    """Before the first sentence, and last of all, the lines that say whose the document is and of when."""
    sentences = (at for at, text in enumerate(texts) if blocks[at].kind != "heading" and _ENDS_A_SENTENCE.search(text))
    first = min(next(sentences, _NEAR), _NEAR, len(texts))
    for at in range(min(_COVER, len(texts))):
        if blocks[at].kind == "paragraph" and _FOR_WHOM.match(texts[at]) and len(texts[at].split()) > _A_HEADING:
            yield at
    for at in {*range(first), *range(len(texts))[-1:]}:
        named = blocks[at].kind in {"paragraph", "heading", "item"} and names_the_maker(texts[at])
        if named or (blocks[at].kind in {"paragraph", "heading"} and _MADE_BY.match(texts[at])):
            yield at


def _head(blocks: Sequence[Block], texts: Sequence[str]) -> Iterator[int]:
    """Before the first sentence or list, lines that fill in a form ("Present: …") or stand right above a heading."""
    for at, text in enumerate(texts[:_NEAR]):
        block = blocks[at]
        if block.kind not in {"heading", "paragraph"} or (block.kind == "paragraph" and _ENDS_A_SENTENCE.search(text)):
            return
        if block.kind == "heading" and at and not section_of(text).subject:
            return
        form = _FORM_LINE.match(text)
        if block.kind == "paragraph" and ((form is not None and _fills_a_form(form)) or _dated(text)):
            yield at
        elif block.kind == "paragraph" and at and _names_only(text):
            below = (after for after in range(at + 1, len(texts)) if blocks[after].kind != "paragraph")
            below_it = next(below, at)
            if blocks[below_it].kind == "heading" and all(map(_names_only, texts[at:below_it])):
                yield at


def _fills_a_form(form: re.Match[str]) -> bool:
    """Whether a line says what its document is, not what it says: "Members present: Head of Safeguarding"."""
    if _LABEL_OF_A_FORM.match(form["label"]):
        return True
    label = section_of(form["label"])
    return (
        form["sign"] == ":"
        and len(form["label"].split()) <= _A_LABEL
        and label.kind is None
        and label.subject
        and not _VERB.search(form.string)
    )


def _dated(text: str) -> bool:
    """Whether a line of the head is of the day that the document is of."""
    return _ON_A_DAY.search(text) is not None and len(text.split()) <= _SHORT


def _names_only(text: str) -> bool:
    """Whether a line is short, ends no sentence, and has no verb."""
    return len(text.split()) <= _SHORT and not _ENDS_A_SENTENCE.search(text) and not _VERB.search(text)


def _page_edges(blocks: Sequence[Block], texts: Sequence[str], title: str) -> Iterator[int]:
    """Lines every part of which is the title, the maker, a date or the number of a page."""
    for at, text in enumerate(texts):
        if blocks[at].kind == "heading" or len(text) > _LONGEST_EDGE:
            continue
        parts = [part for part in _PARTED.split(text) if re.search(r"\w", part)]
        known = [_is_edge(part, title) for part in parts]
        if (len(parts) > 1 and all(known)) or (_NUMBERED_PAGE.search(text) and not _VERB.search(text)):
            yield at


def _is_edge(part: str, title: str) -> bool:
    same = re.findall(r"\w+", part.lower()) == re.findall(r"\w+", title.lower())
    return same or names_the_maker(part) or _IMPRINT.match(" " + part) is not None


def _appointments(blocks: Sequence[Block], texts: Sequence[str]) -> Iterator[int]:
    """Lines that say of something only on which day, at what time or where it is held."""
    for at, text in enumerate(texts):
        if blocks[at].kind in {"paragraph", "item", "cell"} and len(text.split()) <= _APPOINTMENT_WORDS:
            signs = [sign.search(text) is not None for sign in (_DAY, _TIME_OF_DAY, _VENUE)]
            if sum(signs) > 1 and not _VERB.search(text) and not _SENTENCE.search(text):
                yield at


def _beside_the_work(blocks: Sequence[Block], texts: Sequence[str]) -> Iterator[int]:
    """Short parts of a document whose heading promises nothing and whose words are of something else altogether."""
    heads = [at for at, block in enumerate(blocks) if block.kind == "heading"]
    promising: list[int] = []  # the depths of the headings open that say what stands under them
    for at, end in list(pairwise([*heads, len(blocks)]))[1:]:
        section, said = section_of(texts[at]), " ".join(texts[at:end])
        promising = [depth for depth in promising if depth < blocks[at].level]
        if section.kind is not None or section.standing:
            promising.append(blocks[at].level)
        elif not promising and len(said.split()) <= _SHORT_PART and says_nothing_of_the_work(said):
            yield from range(at + 1, end)


def names_the_maker(line: str) -> bool:
    """Whether a line is the name of a board and nothing else but an issue and a date."""
    return maker_named(line) is not None


@lru_cache(maxsize=_REMEMBERED)
def maker_named(line: str) -> tuple[str, str] | None:
    """The body that a line names and says nothing of but an issue and a date, and that issue and date."""
    line = re.sub(r"[*_\\]", "", line).strip(" \t|#>")
    body = _BODY.match(_as_a_name(line) if line.isupper() else line)
    if body is None or not _IMPRINT.match(body["more"]) or not section_of(body["body"]).subject:
        return None
    return " ".join(line[slice(*body.span("body"))].split()), body["more"]


def _as_a_name(capitals: str) -> str:
    """A line in capitals as names are written, sign for sign."""
    small = re.sub(r"\b(?:And|Of|In|On|Upon|The|By)\b", lambda word: word[0].lower(), capitals.title())
    return re.sub(r"(?<=[’'])S\b", "s", small)


def _addressees(blocks: Sequence[Block], texts: Sequence[str]) -> Iterator[int]:
    """The greeting and the lines right before it, none of which is a sentence or a heading."""
    at = next((at for at, text in enumerate(texts[:_NEAR]) if _GREETING.match(text)), -1)
    if at >= 0:
        yield at
        while at > 0 and blocks[at - 1].kind == "paragraph":
            if _heads_or_says(texts[at - 1]) and _VERB.search(texts[at - 1]):
                break
            at -= 1
            yield at


def _signatures(blocks: Sequence[Block], texts: Sequence[str]) -> Iterator[int]:
    """The goodbye and the names after it; where the document goes on, the line before its next sentence heads it."""
    at = next((at for at, text in enumerate(texts) if _GOODBYE.match(text)), len(texts))
    names: list[int] = []
    for after in range(at + 1, len(texts)):
        if blocks[after].kind == "footnote":
            continue
        if boilerplate_reason(texts[after]) is not None:
            break
        if blocks[after].kind == "item" or _heads_or_says(texts[after]):
            del names[-1:]
            break
        names.append(after)
    if at < len(texts):
        yield from [at, *names]


def _heads_or_says(text: str) -> bool:
    """Whether a line is a sentence, or heads something whatever it stands among."""
    known = _ANNEX.match(text) or not section_of(text).subject
    return bool(known) or _ENDS_A_SENTENCE.search(text) is not None


def _contents(blocks: Sequence[Block], texts: Sequence[str]) -> Iterator[int]:
    """A table of contents whose first entry stands again as a heading: it ends there, whatever it looks like."""
    at = next((at for at, text in enumerate(texts) if _CONTENTS.match(text.rstrip(": "))), len(texts))
    if at + 1 >= len(texts):
        return
    first = _words(texts[at + 1])
    for again in range(at + 2, min(at + 2 + _MOST_ENTRIES, len(texts))):
        if blocks[again].kind in {"heading", "paragraph"} and first and _words(texts[again]) == first:
            yield from range(at, again)
            return


def _grades(blocks: Sequence[Block], texts: Sequence[str]) -> Iterator[int]:
    """The lines and cells of a table of judgements: what was judged, and how.

    In a narrow column "Requires" stands over "improvement", and what was judged beside the second of them.
    """
    for at, text in enumerate(texts):
        beside = next((after for after in range(at + 1, len(texts)) if blocks[after].kind != "column"), at)
        graded = blocks[at].in_table and beside > at and _ONLY_A_GRADE.fullmatch(texts[beside])
        if blocks[at].kind != "heading" and (graded or _GRADED.match(text)):
            yield at
        elif text == "Requires" and at + 1 < len(texts) and texts[at + 1].endswith("improvement"):
            yield from (at, at + 1)


def _words(entry: str) -> str:
    """An entry without the number before it and the dots and page after it."""
    return re.sub(r"\A[\d.)\s]+|[\s.…]*\d*\Z", "", entry).lower()
