"""What an answer says that holds until something else is said: ages, who was met and seen, the plan, the worker's job.

Owns the few ways of saying each that are sure enough to go into the case sketch. It says less rather than something
false. Knows nothing of the sketch.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from assistant.noticing.observations import Span
from assistant.noticing.people import Spoken
from assistant.noticing.reading import Fact, Known, Mention, Role, Subject
from assistant.noticing.stances import Answer
from assistant.yaml_files import PackModel

_FAMILY: frozenset[Role] = frozenset(("child", "mother", "father", "man", "wider-family"))
_CHILD: frozenset[Role] = frozenset(("child",))
_GROWN: frozenset[Role] = frozenset(("mother", "father", "man", "wider-family"))
_NOT = (
    r"(?:not|never|n['’]t|nobody|no\s*one|none\s+of\s+us|hardly|barely|haven['’]?t|hasn['’]?t|didn['’]?t|couldn['’]?t)"
)
_MET = re.compile(
    rf"\b(?P<not>{_NOT}(?:['’](?:s|ve|d))?\s+(?:\w+\s+){{0,3}})?(?:met|spoken\s+to|spoke\s+to)\b", re.IGNORECASE
)
_ONLY_SEEN = re.compile(r"\bonly\b|\b(?:car|van|window|photo\w*|picture|distance|facebook|street)\b", re.IGNORECASE)
"""A grown-up "I've only seen in the car" is one whom nobody has met."""
_NOT_SEEN = re.compile(
    r"\b(?:haven['’]?t|hasn['’]?t|have\s+not|has\s+not|never|not|nobody['’]?s|no\s*one['’]?s|nobody\s+has)\s+(?:\w+\s+){0,2}"
    r"(?:seen|sat\s+(?:down\s+)?with|spoken\s+to|seen\s+to)\b",
    re.IGNORECASE,
)
_NOT_ALONE = re.compile(
    r"\b(?:don['’]?t|do\s+not|haven['’]?t|have\s+not|never|not|didn['’]?t)\s+(?:really\s+|ever\s+|actually\s+)?(?:see|seen|saw|had|have|got|get|met|spoken\s+to|speak\s+to)\s+"
    r"(?P<whom>[^,.;!?]{1,40}?)\s*\b(?:on\s+(?:his|her|their)\s+own|alone|by\s+(?:him|her|them)sel(?:f|ves))\b"
    r"|\b(?:haven['’]?t|have\s+not|never)\s+(?:really\s+|ever\s+|actually\s+)?spent\s+(?:any\s+|much\s+)?time\s+with\s+(?P<with>him|her|them)\b"
    r"|\b(?:no,?\s+)?not\s+(?:ever\s+)?(?:alone|on\s+(?:his|her|their)\s+own)\b",
    re.IGNORECASE,
)
"""That nobody has seen the child alone: "I don't really see the kids on their own", "so no, not alone"."""
_SEEN = re.compile(
    r"\b(?:I['’]ve\s+(?:\w+\s+)?seen|I\s+saw|I\s+see|we\s+saw|I\s+visited|seen\s+(?:him|her|them)|last\s+saw|I['’]ve\s+spoken\s+to)\b",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"\b(?:on\s+(?:his|her|their)\s+own|alone|by\s+(?:him|her|them)sel(?:f|ves)|one[\s-]to[\s-]one|without\s+(?:mum|dad|the\s+parents)"
    r"|away\s+from\s+(?:mum|dad|the\s+adults|home))\b",
    re.IGNORECASE,
)
_ALONE_WITH = re.compile(
    r"\b(?:saw|seen|spoke|spoken|sat|met|talked|listened|asked|drew|played|took\s+(?:him|her|them)\s+out|had)\b",
    re.IGNORECASE,
)
_SUPPOSED = re.compile(
    r"\b(?:if|['’]d\s+like|would|could|should|want|need|will|['’]ll|to\s+see|going\s+to|until|ask|want|plan|must|might)\b",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"\bsince\s+(?P<when>(?:about\s+|around\s+)?(?:last\s+)?(?:january|february|march|april|may|june|july|august|september|october"
    r"|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|easter|christmas|summer|spring|autumn|winter|half\s+term"
    r"|birth|20\d\d|\w+day)\b)",
    re.IGNORECASE,
)
_HOW_LONG = re.compile(
    r"\b(?:for|about|in|nearly|over)\s+(?P<when>(?:the\s+(?:last|past)\s+)?(?:\d{1,2}|a|two|three|four|five|six|seven|eight|nine|ten|eleven"
    r"|twelve|fifteen|eighteen)\s+(?:months?|years?|weeks?))\b",
    re.IGNORECASE,
)
_CASE_SINCE = re.compile(
    r"\b(?:we['’]ve\s+had|had\s+(?:this|the|her|him|them)\b|opened\s+in|case\s+(?:has\s+been\s+)?open|came\s+(?:in|to\s+us)"
    r"|been\s+(?:involved|going|going\s+on|like\s+this|on\s+(?:a|the)\s+plan|on\s+(?:a|the)\s+\w+\s+plan)|known\s+(?:to\s+us|them|her|the\s+family)"
    r"|working\s+with|(?:been\s+)?the\s+same\s+(?:for|since))\b",
    re.IGNORECASE,
)
_NOT_SO = re.compile(rf"{_NOT}(?:\s+\w+){{0,3}}\s*\Z", re.IGNORECASE)
_LIVES = re.compile(
    r"\b(?P<where>(?:lives?|living|placed|(?:is|are|['’]s|been)\s+staying|stays|sleeps?|sleeping)\s+"
    r"(?:with|at|round|next\s+door|on\s+(?:his|her|their)\s+own|in\s+(?:a|the)\s+(?:hostel|refuge|unit|caravan))\b"
    r"(?:(?!\s+(?:because|so|and|but|i|where|which|who|when|since)\b)\s+[\w’']+){0,5}"
    r"|in\s+(?:foster\s+care|placement|prison|custody|hospital|a\s+refuge|residential|a\s+children['’]s\s+home"
    r"|a\s+mother\s+and\s+baby\s+unit)|(?:is|['’]s)\s+dead|died|no\s+contact)",
    re.IGNORECASE,
)


_OTHERS_LIVE = re.compile(
    r"\b(?:her|his|their|the)\s+(?:\w+\s+)?(?:older|younger|other|eldest|first)\s+(?:\w+\s*){0,2}\Z", re.IGNORECASE
)
"""Before "live with their nan": "her older two"."""
_OWN_LOSS = re.compile(r"\bmy\s+(?:own\s+)?\w+\s*\Z", re.IGNORECASE)
_TOLD_NOBODY = re.compile(
    r"\b(?:(?:I|we)(?:['’]ve|\s+have)?\s+(?:told|spoken\s+to|rung|rang|said\s+(?:it\s+)?to)\s+(?:nobody|no[\s-]?one|not\s+a\s+soul)"
    r"|(?:I|we)(?:['’]ve|\s+have)?\s*(?:not|n['’]?t|never)\s+(?:yet\s+|really\s+|actually\s+)?(?:told|tell|spoken\s+to|spoke\s+to|rung|passed\s+(?:it|this|that)\s+(?:on\s+)?to"
    r"|raised\s+(?:it|this|that)\s+with|said\s+(?:anything|it|this)\s+to)\s+(?:any(?:body|one)|a\s+soul)"
    r"|(?:I|we)\s+(?:haven|didn)['’]?t\s+(?:yet\s+|really\s+|actually\s+)?(?:told|tell|spoken\s+to|speak\s+to|rung|ring|passed\s+(?:it|this|that)\s+(?:on\s+)?to"
    r"|raised\s+(?:it|this|that)\s+with|said\s+(?:anything|it|this)\s+to|say\s+(?:anything|it|this)\s+to)\s+(?:any(?:body|one)|a\s+soul)"
    r"|(?:nobody|no[\s-]?one)\s+(?:else\s+)?knows|(?:I['’]ve\s+)?kept\s+(?:it|this|that)\s+to\s+myself)\b"
    r"(?P<but>\s+(?:yet\s+|really\s+)?(?:but|except|apart\s+from|other\s+than|besides)\b)?",
    re.IGNORECASE,
)
_TOLD_SOMEBODY = re.compile(
    r"\b(?:I|we)(?:['’]ve|\s+have|['’]d)?\s+(?:(?:already|just|only)\s+)?(?:told|rang|rung|phoned|emailed|informed|spoke\s+to|spoken\s+to|spoken\s+with|spoke\s+with"
    r"|reported\s+(?:it|this|that)?\s*to|referred\s+(?:it|this|him|her|them)?\s*(?:in\s*)?to|passed\s+(?:it|that|this)\s+(?:on\s+)?to|raised\s+(?:it|this|that)\s+with"
    r"|discussed\s+(?:it|this)\s+with)\s+",
    re.IGNORECASE,
)
_NOBODY = re.compile(r"\W*(?:nobody|no[\s-]?one|none|not\s+a\s+soul)\b", re.IGNORECASE)
_ASKS_WHO_KNOWS = re.compile(r"\bwho\b[^?]*\b(?:told|tell|knows?|spoken)\b", re.IGNORECASE)
_CLOSE_BY = 12
"""Characters between "I told" and who was told."""
_NEAR = 30
"""Characters before a fact in which a "not" or an "if" turns it."""


_NO_AGENCY = re.compile(
    r"\b(?:out|through|by|behind|opened?|answered?|shut|locked?|at|on|down)\s+(?:of\s+)?(?:the|her|his|their|my)\s+front\s+door\Z"
    r"|\b(?:those|these|most|some|all|half|many)\s+(?:\w+\s+)?\w+s\Z|\bstudents?\Z|\bno\s+(?:nursery\s+)?nurse\Z"
    r"|\bworks?\b[^.,;]{0,40}\b(?:at|in)\s+(?:the|a)\s+\w+\Z",
    re.IGNORECASE,
)
"""Up to and with the word, where no agency of the case is meant."""


class FactWords(PackModel):
    """Something said of the case or the worker, and the words for it."""

    words: str
    of: Literal["case", "worker"]
    subject: Subject
    value: str


def facts_of(answer: Answer, known: Known, spoken: Spoken, words: Sequence[FactWords]) -> tuple[Fact, ...]:
    """Every fact of an answer, in the order it is said; a group with a scenario tells none of its own."""
    if known.training:
        return ()
    found = [
        *_said_in_naming(answer, spoken),
        *(fact for sentence in answer.sentence_spans for fact in _of_people(answer, spoken, sentence)),
        *_of_the_case_and_the_worker(answer, words),
        *_since(answer),
        *_who_was_told(answer, known, spoken),
        *_agencies(answer, spoken),
    ]
    return tuple(sorted(found, key=lambda fact: fact.span))


def _said_in_naming(answer: Answer, spoken: Spoken) -> Iterator[Fact]:
    for who, span in spoken.ages:
        yield Fact(of=who, subject="age", value=answer.characters[slice(*span)], span=span)
    for who, sex, span in spoken.sexes:
        yield Fact(of=who, subject="sex", value=sex, span=span)
    for who, span in spoken.unborn:
        yield Fact(of=who, subject="unborn", value="yes", span=span)
    for who, span in spoken.born:
        yield Fact(of=who, subject="unborn", value="", span=span)
    for who, role, span in (*spoken.recast, *spoken.roles):
        yield Fact(of=who, subject="role", value=role, span=span)


def _of_people(answer: Answer, spoken: Spoken, sentence: Span) -> Iterator[Fact]:
    text = answer.characters
    start, end = sentence
    if text[end - 1 : end + 1].rstrip().endswith("?"):
        return
    for met in _MET.finditer(text, start, end):
        who = _after(spoken, met.end(), sentence, _FAMILY)
        if who and not _SUPPOSED.search(text, start, met.start()):
            not_met = met["not"] or _NOT_SO.search(text[start : met.start()])
            yield _fact(who, "met", "no" if not_met else "yes", met.span())
    unseen = _NOT_SEEN.search(text, start, end)
    seen = None if unseen else _SEEN.search(text, start, end)
    alone = _ALONE.search(text, start, end)
    if unseen and not _SUPPOSED.search(text, start, unseen.start()):
        who = _after(spoken, unseen.end() - 4, sentence, _FAMILY)
        if who and alone and who.role == "child":
            yield _fact(who, "seen-alone", "no", (unseen.start(), alone.end()))
        elif who and who.role == "child" and (since := _SINCE.search(text, unseen.end(), end)):
            yield _fact(who, "seen", f"not since {since['when']}", (unseen.start(), since.end()))
        elif who and who.role in _GROWN:
            yield _fact(who, "met", "no", unseen.span())
    elif seen and not _SUPPOSED.search(text, start, seen.start()):
        who = _after(spoken, seen.end() - 4, sentence, _FAMILY)
        if who and who.role == "child":
            yield _fact(who, "seen", "yes", seen.span())
        elif who and not _ONLY_SEEN.search(text, seen.start(), end):
            yield _fact(who, "met", "yes", seen.span())
    if (
        alone
        and not unseen
        and _ALONE_WITH.search(text, start, alone.start())
        and not _SUPPOSED.search(text, start, alone.end())
    ):
        who = _who_is_alone(spoken, alone.span(), sentence)
        worker = re.search(
            r"\b(?:I|we|I['’]ve|school|teacher|ta|worker|hv)\b", text[start : alone.start()], re.IGNORECASE
        )
        if who and worker and not _NOT_SO.search(text[start : alone.start()]):
            yield _fact(who, "seen-alone", "yes", (start, alone.end()))
    yield from _not_alone(answer, spoken, sentence)
    for lives in _LIVES.finditer(text, start, end):
        who = _before(spoken, lives.start(), sentence, _FAMILY)
        first_person = re.search(r"\b(?:I|we)\b[^.,;]*\Z", text[start : lives.start()]) or _OWN_LOSS.search(
            text[start : lives.start()]
        )
        others = _OTHERS_LIVE.search(text[start : lives.start()])
        if who and not (first_person or others) and not _SUPPOSED.search(text, start, lives.start()):
            yield _fact(who, "lives", " ".join(lives["where"].split()), lives.span())


def _not_alone(answer: Answer, spoken: Spoken, sentence: Span) -> Iterator[Fact]:
    found = _NOT_ALONE.search(answer.characters, *sentence)
    if found is None or _SUPPOSED.search(answer.characters, sentence[0], found.start()):
        return
    children = [m for m in spoken.mentions if m.role == "child" and "-" in m.person]
    inside = [m for m in children if found.start() <= m.span[0] < found.end()]
    before = [m for m in children if m.span[0] < found.start()]
    who = inside[0] if inside else None if found["whom"] or not before else before[-1]
    if who is not None:
        yield _fact(who, "seen-alone", "no", found.span())


def _who_is_alone(spoken: Spoken, alone: Span, sentence: Span) -> Mention | None:
    """ "On her own" is of whoever "her" is, and "alone" of whoever was named last."""
    inside = [m for m in spoken.mentions if alone[0] <= m.span[0] < alone[1]]
    before = [m for m in spoken.mentions if sentence[0] <= m.span[0] < alone[0]]
    who = inside[0] if inside else before[-1] if before else None
    return who if who is not None and who.role == "child" and "-" in who.person else None


def _fact(who: Mention, subject: Subject, value: str, span: Span) -> Fact:
    return Fact(of=who.person, subject=subject, value=value, span=span)


def _after(spoken: Spoken, at: int, within: Span, roles: frozenset[Role]) -> Mention | None:
    """Whom a verb is about: the first named after it, or else, as in "Dad I've not met", the last before it."""
    inside = [m for m in spoken.mentions if m.role in roles and within[0] <= m.span[0] < within[1] and "-" in m.person]
    after = [mention for mention in inside if mention.span[0] >= at]
    return after[0] if after else inside[-1] if inside else None


def _before(spoken: Spoken, at: int, within: Span, roles: frozenset[Role]) -> Mention | None:
    inside = [m for m in spoken.mentions if m.role in roles and within[0] <= m.span[0] < at and "-" in m.person]
    return inside[-1] if inside else None


def _of_the_case_and_the_worker(answer: Answer, words: Sequence[FactWords]) -> Iterator[Fact]:
    """Of each subject the first that is said, in the order of the file."""
    told: set[tuple[str, str]] = set()
    for one in words:
        for said in answer.account.said(one.words):
            if (one.of, one.subject) in told or not answer.own(said):
                break
            span = answer.account.characters(said)
            before = answer.characters[max(0, span[0] - _NEAR) : span[0]]
            if one.of == "worker" and _SUPPOSED.search(before):
                continue
            denied = one.of == "case" and _NOT_SO.search(before) is not None
            told.add((one.of, one.subject))
            yield Fact(of=one.of, subject=one.subject, value="" if denied else one.value, span=span)


def _since(answer: Answer) -> Iterator[Fact]:
    text = answer.characters
    for sentence in answer.sentence_spans:
        case = _CASE_SINCE.search(text, *sentence)
        if case is None:
            continue
        since = _SINCE.search(text, case.end() - len("since "), sentence[1])
        since = since or _HOW_LONG.search(text, case.end() - len("for "), sentence[1])
        if since:
            yield Fact(of="case", subject="since", value=since["when"], span=since.span("when"))
            return


def _who_was_told(answer: Answer, known: Known, spoken: Spoken) -> Iterator[Fact]:
    """Whom the worker has told of the worry: a professional, by how they are called, or nobody."""
    text = answer.characters
    if nobody := _TOLD_NOBODY.search(text):
        if not _SUPPOSED.search(text[max(0, nobody.start() - _NEAR) : nobody.start()]):
            value = "nobody but somebody at work" if nobody["but"] else "nobody"
            yield Fact(of="worker", subject="told", value=value, span=nobody.span())
        return
    if _ASKS_WHO_KNOWS.search(known.question) and (nobody := _NOBODY.match(text)):
        yield Fact(of="worker", subject="told", value="nobody", span=nobody.span())
        return
    for told in _TOLD_SOMEBODY.finditer(text):
        who = [
            m for m in spoken.mentions if told.end() <= m.span[0] <= told.end() + _CLOSE_BY and m.role == "professional"
        ]
        if who and not _SUPPOSED.search(text[max(0, told.start() - _NEAR) : told.start()]):
            value = who[0].called or text[slice(*who[0].span)]
            yield Fact(of="worker", subject="told", value=value, span=(told.start(), who[0].span[1]))
            return


def _agencies(answer: Answer, spoken: Spoken) -> Iterator[Fact]:
    for mention in spoken.mentions:
        if mention.role == "professional" and mention.called and mention.by == "noun" and not _is_none(answer, mention):
            yield Fact(of="case", subject="agency", value=mention.called.removeprefix("the "), span=mention.span)


def _is_none(answer: Answer, mention: Mention) -> bool:
    """ "Out the front door", "one of those managers", "a student", "no nursery nurse", what only a quotation names."""
    text, start = answer.characters, mention.span[0]
    before = text[max(0, start - 2 * _NEAR) : start]
    quoted = text[:start].count('"') % 2 == 1 and '"' in text[start:]
    return quoted or _NO_AGENCY.search(before + text[slice(*mention.span)]) is not None
