"""The child and the family at the head of a record, from the case sketch: what is known, and where nothing was said.

Every value is the worker's own words or a plain term of the sketch. A gap is empty here; the template marks it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from assistant.conversation.case_sketch import CaseSketch, Person, sketch_of
from assistant.conversation.state import State, Turn
from assistant.export.agencies import agencies, said_in
from assistant.export.last_seen import OTHERS, Seen, later, seen_in
from assistant.followup.children import each_once, is_of_another_home, only_named
from assistant.followup.corrected import Corrections, corrections
from assistant.followup.genogram import lives_in_words
from assistant.followup.personal import parted
from assistant.language.ages import in_short
from assistant.language.dates import format_date
from assistant.language.paragraphs import sentences_in, sentences_of
from assistant.language.spans import holding
from assistant.noticing.person import years_of
from assistant.noticing.reading import PLANNING, Fact, Mention

_SHOWS = frozenset({"child-words", "child-behaviour"})
_ROUTINE = re.compile(
    r"\b(?:wakes?|gets? up|mornings?|breakfast|tea|bed(?:time)?|nights?|weekends?|after school|every day|usually|"
    r"puts? (?:him|her|them)|hungry|sleeps?)\b",
    re.IGNORECASE,
)
_TELLING = re.compile(
    r"\b(?:flinch\w*|duck(?:s|ed)|hid(?:es|ing)?|scared|frightened|cr(?:ies|ied|ying)|scream\w*|hungry|bruise\w*)\b",
    re.IGNORECASE,
)
_HARM = re.compile(
    r"\b(?:for|because of|under(?: the category of)?|category(?: is|:)?) "
    r"(?P<harm>neglect|(?:emotional|physical|sexual)(?: abuse| harm)?)\b",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"\bsince (?P<since>(?:the )?\d{1,2}(?:st|nd|rd|th)?(?: of)? (?!of\b)\w+"
    r"|(?:last |the )?(?:(?:early|late|mid)[- ])?\w+(?: \d{4})?)\b"
    r"|\bfor (?P<long>(?:over |nearly |about |at least |more than )?(?:\d+|an?|two|three|four|five|six|seven|eight|"
    r"nine|ten|twelve|fifteen|eighteen) (?:week|month|year)s?)\b",
    re.IGNORECASE,
)
_NOT_SO = re.compile(
    r"\b(?:know what|referred (?:a|another) (?:family|child)|wants?|wanted|would|should|could|might|may|propos\w+|"
    r"recommend\w*|suggest\w*|instead|supposed|"
    r"ought|if|going to|will be|won['’]t|ask(?:ed|ing)? for|(?<!in )needs?|apply|applied|used to|were on|was on|"
    r"had been|disagree|refused|declined|"
    r"from (?:january|february|march|april|may|june|july|august|september|october|november|december|next|the new))\b",
    re.IGNORECASE,
)
"""What somebody wants, supposes or remembers of a plan is no plan."""
_TOLD: frozenset[str | None] = frozenset({None, "focus", "last-action"})
"""Answers that tell of the case; the others decide and plan."""
_SAW_THEM = re.compile(
    r"\b(?:saw|see(?:s|n|ing)?|met|spok\w+|speak\w*|talk\w*|sat|sit|visit\w*|walk\w*|drove|took|time)\b", re.IGNORECASE
)
_LENGTH = re.compile(r"\b(?:day|week|fortnight|month|year)s?$", re.IGNORECASE)
_A_DAY = re.compile(r"(?:last )?(?:mon|tues|wednes|thurs|fri|satur|sun)day", re.IGNORECASE)
_DAILY = frozenset({"voice-of-the-child", "each-child-in-the-family"})
_STANDING = re.compile(
    r"\b(?:private law|section (?:7|8|17|20|31|37)|kinship care(?:r)?|connected carer|special guardianship(?: order)?|"
    r"child arrangements order|care leaver|leaving care|supported accommodation|interim care order|supervision order|"
    r"emergency protection order|police protection|neglect plan"
    r"|in (?:foster )?care since [a-z]+|plan before the court is (?:that )?[^.,;?!]+)\b",
    re.IGNORECASE,
)
"""How the law or a service has to do with a child, where the sketch knows of no plan."""
_JOB = re.compile(
    r"\bI(?:['’]?m| am|['’]?ve been| have been) (?:(?:the|a|an|his|her|their|only|just) )?"
    r"(?P<job>(?:[a-z-]+ ){0,2}(?:advis[eo]r|manager|lead|worker|nqsw|visitor|nurse|midwife|teacher|officer|guardian|"
    r"practitioner|senco|dsl|childminder|gp|paediatrician|therapist|counsellor)(?: (?:at|in) (?:the|a) [a-z]+)?)\b",
    re.IGNORECASE,
)
"""The worker's job in their own words."""
_WORKS = re.compile(
    r"\bI (?P<job>work (?:(?:the )?nights? )?(?:in|at|for) (?:an? |the )?(?:\w+ )?"
    r"(?:home|unit|school|nursery|hostel|refuge|hospital|team))\b|\bI (?P<other>(?:manage|run) an? \w+)\b"
    r"|\bI (?P<foster>foster)\b(?= ?[,.]| for\b| with\b)"
    r"|\bI(?: am|['’]?m) (?P<service>child(?:ren)?['’]?s social care|social care)\b",
    re.IGNORECASE,
)
"""Where they work, of whom no job is said."""
_NO_JOB = re.compile(r"\b(?:not|never|no|talking|speaking|like|meeting|seeing|ringing|telling|with)\b", re.IGNORECASE)
_NO_NAME = re.compile(r"\b(?:Mum|Dad|Nan|Gran|Grandad|Mrs|Mr|Ms|Miss|Dr)\Z")
_TITLE = re.compile(r"Mrs|Mr|Ms|Miss|Dr")
_ONLY_SINCE = re.compile(
    r",? (?:not )?since (?P<since>(?:(?:before|about|early|late|last) )?(?:the )?[\w-]+(?: \d{4})?)\b"
)
_FATHER = re.compile(r"\b(?:dad|father|stepdad)\b", re.IGNORECASE)
_PARENT = re.compile(r"\b(?:mum|mam|mom|mother|dad|father|parents?|family)\b", re.IGNORECASE)
_GROWN = frozenset({"mother", "wider-family", "carer", "family"})
_NOBODY = frozenset({"the girl", "the boy", "the lad", "the woman"})
"""How somebody is spoken of who is known by another name, or isn't of the family."""
_UNKNOWN = re.compile(r"^\W*(?:I|we) (?:don['’]?t|do not) know\b", re.IGNORECASE)
"""What nobody knows is no part of a child's day."""
_ASKS = re.compile(
    r"\W*(?:why|what|how|who|is|does|did|should|can|could)\b|.*(?:\?|\bis(?:n['’]?t)? s?he)\W*\Z",
    re.IGNORECASE | re.DOTALL,
)
_A_PART = re.compile(r"^\W*(?:that|whether|how|because|what|who|like|to)\b", re.IGNORECASE)
"""How an answer begins that is only part of a sentence, and says nothing without its question."""
_GOES_ON = re.compile(r"\W*(?:and|but|so|this time|that|it)\b|.*\b(?:will|won['’]t)\b", re.IGNORECASE)
"""How a sentence begins that goes on with another, and says too little by itself."""
_SPEAKS = re.compile(r"[\"“]|\b(?:said|says|told me)\b", re.IGNORECASE)
"""What a child said is worth more than how its sentence begins."""
_ORDERS = re.compile(r"(?:interim )?care order|supervision order|ico|final hearing", re.IGNORECASE)
"""Of these the worker's own word stands: an order made is more than proceedings."""
_HAS_A_CAPITAL = re.compile(
    r"january|february|march|april|may|june|july|august|september|october|november|december|christmas|easter"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day",
    re.IGNORECASE,
)
_CRIMINAL = 10.0
"""Years, under which no child is held."""
_LONGEST = 45
"""Words: a child's day is one line."""


@dataclass(frozen=True)
class ChildLine:
    """One child."""

    called: str
    age: str = ""
    lives: str = ""
    last_seen: str = ""
    seen_alone: str = ""
    """Yes or no, in words; empty where nothing was said."""
    day: str = ""
    """One whole sentence of what is known of their life, in the worker's words."""


@dataclass(frozen=True)
class OtherLine:
    """Anybody else of the family."""

    called: str
    age: str = ""
    lives: str = ""
    met: str = ""


Line = TypeVar("Line", ChildLine, OtherLine)


@dataclass(frozen=True)
class Family:
    """Who is in it, and what stands of the case."""

    children: tuple[ChildLine, ...]
    men: tuple[OtherLine, ...]
    others: tuple[OtherLine, ...]
    plan: str = ""
    stage: str = ""
    since: str = ""
    agencies: tuple[str, ...] = ()
    job: str = ""
    """The worker's, where they said it."""
    named: tuple[str, ...] = ()
    """Whoever else was named, without it being clear who they are."""
    who: tuple[str, ...] = ()
    """Whoever else was named, with who they are in the worker's words."""

    @property
    def known(self) -> bool:
        """Anybody stands in the sketch; in sessions kept before there was one nobody does."""
        return bool(self.children or self.men or self.others)

    @property
    def father_known(self) -> bool:
        """A father is spoken of; a man who is somebody's partner needn't be one."""
        return any(_FATHER.search(man.called) for man in self.men)

    def names_a_parent(self, words: str) -> bool:
        """The words speak of a parent, by name or otherwise."""
        names = [one.called.partition(" (")[0] for one in (*self.men, *self.others)]
        return _PARENT.search(words) is not None or any(re.search(rf"\b{re.escape(name)}\b", words) for name in names)


def family(state: State) -> Family:
    """As the session leaves it, with what the worker put right."""
    sketch = sketch_of(state)
    told_of = {who.person for turn in state.turns if turn.asked.keeps not in PLANNING for who in _spoken_of(turn)}
    put_right = corrections(state)
    plan = _as_it_stands(state, sketch, "plan")
    days, seen = _days(state, sketch, put_right), _last_seen(state, put_right)
    job = sketch.job or _job(state)
    housed = set(_surely_housed(state))
    men = _each_once(_other(one, housed) for one in sketch.men)
    others = _each_once(_other(one, housed) for one in sketch.people if one.role in _GROWN and _is_somebody(one))
    return Family(
        children=_each_once(
            _child(child, put_right.marked(days.get(child.id, "")), seen.get(child.id, {}), _not_since(state, child))
            for child in each_once(sketch.children)
            if (child.id in told_of or child.entries) and not is_of_another_home(state, child)
        ),
        men=men,
        others=tuple(
            other for other in others if other.called.casefold() not in {man.called.casefold() for man in men}
        ),
        plan=" for ".join(filter(None, (plan, _of_the_plan(state, _HARM)))) if plan else _standing(state),
        stage=_as_it_stands(state, sketch, "stage"),
        since=_how_long((_of_the_plan(state, _SINCE) or sketch.since) if plan else sketch.since),
        agencies=agencies(sketch.agencies, job, said_in(state)),
        job=job,
        named=only_named(sketch.children),
    )


def _is_somebody(person: Person) -> bool:
    """A parent of whom it isn't said which, by name; and no carer that is only wanted, as "a carer in at night"."""
    named = any(name[:1].isupper() for name in person.names)
    if person.role == "family":
        return named and not person.several
    return person.called not in _NOBODY and (person.role != "carer" or named or bool(person.entries))


def _standing(state: State) -> str:
    """ "Private law, section 7", as the worker's account has it."""
    told = [turn for turn in state.turns if turn.answer and turn.asked.keeps in _TOLD]
    found = [
        match[0][:1].lower() + match[0][1:]
        for turn in told
        for start, end in sentences_in(turn.answer or "")
        for match in _STANDING.finditer(turn.answer or "", start, end)
        if not _NOT_SO.search(turn.answer or "", start, match.start())
    ]
    return ", ".join(dict.fromkeys(found))


def _job(state: State) -> str:
    """In the worker's own words, the fullest of them."""
    told = (found["job"] for turn in state.turns for found in _JOB.finditer(turn.answer or ""))
    said = max((job.lower() for job in told if not _NO_JOB.search(job)), key=len, default="")
    if said:
        return said
    works = next((found for turn in state.turns for found in _WORKS.finditer(turn.answer or "")), None)
    if works and works["foster"]:
        return "foster carer"
    return re.sub(r"^(work|manage|run)\b", r"\1s", next(filter(None, works.groups())).lower()) if works else ""


def _as_it_stands(state: State, sketch: CaseSketch, subject: Literal["plan", "stage"]) -> str:
    """The plan, or what the case has come to, where an account says so; what is planned or wanted is neither yet."""
    kept = next((one for one in sketch.entries if one.id == f"case/{subject}"), None)
    if kept is None or kept.corrected:
        return kept.value if kept else ""
    told = (
        _in_their_words(turn, fact)
        for turn in state.turns
        if turn.reading is not None and turn.asked.keeps in _TOLD
        for fact in turn.reading.facts
        if fact.of == "case" and fact.subject == subject and fact.value and not _NOT_SO.search(_sentence_of(turn, fact))
    )
    return next(reversed(list(told)), "")


def _in_their_words(turn: Turn, fact: Fact) -> str:
    words = (turn.answer or "")[slice(*fact.span)]
    return words.lower() if fact.subject == "plan" and _ORDERS.fullmatch(words) else fact.value


def _sentence_of(turn: Turn, fact: Fact) -> str:
    answer = turn.answer or ""
    return answer[slice(*holding(sentences_in(answer), fact.span[0], (0, 0)))]


def _spoken_of(turn: Turn) -> tuple[Mention, ...]:
    """Whoever the answer speaks of. A name in a step ("police check on Craig") doesn't say who that is."""
    return turn.reading.people if turn.reading else ()


def _not_since(state: State, child: Person) -> str:
    """ "October", where the sentence that says they weren't seen alone names it."""
    words = next((one.words for one in child.entries if one.id == f"{child.id}/seen-alone"), "")
    for turn in state.turns if words and child.seen_alone is False else ():
        answer = turn.answer or ""
        for start, end in sentences_in(answer):
            at = answer.find(words, start, end)
            if at >= 0 and (since := _ONLY_SINCE.match(answer, at + len(words), end)):
                return since["since"]
    return ""


def _child(child: Person, day: str, told: Mapping[bool, Seen], not_since: str) -> ChildLine:
    said_so = next((one.words for one in child.entries if one.id == f"{child.id}/seen-alone"), "see")
    alone = {True: "yes", False: "no", None: ""}[child.seen_alone]
    if alone and not _SAW_THEM.search(said_so):
        alone = ""  # alone at home isn't seen alone, nor is "they're not on their own" not seen alone
    if not_since:
        alone = f"not since {with_capital(not_since)}"
    age = "not born yet" if child.unborn else in_short(child.age)
    seen = {"yes": "", "no": "not seen"}.get(child.says("seen"), child.says("seen"))
    if child.says("seen") == "yes" and not told:
        seen = "seen; the day isn't noted"
    if not seen and told:
        seen = _day_seen(max(told.values(), key=lambda one: one.day))
    if child.seen_alone is not False and True in told:
        alone = f"yes, {_day_seen(told[True])}"
    return ChildLine(_called(child), age, _lives(child), seen, alone, day)


def with_capital(day: str) -> str:
    """A month, or a day of the week, as it's written."""
    return day.capitalize() if _HAS_A_CAPITAL.fullmatch(day) else day


def _lives(child: Person) -> str:
    """No baby is in custody; whoever was is somebody else."""
    years = years_of(child.age)
    lives = lives_in_words(child.says("lives"))
    return "" if years is not None and years < _CRIMINAL and "custody" in lives else lives


def _day_seen(seen: Seen) -> str:
    by = seen.by if seen.by in {"", OTHERS} else f"the {seen.by}"
    return format_date(seen.day) + (f" (by {by})" if by else "")


def _called(person: Person) -> str:
    """By name where there is one, and a grown-up by who they are too: "Marcus (Dad)", "Jay (the boyfriend)"."""
    named = [name for name in person.names if name[:1].isupper() and not (_NO_NAME.search(name) or "'s " in name)]
    if not named and _NO_NAME.search(person.called):
        return next((name for name in person.names if not _TITLE.fullmatch(name)), person.called)
    if not named or person.called not in person.names:  # nobody named them, or somebody wrote it into the sketch
        return person.called
    name = person.called if person.called in named else named[0]
    who = next((one for one in person.names if one not in named and one != "the man"), "")
    return f"{name} ({who})" if who and person.role != "child" else name


def _last_seen(state: State, put_right: Corrections) -> dict[str, dict[bool, Seen]]:
    """For each child the last time, alone and otherwise."""
    found: dict[str, dict[bool, Seen]] = {}
    for turn in state.turns:
        if turn.reading is None or not turn.answer or turn.asked.keeps in PLANNING:
            continue
        for start, end in sentences_in(turn.answer):
            words = turn.answer[start:end]
            if words in put_right.saying_so:
                continue
            words = put_right.put_right(words)
            for child, seen in seen_in(words, start, turn.reading.people, state.started.at.date()).items():
                before = found.setdefault(child, {})
                before[seen.alone] = later(before.get(seen.alone), seen)
    return found


def _how_long(since: str) -> str:
    """What is said to be so since Monday is no plan's time."""
    if _A_DAY.fullmatch(since):
        return ""
    return f"{'for' if _LENGTH.search(since) else 'since'} {since}" if since else ""


def _of_the_plan(state: State, told: re.Pattern[str]) -> str:
    """What the sentence that names the plan says of it."""
    for turn in state.turns:
        for fact in turn.reading.facts if turn.reading else ():
            if fact.of == "case" and fact.subject == "plan" and fact.value and turn.answer:
                sentence = _sentence_of(turn, fact)
                if not _NOT_SO.search(sentence) and (found := told.search(sentence)):
                    return str(next(filter(None, found.groups())))
    return ""


def _each_once(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Whoever is called the same is taken for one: what is known of the first, and what only a later one adds."""
    found: dict[str, Line] = {}
    for line in lines:
        name = line.called.casefold().removeprefix("the ").partition(" (")[0]
        before = found.get(name)
        found[name] = line if before is None else replace(line, **{k: v for k, v in vars(before).items() if v})
    return tuple(found.values())


def _surely_housed(state: State) -> Iterator[str]:
    """Whoever is named in the sentence that says where they live: "she stays with Mrs Doyle" may be anybody."""
    for turn in state.turns:
        for fact in turn.reading.facts if turn.reading else ():
            if fact.subject == "lives":
                start, end = holding(sentences_in(turn.answer or ""), fact.span[0], (0, 0))
                people = turn.reading.people if turn.reading else ()
                if any(who.person == fact.of and who.by != "pronoun" and start <= who.span[0] < end for who in people):
                    yield fact.of


def _other(person: Person, housed: Collection[str]) -> OtherLine:
    corrected = any(one.corrected for one in person.entries if one.id == f"{person.id}/lives")
    lives = person.says("lives") if person.id in housed or corrected else ""
    met = {True: "met by the worker", False: "not met by the worker", None: ""}[person.met]
    return OtherLine(_called(person), person.age, lives_in_words(lives) if lives else "", met)


def _days(state: State, sketch: CaseSketch, put_right: Corrections) -> dict[str, str]:
    """For each child the sentence that shows most of their life: what they said or did, in an answer about it first."""
    best: dict[str, tuple[int, str]] = {}
    children = {child.id for child in sketch.children if not child.unborn}
    for turn in state.turns:
        for start, end, about in _sentences(turn):
            words = (turn.answer or "")[start:end]
            if (
                not 3 < len(words.split()) <= _LONGEST
                or _ASKS.match(words)
                or _UNKNOWN.match(words)
                or _A_PART.match(words)
                or (_GOES_ON.match(words) and not _SPEAKS.search(words))
                or words in put_right.saying_so
            ):
                continue
            worth = 2 * _shows(turn, start, end) + (turn.asked.theme in _DAILY) + len(set(_ROUTINE.findall(words))) // 2
            worth += worth and len(set(_TELLING.findall(words)))
            for child in [one for one in about if one in children][:1] if worth else ():
                of_them = worth + (about[0] == child)  # it is about whoever it names first
                if of_them > best.get(child, (0, ""))[0]:
                    best[child] = (of_them, words)
    return {child: words for child, (_, words) in best.items()}


def _sentences(turn: Turn) -> Iterator[tuple[int, int, list[str]]]:
    """Each sentence with whom it is surely about: "he" alone may be anybody where more than one was spoken of."""
    if turn.reading is None or not turn.answer or turn.asked.keeps not in {None, "focus"}:
        return
    case = parted(turn).case
    people = sorted(turn.reading.people, key=lambda who: who.span)
    for paragraph in sentences_of(turn.answer):
        for start, end in paragraph:
            if turn.answer[start:end] in case:
                here = [who for who in people if start <= who.span[0] < end]
                named = {who.person for who in people if who.span[0] < end and who.by != "pronoun"}
                alone = {who.person for who in people if who.role == "child"}
                sure = (
                    who.person for who in here if who.by != "pronoun" or who.person in named or alone == {who.person}
                )
                yield start, end, list(dict.fromkeys(sure))


def _shows(turn: Turn, start: int, end: int) -> bool:
    return turn.noticing is not None and any(
        start <= first < end for seen in turn.noticing.observations if seen.kind in _SHOWS for first, _ in seen.spans
    )
