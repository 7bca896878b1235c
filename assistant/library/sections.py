"""What a heading promises: the kind of what stands under it, and to whom it is addressed.

Owns the wordings that boards use for their headings. A heading it does not know is a subject of the review's own
("Invisible fathers"). Knows nothing of blocks or points.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.library.addressing import audience_named
from assistant.library.heading_words import promised
from assistant.library.points import LINK, Audience, Kind

_REMEMBERED = 8_192
"""Lines whose answer is remembered: each is asked about several times while its document is read."""
_LONGEST = 14
"""Words in the longest line that can be a heading; the longest in the shipped bulletins has 12."""
_A_FEW = 6
"""Words in the longest bold line of several questions that heads what answers them: "So what? Now what?"."""
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
    r"(?:learning )?(?:aims?|objectives?|outcomes)(?: (?:and|&) (?:aims?|objectives?|outcomes))?(?: (?:of"
    r"|for) (?:today|the|this|our)\b.{0,30})?\Z",
    r"(?:welcome|introductions?)(?:,| and| &).{0,40}|apologies\b|(?:notes|minutes) (?:of|from) (?:the )?(?:last"
    r"|previous)\b"
    r"|matters arising|(?:any other business|aob)\Z|(?:date|time)s?(?: and (?:time|venue))? of (?:the )?next\b"
    r"|agenda\Z"
    r"|(?:attendance|attendees|those present|present(?: and apologies)?|in attendance|declarations? of interests?)\Z",
    r"from (?:the|our|your) (?!(?:audit|review|learning|quality)\b)(?:\w+ )?"
    r"(?:chair|scrutineer|editor|director|manager|team|board|partnership|desk)\Z"
    r"|(?:people news|new (?:starters|faces|staff|colleagues)|comings and goings|farewells?)\b"
    r"|(?:how to )?book(?:ing)?(?: (?:a|your))?(?: place| on)?\Z|competition\b",
    r"(?:the )?(?:decisions?|outcome)(?: of (?:the )?(?:\w+ ){0,2}(?:partners|panel|partnership|review|group))?\Z"
    r"|any (?:questions|feedback|comments)\Z|(?:have we got|did we get) (?:it|this) right|how did we do\Z"
    r"|(?:status|purpose) of (?:this|the) (?:paper|note|document|plan)",
    r"what is an?\b.*\b(?:review|briefing)",
    r"why (?:this|the) (?:\w+ ){0,3}(?:review|report|audit|briefing) (?:was|is)\b"
    r"|why (?:(?:we are|are we) (?:publish|writ|produc)\w*|was (?:the|this) (?:\w+ ){0,3}review|(?:this"
    r"|the) case was chosen|(?:did we|we) (?:do"
    r"|did|hold|held|carr|audit|review|look|cho[os]se|undert)\w*)",
    r"what was (?:audited|sampled|reviewed)\Z|how we (?:worked|went about (?:it|this))\Z"
    r"|by the end of (?:the|this|today)\b"
    r"|how (?:the|this) (?:review|audit) was|how (?:we|did we) (?:do|did|carr\w+|gather\w*|undert\w+)\b",
    r"(?:.{1,40}:\s*)?what (?:did we|we) (?:do|did)\Z",
    r"(?:the )?(?:purpose of|introduction to|about|scope of|aims? of) (?:this|the) (?:briefing|bulletin|document"
    r"|review|report|summary|audit"
    r"|newsletter)",
    r"(?:review |audit )?(?:methodology|process|method|scope)\Z|the review (?:process|methodology|team)\Z",
    r"statements? (?:by|of|from) (?:the )?(?:independent )?reviewers?\b",
    r"terms of reference|statement of independence|(?:document|version) control|(?:publication|dissemination)\Z",
    r"date (?:published|of publication)\Z",
    r"(?:table of )?contents\Z",
    r"(?:information )?about (?:this|the) (?:inspection|local authority|authors?|reviewers?)\b",
    r"what (?:the|our) (?:inspection )?(?:judge?ments|grades) mean",
    r"(?:feedback|contact(?: (?:us|details|the|our)\b.{0,40}|\Z)|acknowledgements?|disclaimer|copyright|references"
    r"|bibliography|glossary"
    r"|abbreviations|acronyms)\b",
    r"in this (?:issue|edition|month)\b|why (?:a|this|the) (?:\w+ ){0,3}review\Z|and finally\Z",
    r"(?:get|keep|stay)(?:t?ing)? in touch|who[’']s who\Z|meet the (?:new )?\w+\Z|you said,? we did\Z"
    r"|practical matters\Z|ask the team\Z|tell us what you think|have your say"
    r"|(?:leave|post) a (?:reply|comment)",
    r"(?:a )?(?:message|word|note|welcome) from (?:the|our|your)\b|foreword|welcome(?: to .{3,60})?\Z|editorial\Z",
    r"(?:forthcoming|upcoming|future)? ?(?:training|event|course|diary|key)s? ?(?:dates|calendar)\b"
    r"|dates for (?:your|the) diary"
    r"|(?:(?:training|courses?)(?:,| and| &) )?events\Z"
    r"|(?:forthcoming|upcoming|future) (?:training|events|courses|webinars)\b|save the dates?\b",
    r"(?:panel )?membership|distribution|meet (?:the|our) team\b|(?:staff|team) (?:news|changes|updates?)\Z",
    r"(?:the )?inspection team|inspectors\Z|(?:lead )?inspectors? and|report authors?\Z|contributors\b",
    r"(?:local area partnership|local authority|provider|service|partnership) details\b",
    r"you (?:may|might) also (?:be interested in|like)\b|related (?:content|pages|links|articles|documents"
    r"|news|posts|topics)\b|see also\Z|(?:recent|latest|more|other) (?:posts|comments|news|articles|stories)\b"
    r"|(?:categories|archives|tags)\Z",
    r"more (?:on this|like this)\b|(?:on|in) this (?:page|section)\Z|share this\b|page (?:navigation|contents)\Z",
)
_BRIEF = _any_of(r"(?:table of )?contents\Z|date (?:published|of publication)\Z")
_ABOUT_A_FINDING = (
    r"how (?:did|does|do) (?:the|this|these) (?:issue|finding)s? (?:manifest|feature|show|play)\b[^?]{0,40}"
    r"|how do we know (?:it|this|that)\b[^?]{0,60}"
    r"|(?:what is known about )?how (?:widespread|prevalent|common)\b[^?]{0,60}"
)
"""What the systems model of review asks under each of its findings."""
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "learning-point",
        _any_of(
            r"what (?:does )?good (?:practice )?looks? like",
            r"(?:good|best|effective) practice (?:points?|tips|guid\w+|recommendations|principles|checklist"
            r"|reminders?)\b",
        ),
    ),
    (
        "case-fact",
        _any_of(
            r"(?:an? )?(?:\w+ )?summary of the (?:case|circumstances|incident|events|facts)",
            r"(?:brief )?case (?:summary|synopsis|overview|details?|outline|context|background|history"
            r"|study(?!\W+(?:.{0,40}practice|area)))",
            r"(?:the |brief )?background\b|(?:the )?context\Z|(?:the )?(?:brief |case |family )?history\Z"
            r"|(?:the )?(?:brief |key )?facts\b|synopsis\Z|pen picture"
            r"|(?:the )?timeline\Z|narrative\Z|pen portraits?\b"
            r"|(?:key )?chronology\Z",
            r"(?:family|home) (?:history|background|involvement|composition|circumstances|life|structure)"
            r"|what (?:daily |home |family )?life was like\b"
            r"|a day in the life\b",
            r"(?:the |case |family )*in brief\Z|(?:case|practice) (?:example|scenario|vignette)\b"
            r"|(?:(?:agency|agencies[’']?|service|services[’']?) (?:involvement|contact)|involvement (?:of"
            r"|with) (?:\w+ )?(?:agencies|services))\Z"
            r"|meet (?-i:[A-Z])\w+\Z|(?:the )?(?:(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) )?"
            r"(?:young people|children|babies|boys|girls|siblings|brothers|sisters|twins|parents"
            r"|household)\Z",
            r"(?:the )?circumstances\b|(?:the |about the )?(?:child|baby|infant|young person|adult|family|case"
            r"|victim)\Z"
            r"|what (?:was|did (?:we|agencies|professionals)) (?:already )?kn[oe]wn?\b"
            r"|what (?:\w+ )?(?:agencies|services|professionals|practitioners) knew\b|(?:the )?(?:index )?event\Z",
            r"(?:the )?(?:key|significant|critical) (?:events|dates)\Z|(?:(?:the|their|his|her|our) )?story\Z"
            r"|what happened|(?:the|our) (?:incident|case)\Z|incident\Z|circumstances (?:of|leading)",
            r"(?:the )?(?:(?:child(?:ren)?|family)[’']?s?|(?:[\w.]+ ){0,2}?\w+[’']s|(?:child|baby|infant"
            r"|adult) \w{1,12}[’']s) story\Z",
            r"about (?:the )?(?:child|baby|infant|family|adult|young person)\b|about (?:mr|mrs|ms|miss|mx|dr)\b",
            r"(?:the |about the )?(?:[\w’']+ ){1,2}(?:lived )?experiences?\Z",
            r"who (?:was|is|were) (?:\w+|(?:child|baby|adult|mr|mrs|ms|miss) \w+)\Z",
        ),
    ),
    (
        "theme",
        _any_of(
            r"themes?\b(?!\s*:?\s*\d)(?! and what)",
            r"(?!.*\b(?:learning|lessons|findings?)\b).*\b(?:emerging|common|key|recurring) themes\b",
            r"key ?words",
        ),
    ),
    (
        "strength",
        _any_of(
            r"(?:key |practice |areas? of )?strengths?\b(?! and weaknesses)|.{3,40}\bfollowing strengths\Z",
            r"what (?:(?:is|was|are|were) )?(?:(?:we|the \w+) (?:are|were) )?(?:went|worked|works|work(?:ing)?|done"
            r"|do(?:ing)?) well"
            r"|what helped|what worked\Z|what was (?:good|positive|strong|effective)\b|what (?:do|did) (?:we"
            r"|agencies|practitioners) do well",
            r"(?:(?:practice|case) study\W+)?(?:(?:examples?|areas?|evidence) of )?(?:highly )?(?:good|positive"
            r"|effective) (?:\w+ )?practice\b",
            r".{3,40}:\s*(?:highly )?(?:good|positive|effective) practice\Z",
            r"(?:what|where|was there) (?:\w+ )?(?:good|positive|effective) practice\b|(?:where"
            r"|when) practice was (?:good|strong)",
            r"(?:good|effective|positive|strong) (?:work|responses?|examples?)\Z|(?:going|gone|went|working"
            r"|worked) well\Z",
            r"(?:positives?|positive (?:findings|points|feedback)|successes|highlights)\Z|things that (?:went"
            r"|worked) well",
        ),
    ),
    (
        "question",
        _any_of(
            r"(?:an? |two |three |four |five |six )?(?:key |reflective |reflection |discussion )?"
            r"questions?\b(?! about (?:this|the)\b)"
            r"|have you (?:thought|considered|asked)"
            r"(?: about)?\W*\Z",
            r"(?:two |three |four |five )?(?:points|things|issues|topics) (?:to (?:ask|consider|reflect|discuss|think)"
            r"|for (?:reflection|discussion))"
            r"|reflect(?:ion|ions|ive)?(?: points| exercise)?\Z",
            r"(?:team )?discussion(?: points)?\Z|for discussion\b|ask (?:yourself|your team|yourselves)\b"
            r"|food for thought"
            r"|(?:pause|stop) (?:and|&|to) (?:think|reflect)",
        ),
    ),
    (
        "learning-point",
        _any_of(
            r"(?:(?:key|main|practice|summary of) )?learning (?:points?|for|themes?|identified|into practice)"
            r"|(?:(?:the|our) )?(?:key |practice |main )?learning\Z",
            r"(?:key )?points of learning|lessons\b|implementing change",
            r"action (?:points?|plan)|(?:(?:key|your|required|agreed|immediate|urgent|initial|early|safety|proposed"
            r"|recommended"
            r"|suggested|single[- ]agency|multi[- ]agency|improvement|smart|next|further|practice|and|or|our|these)"
            r" ){0,3}actions?\Z|next steps|options for"
            r"|areas? for (?:priority )?action|priority actions?|actions? (?:for|required|needed|to take)\b",
            r"(?:(?:main|key|take-?away|practice) )?messages?\b(?! (?:was|were|is|from the chair))|take-?aways?\b",
            r"(?:(?:key|practice|our|summary of|the review[’']?s) )?recommendations?\b|the .{2,40} recommends?\Z",
            r"improv(?:ing|ements?)\b(?! (?:is|are|was|were|has|have)\b)|(?!.*\b(?:analysis|findings?"
            r"|themes?|conclusions?|discussion|background)\b).{3,60}\b(?:learning(?: points?)?|recommendations?"
            r"|key messages|lessons)\Z",
            r".{0,40}\b(?:managers|supervisors|practitioners|professionals|agencies|staff|leaders|partners|teams"
            r"|schools|services)"
            r" (?:can|could|should|must|need to)\b.{0,30}\Z",
            r"(?:escalate|call|ring|refer|act|report|seek|contact|tell|stop)\b.{0,40}\b(?:if|when|where|unless)\Z",
            r"if you do one thing|(?:practice|top|key) (?:points|tips|reminders?|considerations|pointers)|tips for"
            r"|reminders?\Z"
            r"|things to (?:do|remember)|remember\Z|do[’']?s and don[’']?ts",
            r"(?:and )?what (?:(?:will|shall) (?:we|you|you all|i) (?:do|change)\b|(?:i|we)(?: would|[’']d)? (?:like"
            r"|ask|need|want)\b"
            r"|next\Z|now\Z|is going to change|(?:are we|we are|is being|has been) (?:going to (?:do|change)"
            r"|doing about|done about))",
            r"(?:(?:ask|act|do|remember|check|think about)|(?:things|what) to try\b.{0,30}|to[- ]do(?: list)?)\Z",
            r"what (?:can|should|must|do) (?:you|we|i)\b(?! (?:need to )?(?:know|find|see|mean|look)\b)|what (?:you"
            r"|we) (?:can|should"
            r"|must|all)\b",
            r"what (?:we|the \w+) (?:ask|are asking|is asking|expect|want|would like|need)\b(?!.{0,20}\bto (?:know"
            r"|learn|understand)\b)|what (?:not )?to (?:do|avoid|ask|record|say)\b"
            r"|what (?:does )?good looks? like|what (?:helps|(?:would|could|will) (?:help|make a"
            r" difference))\Z",
            r"(?:you|we|everyone|everybody) (?:must|should|need to|can|could)\b.{0,30}\Z|(?:please )?(?:avoid"
            r"|do not|don[’']t|never|always)\Z|dos and don[’']?ts|agree (?:as|with) (?:a|your) team\Z",
            r"what is (?:expected|required) of|what (?:does|do) (?:this|the learning|it|these) mean for"
            r"|what this means for",
            r"for (?:all )?(?:managers|supervisors|practitioners|professionals|leaders|staff)\Z",
            r"what (?:can|should|must|do) (?:\w+ )?(?:managers|supervisors|practitioners|professionals|agencies)\b",
            r"(?:all )?(?:managers|supervisors|practitioners|professionals|agencies|staff|leaders|partners|teams"
            r"|schools)"
            r" (?:should|must|need to|can)\Z",
            r"what (?:you )?needs? to(?! know)|how (?:can|to)\b",
            r"what (?:needs to|must|could|should|has to) (?:change|happen)|what (?:does|do) .{2,40} needs? to"
            r" (?:improve|change|do)",
            r"(?:implications|considerations|key points|advice|messages|pointers) for|practice implications\Z",
        ),
    ),
    (
        "finding",
        _any_of(
            r"(?:key |main |headline |overall |audit |summary of (?:the )?)?findings?\b",
            r"what (?:could|should) (?:be|have been|have gone|have happened) ?(?:done )?(?:better|differently)?"
            r"|even better if",
            r"what (?:did not|didn[’']t|has not|is not|isn[’']t|was not|wasn[’']t) (?:go|gone|work|working"
            r"|worked) ?(?:so )?well"
            r"|(?:(?:case|practice) study\W+)?area(?:s|\(s\))? (?:for|of) (?:improvement|development|concern)",
            r"what (?:we|was|the (?:\w+ )?(?:reviews?|audit)|it) (?:found|learned|learnt|told us|identified|showed)"
            r"|what (?:else )?(?:did|have|do) (?:we|they|it|the (?:\w+ )?(?:reviews?|audit))"
            r" (?:find|found|learn|learnt|learned|tell us|told us|identify|show|know|see)",
            r"the system today|national learning",
            r"why (?:does|is|this|it)\b.*\bmatters?|what (?:are we|we are) (?:\w+ )?(?:worried|concerned) about"
            r"|concerns?\Z",
            r"(?:missed opportunities|(?:key )?(?:issues|challenges)(?: identified)?|barriers|conclusions?"
            r"|(?:key )?(?:practice )?episodes)\Z",
            _ABOUT_A_FINDING,
        ),
    ),
    (
        "resource",
        _any_of(
            r"(?:our )?(?:training and |useful |further |key |helpful |local |supporting )?(?:resources?|links)\b",
            r"further (?:reading|information|guidance|support|help)|(?:for )?more information|sources of (?:help"
            r"|support)",
            r"(?:help|advice|support) and (?:help|advice|support|guidance)\Z|need (?:more )?(?:help|advice"
            r"|information|support)\b"
            r"|(?:support|help|advice) available\b|signposting\Z",
            r"did you know|training(?: and (?:development|resources|events))?\Z|(?:useful )?contacts?\Z"
            r"|where to (?:get|find|go)"
            r"|(?:to |want to |where can i )?(?:find out|know|learn|read) more|tools\Z|useful (?:contacts"
            r"|information|documents|websites)|related (?:policies"
            r"|guidance)",
        ),
    ),
)
_LISTED = re.compile(r"(?:19|20)\d\d\s*[–—-]\s*[A-Z][\w&’' -]{2,60}\s[–—-]\s*\S")
"""In a list of reviews, which review: "2022 – Northmoor – Baby Q". What stands under it tells what happened."""
_IMPROVES = _any_of(r"\b(?:improvement|development|improve)\b")
_A_STUDY = _any_of(r"(?:case|practice) study\b")
_PART = _any_of(
    r"(?:(?:key|main) )?(?:learning(?: points?)?|practice points|recommendation|action)",
    r"good practice|reflective questions|questions?(?: (?:for|to) .{2,60})?",
    r"what (?:went|worked) well|what helped|even better if|area(?:s|\(s\))? (?:for|of) (?:improvement|development)",
    r"what (?:could|should) (?:be|have been|have gone) (?:done )?(?:better|differently)",
    r"what (?:can|should) (?:you|we|i) do|why (?:does|is|this|it)\b.{0,20}matters?",
    _ABOUT_A_FINDING,
)
_NUMBERED_SUBJECT = _any_of(
    r"(?:key |practice )?(?P<series>finding|theme|lesson|learning (?:point|theme)|recommendation|issue)\s*"
    r"(?:no\.?\s*)?(?:\d+|[A-H](?=\s*[:.–—-])|one|two|three|four|five|six|seven|eight|nine|ten)\b"
    r"\s*(?:[:.–—-]\s*\S|\Z)",
    r"(?:practice )?theme\s*[:–—-]\s*\S",
)
_LABELLED = re.compile(
    r"(?P<label>(?:(?:key|main|practice|reflective) )?(?:learning(?: point)?|recommendation|finding|lesson|question"
    r"|action)s?"
    r"(?: for (?:the )?\w+(?: \w+)?)?\s*(?:no\.?\s*)?(?P<number>\d{0,2}))(?:\s*[:–—]|(?<=\d)\.)\s+(?P<said>\S.*)",
    re.IGNORECASE,
)
_ALL_BOLD = re.compile(r"\*\*[^*]+\*\*")
_FOOTNOTE_SIGN = re.compile(r"(?:\[\^[^\]]+\]|[⁰¹²³⁴⁵⁶⁷⁸⁹]+)\Z")
_REFERENCE = _any_of(r"(?:ref(?:erence)?|no|number)\W*\Z")
_WHO_AND_WHEN = _any_of(
    r"(?:lead|leads|lead (?:agency|person|officer)|owner|who|whom|by whom|responsib\w+|agency"
    r"|by when|when|time ?(?:scale|frame|line)s?|deadline|(?:due |target |completion |review )?date|status"
    r"|rag(?: rating)?|priority|progress|grades?|ratings?|judge?ments?)\W*\Z"
)
_FOLLOWED_UP = _any_of(
    r"(?:evidence|measures?|success (?:criteria|measures?)|how (?:will we|we will|will you) know|updates?"
    r"|comments?)\b"
)
"""In a plan of who does what by when, how it is seen to be done. Elsewhere "Evidence" may be what a review saw."""
_HEADS_ROWS = _any_of(
    r"(?:(?:\w+ )?themes?|(?:key |practice )?(?:issues?|areas?(?: of practice)?)|topics?|subjects?|domains?)\W*\Z"
)
_NUMBER = _any_of(
    r"(?:\(?\d{1,2}(?:\.\d{1,2}){0,2}[.):]?|[ivx]{1,4}[.)]|[A-H][.)]"
    r"|(?:table|box|part|item|slide|step|minute|section|stage) \d{1,2}\s*[.:–—-]"
    r"|(?:one|two|three|four|five|six|seven|eight|nine|ten)\s*[.:–—]"
    r"|(?:annexe?|appendix) (?:\d{1,2}|[A-Z])\s*[.:–—-])\s+"
)
_OF_ALL = _any_of(
    r"(?:an? |the )?(?:brief |short |quick |executive )?(?:summary|overview|outline"
    r"|analysis) of (?:the )?"
)
"""Before what a heading promises: "Summary of what was good"."""
_NOT_A_HEADING = re.compile(
    rf"\A\W*{LINK.pattern}\W*\Z|https?://|\bwww\.|\S@\S|\b0\d{{3,4}}[ -]?\d{{3}}"
    r"|\A\W*(?:\d{1,2}(?:st|nd|rd|th)? )?(?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December) \d{4}\W*\Z"
)


@lru_cache(maxsize=_REMEMBERED)
def section_of(heading: str) -> Section:
    """What a heading's words say about what stands under it."""
    plain = _plain(heading)
    bare = _unnumbered(plain)
    numbered = _NUMBERED_SUBJECT.match(bare) is not None
    if _LISTED.match(plain):
        return Section(heading, kind="case-fact")
    words = bare.rstrip("?")
    of_all = _OF_ALL.sub("", words, count=1)
    if not numbered and _STANDING.match(words):
        return Section(heading, standing=True, brief=_BRIEF.match(words) is not None, subject=False)
    for kind, wording in _KINDS:
        if wording.match(words) or wording.match(of_all):
            if numbered:
                return Section(heading, kind=kind)
            part = bare == plain and _PART.fullmatch(words.rstrip()) is not None  # a number begins a section
            improves = _IMPROVES.search(words) is not None and not _A_STUDY.match(words)
            return Section(
                heading, kind=kind, audience=audience_named(words), subject=False, improves=improves, part=part
            )
    if numbered:
        # Under a theme among others stands what was found about it, whatever all of them are called.
        return Section(heading, kind="theme" if series_of(heading) == "theme" else None)
    promise = promised(words)
    return Section(heading, standing=True) if promise == "standing" else Section(heading, kind=promise)


def _unnumbered(heading: str) -> str:
    number = _NUMBER.match(heading)
    return heading[number.end() :] if number else heading


def series_of(heading: str) -> str | None:
    """Of what a heading is one among several: "Finding 2: Drift" is a finding."""
    match = _NUMBERED_SUBJECT.match(_unnumbered(_plain(heading)))
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


@lru_cache(maxsize=_REMEMBERED)
def looks_like_heading(text: str, *, may_ask: bool = True) -> bool:
    """Whether a paragraph standing alone is a heading that nobody marked as one."""
    plain = _plain(text)
    numbered = _NUMBERED_SUBJECT.match(_unnumbered(plain)) is not None
    longest = _LONGEST_NUMBERED if numbered and _ALL_BOLD.fullmatch(text.strip()) else _LONGEST
    if "\n" in text.strip() or len(plain.split()) > longest or not re.search(r"[A-Za-z]{2}", plain):
        return False
    if _NOT_A_HEADING.search(text):
        return False
    if numbered:
        return True
    if plain.endswith((".", ";", ",")) or ((label := labelled(text)) is not None and label.whole):
        return False
    words = _unnumbered(plain)
    if not section_of(text).subject:
        return True
    if _ALL_BOLD.fullmatch(text.strip()) and len(words.split()) <= _A_FEW and words.endswith("?"):
        return True
    if words.endswith("?") and (not may_ask or re.search(r"\byou(?:r|rs)?\b", words, re.IGNORECASE)):
        return False  # it asks its reader
    return (words[:1].isupper() or words[:1].isdigit()) and not re.search(r"[.!?]\s", words)


def _plain(heading: str) -> str:
    """A heading without emphasis, closing colon or dots."""
    words = _FOOTNOTE_SIGN.sub("", " ".join(re.sub(r"[*_`]", "", heading).split()))
    return re.sub(r"\s*(?:[:…]|\.{2,})+\s*\Z", "", words)
