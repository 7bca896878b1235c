"""What a heading promises: the kind of what stands under it, and to whom it is addressed.

Owns the wordings that boards use for their headings. A heading it does not know is a subject of the review's own
("Invisible fathers"). Knows nothing of blocks or points.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.library.points import LINK, Audience, Kind

_LONGEST = 14
"""Words in the longest line that can be a heading; the longest in the shipped bulletins has 12."""
_LONGEST_NUMBERED = 45
"""Words in the longest bold line that can be one when it numbers a finding and says it."""


@dataclass(frozen=True)
class Section:
    """What is known of a heading from its words."""

    heading: str
    kind: Kind | None = None
    """The kind of the points under it; None where the heading names a subject and does not say."""
    audience: Audience | None = None
    standing: bool = False
    """Text every bulletin carries, about reviews or about itself: never learning."""
    brief: bool = False
    """Standing text that ends at the next heading, however deep: a table of contents."""
    subject: bool = True
    """It names a subject, rather than only a kind of content."""
    improves: bool = False
    """What stands under it is to be bettered, said as what is wrong or as what to do."""
    part: bool = False
    """It divides the subject above it ("Learning points:") and does not begin a new section."""


def _any_of(*wordings: str) -> re.Pattern[str]:
    return re.compile("|".join(wordings), re.IGNORECASE)


_STANDING = _any_of(
    r"(?:the )?purpose of (?:an?|the|this)\b.*\breview",
    r"how (?:was|is) (?:the )?learning achieved",
    r"what is an?\b.*\b(?:review|briefing)",
    r"why (?:was (?:the|this) review|(?:this|the) case was chosen|(?:are|have) we shar)",
    r"how (?:the|this) review was",
    r"(?:purpose of|introduction to|about) this (?:briefing|bulletin|document|review|report|summary)",
    r"(?:review )?(?:methodology|process)\Z",
    r"terms of reference",
    r"date (?:published|of publication)",
    r"(?:table of )?contents\Z",
    r"(?:information )?about (?:this|the) (?:inspection|local authority)\b",
    r"what (?:the|our) (?:inspection )?(?:judge?ments|grades) mean",
    r"(?:feedback|contact (?:us|details)|acknowledgements?|disclaimer|copyright|references|bibliography|glossary)\b",
    r"(?:panel )?membership|distribution",
    r"(?:the )?inspection team|inspectors\Z|(?:lead )?inspectors? and|report authors?\Z|contributors\Z",
    r"(?:local area partnership|local authority|provider|service|partnership) details\b",
    r"you (?:may|might) also (?:be interested in|like)\b|related (?:content|pages|links|articles|documents"
    r"|news)\b|see also\Z"
    r"|more (?:on this|like this)\b|(?:on|in) this (?:page|section)\Z|share this\b|page (?:navigation|contents)\Z",
)
_BRIEF = _any_of(r"(?:table of )?contents\Z|date (?:published|of publication)")
_ABOUT_A_FINDING = (
    r"how (?:did|does|do) (?:the|this|these) (?:issue|finding)s? (?:manifest|feature|show|play)\b[^?]{0,40}"
    r"|how do we know (?:it|this|that)\b[^?]{0,60}"
    r"|(?:what is known about )?how (?:widespread|prevalent|common)\b[^?]{0,60}"
)
"""What the systems model of review asks under each of its findings."""
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "case-fact",
        _any_of(
            r"(?:an? )?(?:\w+ )?summary of the (?:case|circumstances|incident|events)",
            r"(?:brief )?case (?:summary|details?|outline|context|background|study(?!\W+(?:.{0,40}practice|area)))",
            r"(?:the )?background\b|context\Z",
            r"family (?:history|background|involvement)",
            r"what happened|the (?:incident|case)\Z|circumstances (?:of|leading)",
            r"(?:the )?(?:child(?:ren)?|family)[’']?s? story",
            r"about (?:the )?(?:child|baby|family)\b",
        ),
    ),
    (
        "theme",
        _any_of(
            r"themes?\b(?!\s*:?\s*\d)",
            r".*\b(?:emerging|common|key|recurring) themes\b",
            r"key ?words",
        ),
    ),
    (
        "strength",
        _any_of(
            r"(?:key |practice )?strengths?\b(?! and weaknesses)|.{3,40}\bfollowing strengths\Z",
            r"what (?:went|worked|works|is working|was done) well|what helped",
            r"(?:(?:practice|case) study\W+)?(?:(?:examples?|areas?) of )?(?:highly )?(?:good|positive"
            r"|effective) practice\b",
        ),
    ),
    (
        "question",
        _any_of(
            r"(?:an? )?(?:key |reflective |discussion )?questions?\b",
            r"(?:points|things) to (?:consider|reflect)|reflect(?:ion|ive)?\Z",
        ),
    ),
    (
        "learning-point",
        _any_of(
            r"(?:(?:key|main|summary of) )?learning (?:points?|for|themes?|identified)|(?:key )?learning\Z",
            r"(?:key )?points of learning|lessons\b|implementing change",
            r"action (?:points?|plan)|actions?\Z|next steps|options for|areas? for (?:priority )?action"
            r"|priority actions?",
            r"(?:(?:main|key|take-?away|practice) )?messages?\b(?! (?:was|were|is|from the chair))",
            r"(?:key )?recommendations?\b|the .{2,40} recommends?\Z",
            r"if you do one thing|practice (?:points|tips)|top tips",
            r"what (?:can|should|must|do) (?:you|we|i)\b|what (?:you|we) (?:can|should|must|all)\b",
            r"what (?:we|the \w+) (?:ask|are asking|is asking|expect)\b|what to do\b|what (?:does )?good looks? like",
            r"for (?:all )?(?:managers|supervisors|practitioners|professionals|leaders|staff)\Z",
            r"what (?:can|should|must|do) (?:\w+ )?(?:managers|supervisors|practitioners|professionals|agencies)\b",
            r"what (?:you )?needs? to|how (?:can|to)\b",
            r"what (?:needs to|must|could|should) change|what (?:does|do) .{2,40} needs? to (?:improve|change|do)",
            r"(?:implications|considerations|key points) for",
        ),
    ),
    (
        "finding",
        _any_of(
            r"(?:key |main |headline |summary of )?findings?\b",
            r"what (?:could|should) (?:be|have been|have gone) (?:done )?(?:better|differently)|even better if",
            r"what (?:did not|didn[’']t) (?:go|work) well|(?:(?:case|practice) study\W+)?area(?:s|\(s\))? (?:for"
            r"|of) (?:improvement|development)",
            r"what (?:we|was) (?:found|learned|learnt)|what did (?:we|the review) (?:find|learn)",
            r"the system today|national learning",
            r"why (?:does|is|this|it)\b.*\bmatters?|what (?:are we|we are) worried about|concerns?\Z",
            _ABOUT_A_FINDING,
        ),
    ),
    (
        "resource",
        _any_of(
            r"(?:our )?(?:training and |useful |further |key |helpful )?(?:resources?|links)\b",
            r"further (?:reading|information|guidance)|(?:for )?more information",
            r"did you know|training\Z|(?:useful )?contacts?\Z|where to (?:get|find|go)|(?:to )?find out more|tools\Z",
        ),
    ),
)
_IMPROVES = _any_of(r"\b(?:improvement|development|improve)\b")
_PART = _any_of(
    r"(?:(?:key|main) )?(?:learning(?: points?)?|practice points|recommendation|action)",
    r"good practice|reflective questions|questions?(?: (?:for|to) .{2,60})?",
    r"what (?:went|worked) well|what helped|even better if|area(?:s|\(s\))? (?:for|of) (?:improvement|development)",
    r"what (?:could|should) (?:be|have been|have gone) (?:done )?(?:better|differently)",
    r"what (?:can|should) (?:you|we|i) do|why (?:does|is|this|it)\b.{0,20}matters?",
    _ABOUT_A_FINDING,
)
_AUDIENCES: tuple[tuple[Audience, re.Pattern[str]], ...] = (
    ("manager", _any_of(r"\b(?:managers?|supervisors?|team leaders?|leaders|leadership)\b")),
    ("inter-agency", _any_of(r"\b(?:inter-?\s?agency|multi-?\s?agency|partner agencies|all agencies)\b")),
    (
        "system",
        _any_of(
            r"\b(?:system|board|partnership|partners|strategic|national|lscb|lscp|scp)\b",
            r"\b(?:commissioners?|commissioning)\b",
        ),
    ),
    (
        "practitioner",
        _any_of(r"\b(?:practitioners?|professionals?|front-?line|staff|social workers|health visitors|schools)\b"),
    ),
)
_NUMBERED_SUBJECT = _any_of(
    r"(?:key |practice )?(?P<series>finding|theme|lesson|learning (?:point|theme)|recommendation|issue)\s*"
    r"(?:no\.?\s*)?(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)\b"
    r"\s*(?:[:.–—-]\s*\S|\Z)",
    r"(?:practice )?theme\s*[:–—-]\s*\S",
)
_LABELLED = re.compile(
    r"(?P<label>(?:(?:key|main|reflective) )?(?:learning(?: point)?|recommendation|finding|lesson|question|action)s?"
    r"(?: for (?:the )?\w+(?: \w+)?)?\s*(?:no\.?\s*)?(?P<number>\d{0,2}))(?:\s*[:–—]|(?<=\d)\.)\s+(?P<said>\S.*)",
    re.IGNORECASE,
)
_ALL_BOLD = re.compile(r"\*\*[^*]+\*\*")
_FOOTNOTE_SIGN = re.compile(r"(?:\[\^[^\]]+\]|[⁰¹²³⁴⁵⁶⁷⁸⁹]+)\Z")
_REFERENCE = _any_of(r"(?:ref(?:erence)?|no|number)\W*\Z")
_WHO_AND_WHEN = _any_of(
    r"(?:lead|leads|lead (?:agency|person|officer)|owner|who|whom|by whom|responsib\w+|agency"
    r"|by when|when|time ?(?:scale|frame|line)s?|deadline|(?:due |target |completion |review )?date|status"
    r"|rag(?: rating)?|priority|progress)\W*\Z"
)
_FOLLOWED_UP = _any_of(
    r"(?:evidence|measures?|success (?:criteria|measures?)|how (?:will we|we will|will you) know|updates?|comments?)\b"
)
"""In a plan of who does what by when, how it is seen to be done. Elsewhere "Evidence" may be what a review saw."""
_HEADS_ROWS = _any_of(
    r"(?:(?:\w+ )?themes?|(?:key |practice )?(?:issues?|areas?(?: of practice)?)|topics?|subjects?|domains?)\W*\Z"
)
_ADDRESSED = _any_of(
    r"\W*(?:for )?(?:all )?(?:managers|supervisors|team (?:managers|leaders)|practitioners|professionals|commissioners"
    r"|front-?line (?:staff|practitioners)|social workers|health visitors|schools|the (?:board|partnership))"
    r"\W*?(?:[:–—]|\s-)\**\s"
)
_WHO_MUST = _any_of(
    r"(?:the |all |each |every |both |local |our )*(?:[\w’'-]+ ){0,3}?(?:managers?|supervisors?|team leaders?|leaders"
    r"|practitioners?|professionals?|staff|workers?|social workers?|health visitors?|midwives|nurses|gps|schools?"
    r"|teachers"
    r"|police|board|partnership|partners|commissioners|agencies|services|organisations|authority|authorities|trusts?)"
    r"(?: (?:and|or|&) [\w’' -]{2,40}?)? (?:must|should|need to|needs to|ought to|are to|is to)\b"
    r"(?! (?:also )?(?:have|not have)\b)"
)
"""Says who is to do something."""
_NUMBER = _any_of(
    r"(?:\(?\d{1,2}(?:\.\d{1,2}){0,2}[.):]?|[ivx]{1,4}[.)]|[A-H][.)]"
    r"|(?:annexe?|appendix) (?:\d{1,2}|[A-Z])\s*[.:–—-])\s+"
)
_NOT_A_HEADING = re.compile(
    rf"\A\W*{LINK.pattern}\W*\Z|https?://|\bwww\.|\S@\S|\b0\d{{3,4}}[ -]?\d{{3}}"
    r"|\A\W*(?:\d{1,2}(?:st|nd|rd|th)? )?(?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December) \d{4}\W*\Z"
)


def section_of(heading: str) -> Section:
    """What a heading's words say about what stands under it."""
    plain = _plain(heading)
    numbered = _NUMBERED_SUBJECT.match(plain) is not None
    words = _NUMBER.sub("", plain, count=1)
    if not numbered and _STANDING.match(words):
        return Section(heading, standing=True, brief=_BRIEF.match(words) is not None, subject=False)
    for kind, wording in _KINDS:
        if wording.match(words):
            if numbered:
                return Section(heading, kind=kind)
            part = words == plain and _PART.fullmatch(words.rstrip("? ")) is not None  # a number begins a section
            improves = _IMPROVES.search(words) is not None
            return Section(heading, kind=kind, audience=_audience(words), subject=False, improves=improves, part=part)
    return Section(heading)


def series_of(heading: str) -> str | None:
    """Of what a heading is one among several: "Finding 2: Drift" is a finding."""
    match = _NUMBERED_SUBJECT.match(_plain(heading))
    return match["series"].lower() if match and match["series"] else None


@dataclass(frozen=True)
class Labelled:
    """A line that says what it is and then says it: "Recommendation 1: Schools should record each contact."."""

    kind: Kind | None
    numbered: bool
    whole: bool
    """What it says is a sentence."""
    words: int
    """How many it says."""


def labelled(text: str) -> Labelled | None:
    """What a line's label promises, if it has one and says something after it."""
    match = _LABELLED.fullmatch(_plain(text))
    if match is None:
        return None
    whole = match["said"].rstrip("\"'”’)").endswith((".", "?", "!"))
    return Labelled(section_of(match["label"]).kind, bool(match["number"]), whole, len(match["said"].split()))


def addressed_to(text: str) -> Audience | None:
    """Whom a text names before it speaks: "Managers - please look at every child"; or says who must do it."""
    match = _ADDRESSED.match(text) or _WHO_MUST.match(text)
    return _audience(match[0]) if match else None


def says_who_must(text: str) -> bool:
    """Whether a sentence says that workers or their services are to do something."""
    return _WHO_MUST.match(text) is not None


def column_of(heading: str, *, of_a_plan: bool = False) -> Section:
    """What the words that head a column say: of who does it and when, that nothing in it is learning."""
    plain = _plain(heading)
    if _REFERENCE.match(plain) or _WHO_AND_WHEN.match(plain) or (of_a_plan and _FOLLOWED_UP.match(plain)):
        return Section(heading, standing=True, subject=False)
    return section_of(heading)


def heads_a_plan(cells: Sequence[str]) -> bool:
    """Whether one of the cells that head a table's columns asks who does it or by when."""
    return any(_WHO_AND_WHEN.match(_plain(cell)) for cell in cells)


def heads_rows(cell: str) -> bool:
    """Whether what stands below in its column says what each row is about."""
    return _HEADS_ROWS.match(_plain(cell)) is not None


def heads_columns(cells: Sequence[str]) -> bool:
    """Whether every cell of a row says what stands below it ("What went well | What could be better")."""
    return len(cells) > 1 and all(cell.strip() and not column_of(cell).subject for cell in cells)


def looks_like_heading(text: str, *, may_ask: bool = True) -> bool:
    """Whether a paragraph standing alone is a heading that nobody marked as one."""
    plain = _plain(text)
    numbered = _NUMBERED_SUBJECT.match(plain) is not None
    longest = _LONGEST_NUMBERED if numbered and _ALL_BOLD.fullmatch(text.strip()) else _LONGEST
    if "\n" in text.strip() or len(plain.split()) > longest or not re.search(r"[A-Za-z]{2}", plain):
        return False
    if _NOT_A_HEADING.search(text):
        return False
    if numbered:
        return True
    if plain.endswith((".", ";", ",")) or ((label := labelled(text)) is not None and label.whole):
        return False
    words = _NUMBER.sub("", plain, count=1)
    if not section_of(text).subject:
        return True
    if words.endswith("?") and (not may_ask or re.search(r"\byou(?:r|rs)?\b", words, re.IGNORECASE)):
        return False  # it asks its reader
    return (words[:1].isupper() or words[:1].isdigit()) and not re.search(r"[.!?]\s", words)


def _plain(heading: str) -> str:
    """A heading without emphasis, closing colon or dots."""
    words = _FOOTNOTE_SIGN.sub("", " ".join(re.sub(r"[*_`]", "", heading).split()))
    return re.sub(r"\s*(?:[:…]|\.{2,})+\s*\Z", "", words)


def _audience(words: str) -> Audience | None:
    return next((audience for audience, wording in _AUDIENCES if wording.search(words)), None)
