"""Steps: what somebody means to do, split from however it was written.

Owns, for each piece of an answer (`step_pieces.py`), whether it's a step, who does it, by which day, and the word in it
that says little. Where a plan was asked for, everything in the answer that can be a step is one; elsewhere only
what the worker plainly says they will do. Knows nothing of what makes a good plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.language.clauses import Said
from assistant.language.dates import Named, dates, without
from assistant.language.lazy_patterns import late
from assistant.language.words_before import FAR, just_before
from assistant.noticing.observations import Span
from assistant.noticing.plan_words import PlanWords
from assistant.noticing.reading import ON_THE_PAGE, PLANNING, Known, Step
from assistant.noticing.stances import Answer
from assistant.noticing.step_pieces import DOES, WILL, actors, pieces, trimmed

_PLANNED = late(
    r"\b(?:I|we)(?:['’]ll|\s+will|['’]m\s+going\s+to|\s+am\s+going\s+to|['’]re\s+going\s+to|\s+need\s+to|\s+shall"
    r"|\s+have\s+to|['’]ve\s+to|['’]ve\s+got\s+to|['’]m\s+to|['’]ve\s+booked|['’]m\s+(?:ring|see|visit|writ|go|meet)\w*)"
    r"\s+(?!have\b|be\s+honest\b|say\b|admit\b|never\b|know\b|tell\s+you\b|call\s+(?:him|her|them)\b|not\b|think\b|guess\b)",
    re.IGNORECASE,
)
_CONDITION = late(r"\b(?:if|when|unless|would|wouldn['’]t|could|might|suppose)\b", re.IGNORECASE)
_ASKED_OF = late(
    r"\b(?:ask|tell|get|for|want|need|invite|remind|see|ring|with|of|speak|talk|write)\b[^,;:]*$", re.IGNORECASE
)
_LEADS_ON = late(r"\s*(?:[:,–-]|and\b|with\b|['’](?:m|re|s|ll|ve)\s+(?:to\b|\w+ing\b)|(?:is|are|am)\s+\w+ing\b)")
_COMMENT = late(
    r"(?:because|cos|its|thats|theres|hes|shes|theyre|[A-Z][a-z]+['’]s\s+(?:at|home|in|not|been|useless|fine|a|the|still)\b|what|we['’]ve(?!\s+(?:got\s+)?to)|that['’]?s|that\s+is|it['’]?s|there['’]?s|there['’]ll|there\s+(?:are|will|was|were|is)(?:n['’]t)?|he['’]?s|she['’]?s|they['’]?re|he|she|they|it|nobody"
    r"|no\b|not\b|yes\b|which|who|so\s+that|i\s+(?:just\s+|already\s+)?(?:decided|said|gave|told\s+you)\b|i['’]ve(?!\s+(?:got\s+)?to)|i\s+(?:don|can|did|had|was|am|think|know)|i['’]d|if|when|otherwise"
    r"|you\s+(?:didn|asked|never|haven|said)|ask\s+me\s+about|i\s+should\s+have\b|(?:can|could|should|shall|am|do|is\s+it)\s+(?:I|we|it)\b|ongoing\W*\Z|supposed\s+to\b"
    r"|two\s+things|one\s+thing|three\s+things|right,?\s*actions|actions)\b",
    re.IGNORECASE,
)
_QUESTION = late(
    r"(?:can|could|should|shall|would|is|are|am|do|does|did|have|has|what|who|when|where|why|how|which|steps?|already)\b[^?]*\?",
    re.IGNORECASE,
)
_SOMEBODY = late(r"(?:(?:[Tt]he|[Mm]y|[Oo]ur)\s+)?[A-Z][\w.]*(?:\s[A-Z][\w.]*)?")
_WITH_SOMEBODY = late(r"\s*(?:[,;()&–-]|\band\b|\bwith\b|\bby\b)\s*")
_TOGETHER = late(
    r"(?P<who>(?:Me|I|[A-Z]\w+)\s+and\s+(?:(?:the|my)\s+)?\w+(?:\s+from\s+(?:the\s+)?\w+)?)\s+(?:will|to|are|go|visit|see|ring|do|meet)\b"
)
_NAMED_DOES = late(
    rf"(?P<who>[A-Z][\w.]*(?:\s(?:tutor|nurse|visitor|worker|teacher|manager|doctor|carer))?)(?:,?\s+(?:that['’]?s\s+|who['’]?s\s+)?(?:my|the|our)\s+\w+,?)?\s+(?:{DOES}|goes|does)\b"
)
_STANDS_ALONE = late(
    r"\s*(?:presumably|probably|maybe|perhaps|hopefully|i\s+(?:think|suppose|guess|imagine))?[\s.!)]*(?:$|,\s*(?:at|by|on|before"
    r"|today|tonight|tomorrow|now|this|next|first|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b)",
    re.IGNORECASE,
)
"""After somebody named between commas, or at the end: "the paediatrician presumably, at the meeting"."""
_DOES_IT = late(rf"\s+(?:{DOES}|goes|does)\b")
"""After somebody: "head of year keeps her in"."""
_GOES_ON_WITH = late(r"\s*[,;]\s*(?:and\s+)?(?:then\s+)?\Z|\s+and\s+(?:then\s+)?\Z|\s+then\s+\Z", re.IGNORECASE)
_ME_FOR = late(r"\s+(?:then|the|for|his|her|their)\b", re.IGNORECASE)
_ASIDE = late(
    r"\s*,\s*(?:i\s+(?:think|suppose|do(?:n['’]t|nt|\s+not)\s+know)|they['’]?ve|not\s+sure)\b.*\Z", re.IGNORECASE
)
"""What is only remarked after a step: "…, I think it's been sent off"."""
_ON_ITS_OWN = r"(?:ring|call|phone|go|stop|finish|start)"
_SAYS_NOTHING_DONE = late(
    r"i['’]?m\s+(?:going|off)(?:\s+(?:in|now|there|back|out|home))*\W*|(?:i|we)(?:['’]?ll|\s+will|['’]?m\s+going\s+to|\s+am\s+going\s+to|['’]?ve\s+(?:got\s+)?to|\s+have\s+to)\s*\b"
    rf"(?:(?:do|fix|sort|leave|change)\s+(?:it|that|this|so|them)\b|{_ON_ITS_OWN}\b)?"
    rf"(?:\W+(?:now|then|later|myself|here|there|just|and|{_ON_ITS_OWN}|in\s+a\s+(?:minute|bit)|(?:when|once|after|as\s+soon\s+as)\b[^,]*))*\W*",
    re.IGNORECASE,
)
"""Somebody will, and it isn't said what: "I will when we finish", "I'm going to stop now and ring"."""
_PUT_DOWN = late(
    r"(?:put|add)\b[^.;]*?\b(?:at\s+the\s+(?:top|end|bottom)|down|first|(?:on|in)\s+(?:there|it))\b(?:[^.;]*?,?\s+and\s+(?=\w+\s+\w)|[^.;]*\Z)",
    re.IGNORECASE,
)
"""Said of the page, before a step: "put Juniper at the top, not seen, and ring the office"."""
_ABOUT_THE_PAGE = late(
    r"\b(?:strike|delete|remove|scrap)\b|\btake\b[^.]*\bout\b|\bnot\s+a\s+step\b|\b(?:step|steps|decision|page)\b.*\b(?:isn|is\s+not|aren|wasn|missing|wrong|not)\b|\b(?:missing|wrong|right)\b"
    r"|\b(?:take|cross|leave)\s+(?:out|off)\b|\bI\s+(?:asked|said|meant|was)\b"
    r"|\bnot\s+(?:a|an|the|one|two|three|four|five|\d)\b"
    r"|\b(?:is|are|was)(?:n['’]?t|\s+not)\s+(?:a|the)\s+(?:plan|step|action|decision)\b"
    r"|^\W*(?:number\s+\w+|the\s+\w+)(?:['’]s|\s+is)\s+(?:me|mine|him|her|them|you)\W*$",
    re.IGNORECASE,
)
"""Where the last page is put right: said of the page, and no step, though it may sound so: "One visit, not three"."""
_LOOK_AGAIN = late(
    r"(?:\b(?:and|then|we|we['’]ll|I['’]ll|let['’]?s)\s+)*\b(?:look|looking|com(?:e|ing)|meet|meeting|talk|speak|sit|sitting)\s+"
    r"(?:(?:at|to|about)\s+)?(?:(?:it|this|that|them)\s+)?(?:again|back|down)\b|\bwe\s+(?:next\s+)?(?:meet|sit\s+down)\b"
    r"|\b(?:the\s+|our\s+|next\s+)?(?:review(?:\s+(?:date|day))?|next\s+(?:time|date|one|session|supervision))(?:['’]s|\s+(?:is|should\s+be|can\s+be|for\s+this\s+is))\s+(?=(?!not)\w)"
    r"|\b(?:look\s+at|review)\s+(?:it|this|that|us)?\s*(?=(?:on|next|tomorrow|in|by|before|the\s+\d|a\s+(?:week|fortnight|month)|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b)",
    re.IGNORECASE,
)
"""The next time the two of them look at it."""
_ONLY_WHEN = late(
    r"\W*(?:(?:by|on|at|before|first\s+thing|and|the|in|latest|am|pm|morning|afternoon|evening|teatime|lunchtime|o'clock"
    r"|one|two|three|four|five|nine|ten|half|past|\d+(?:[.:]\d\d)?(?:am|pm)?)\W*)*\Z",
    re.IGNORECASE,
)
_MANNER = late(
    r"\W*(?:on|by)\s+(?:his|her|their|my|our)\s+own\W*|\W*(?:alone|together|unannounced|jointly)\W*", re.IGNORECASE
)
_BY = late(r"\b(?:by|before|until)\s+$", re.IGNORECASE)
_THEY_WILL = late(
    r"(?:he|she|they|it)(?:['’](?:d|ll)|\s+(?:would|will|could|can))\s+(?:do|be|get|have)\b", re.IGNORECASE
)
"""Of a gap that is asked about: "she'd do it by Sunday"."""
_ALONE = late(r",\s*\Z")
"""Before a day that stands by itself: "ask if she's been seen alone, Monday"."""
_TO_BE_DONE = late(
    r"\bto\s+be\s+(?:told|seen|asked|rung|weighed|checked|measured)\b|\bi\s+want\s+[^,.;]+\s(?:told|seen|asked|rung|weighed|checked|measured|booked)\b",
    re.IGNORECASE,
)
_NOT_ON = late(r"\bnot\s+(?:on\s+|till\s+|until\s+)?\Z", re.IGNORECASE)
""" "Now, not Tuesday"."""
_GONE_BY = late(
    r"\b(?:saw|seen|did|wrote|since|happened|said|told|rang|was|were|had|last)\b(?:\s+\S+){0,2}\s*$", re.IGNORECASE
)
_NOW = late(
    r"\b(?:now|immediately|after\s+this|the\s+minute\s+we\s+finish|as\s+soon\s+as\s+we\s+finish)\b", re.IGNORECASE
)
_SO_I_WILL = late(r"(?:,\s*|\s+)so\s+(?=(?:I|we)(?:['’]ll|\s+will|['’]m\s+going\s+to)\b)", re.IGNORECASE)
_NEXT_ITEM = late(r"\n|\d[.):]?\s*\Z")
"""Between two steps: a list with a line or a number for each, where nobody goes on from the one before."""
_SHORT = 5
"""Words of a note such as "joint visit with the HV"."""
_I_DO = late(
    r"\W{0,3}(?:(?:today|tomorrow|tonight|then|now|first|next|on|by|before|after)\b[^,.;]{0,24}?[\s,]+)?"
    r"i(?:['’]?ve\s+got\s+to|['’]?ve\s+to|\s+have\s+to|\s+need\s+to|\s+must|\s+(?!should|would|could|might|can|want|like|hope|wish|said|think|thought|feel|felt|am|was|did|don|know))\s*\w",
    re.IGNORECASE,
)
"""Whoever types does it, when first: "Today I ring Gillian", "I've got to put the record right"."""
SPEAKER = frozenset(("i", "me", "myself", "i'll", "ill", "i’ll"))
"""Whoever types, however they said so."""
_NOBODY = frozenset("nobody noone somebody someone anybody anyone everybody everyone".split()) | {"no one", "some one"}
_MINE = late(
    r"(?<!ring\s)(?<!tell\s)(?<!call\s)(?<!with\s)(?<!for\s)(?<!to\s)(?<!see\s)(?<!let\s)(?<!text\s)(?<!give\s)(?<!ask\s)(?<!email\s)(?<!phone\s)(?<!help\s)(?<!and\s)(?<!from\s)(?<!about\s)(?<!not\s)"
    r"\bme\b(?=\s*,?\s*(?:today|tonight|tomorrow|now|on|by|first\s+thing|before|next|this|straight|when|weds|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|\W*\Z)|(?<!with\s)(?<!to\s)(?<!for\s)\bme\s+and\s+(?-i:[A-Z])\w+",
    re.IGNORECASE,
)
"""Whoever types does it: "ring the doctor today me"."""
_THATS = late(r",\s*that['’]?s\s+(?P<who>(?-i:[A-Z])\w+|me)\W*\Z", re.IGNORECASE)
""" "Food bank voucher, that's Jas"."""
_SOMEBODY_TO = late(
    r"(?P<who>(?:(?:the|my|our)\s)?(?!(?:want|need|try|go|going|have|has|got|like|used|able|ask|tell|get|i|we|he|she|they|it|you|what|how|when|back|up|down|round|next|nothing|something)\b)[a-z]+\s(?-i:[A-Z])\w+)\s+(?:not\s+)?to\s+(?!the\b|a\b|my\b|him\b|her\b|them\b|school\b|work\b)\w+",
    re.IGNORECASE,
)
""" "sergeant Khan to read it over"."""
_NOTES = range(2, 13)
_TELLS = late(
    r"\b(?:i['’]?(?:m|ve|d)|i|he|she|they|we|it|that|this|there|was|were|had|is|are|been|think|feel|hope|know|because|cos|maybe|honestly|nothing|nobody|not\s+sure|dunno|never|if|but|should|could|would|might|said|says|want|wants|thing|really|anyway|no|yes|sorry|what|why|who|how|ok|okay|cheers|thanks|please|you|your)\b|['’](?:s|re|ll|d)\b|\?",
    re.IGNORECASE,
)
"""What a note of something to be done doesn't say."""
_NOTED = late(
    r"\w+(?:\s+\w+)?\s+about\s+\w|[\w’']+(?:\s+[\w’']+){0,3}\s+(?:told|seen|rung|booked|asked|weighed|checked)(?:\s+(?:in\s+the|on|by|to|today|tomorrow|tonight|first)\b|\W*\Z)",
    re.IGNORECASE,
)
""" "School nurse about the twins' speech", "Practice lead told in the morning"."""
_TAKEN_BACK = late(
    r"\bno\W+(?:that['’]?s\s+(?:daft|silly|stupid|rubbish|no\s+good|not\s+right)|not\s+that|scrap\s+that|forget\s+that|ignore\s+that)\b|\b(?:scrap|forget|ignore)\s+that\W*\Z",
    re.IGNORECASE,
)
""" "Speak to her boss about shifts no that's daft"."""
_NO_NAME = late(
    r"(?:(?:ask|tell|ring|get|see|call|find|make|write|send|let|give|check|book|refer|referral|remind|speak|talk|report|weigh|visit|email|text|phone|chase|keep|put|do|go|sit|meet|take|look|read|work|push|escalate|request|contact|arrange)\b|by\s|on\s|i\b|then\b|there\b|that\b|this\b|it\b|mine\b|(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tonight|tomorrow)",
    re.IGNORECASE,
)
_BY_NAME = late(
    r"(?:[\w\s]{0,20}[:,]\s*)?(?P<who>[A-Z][\w.]*(?:\s[A-Z][\w.]*)?)"
    rf"(?:\s*:|['’]ll\b|['’]s\s+\w+ing\b|\s+{WILL})"
)
_LEAD_IN = late(r"^(?:by|on|before)?\s*(?:the\s+)?[\w\s]{0,20}[:,–-]\s*", re.IGNORECASE)


def steps_of(answer: Answer, known: Known, words: PlanWords) -> tuple[Step, ...]:
    """Every step in the answer, in order."""
    if known.keeps not in PLANNING:
        return tuple(_volunteered(answer, known, words))
    steps: list[Step] = []
    passed: Span | None = None
    for start, end, listed in pieces(answer):
        span = _said_to_be_done(answer, (start, end)) if known.keeps == ON_THE_PAGE else (start, end)
        piece = answer.characters[slice(*span)]
        when = dates(piece, known.today)
        who = _only_somebody(answer, span, when)
        before = steps[-1].span if steps else passed
        if before and not (steps and known.keeps == ON_THE_PAGE) and (who or (steps and _goes_on(piece, when))):
            earlier = steps.pop() if steps else None
            steps.append(_joined(answer, (before[0], span[1]), known, words, earlier, who))
        elif (
            who
            and known.keeps != "step-gap"
            and not (known.keeps == "action" and when and who.casefold() not in SPEAKER)
        ):
            continue
        elif known.keeps == "action" and when and _goes_on(piece, when):
            continue  # "Me. Today." before any step
        elif _is_a_step(answer, span, when, known, listed=listed):
            steps.append(_step(answer, span, when, words, known.today))
        passed = None if _COMMENT.match(piece) or _QUESTION.match(piece) else span
    return tuple(_theirs(answer, steps)) if known.keeps == "action" else tuple(steps)


def _is_a_step(answer: Answer, span: Span, when: Sequence[Named], known: Known, *, listed: bool) -> bool:
    piece = answer.characters[slice(*span)]
    fills = known.keeps == "step-gap" and bool(when) and _THEY_WILL.match(piece) is not None
    return (
        bool(piece)
        and (listed or fills or _may_be_a_step(answer, span, when, known))
        and not _only_said(answer, span, known)
    )


def _says_nothing_done(words: str) -> bool:
    """Somebody will, and it isn't said what."""
    return _SAYS_NOTHING_DONE.fullmatch(words) is not None


def _theirs(answer: Answer, steps: Sequence[Step]) -> Iterator[Step]:
    """ "Me, Dawn tomorrow. Read the old plans. Ask her who he is": whoever begins "me" goes on with their own."""
    mine = bool(steps) and steps[0].who.casefold() in SPEAKER and steps[0].text.casefold().startswith("me")
    before = ""
    for place, step in enumerate(steps):
        gap = answer.characters[steps[place - 1].span[1] : step.span[0]] if place else ""
        if before and not step.who and _GOES_ON_WITH.fullmatch(gap) and _begins_with_doing(answer, step.span):
            step = step.model_copy(update={"who": before})  # noqa: PLW2901 - the same step, with whose it is
        before = step.who
        mine = mine and not _NEXT_ITEM.search(gap) and (not step.who or step.who.casefold() in SPEAKER)
        said_anew = mine and not step.who and _begins_with_doing(answer, step.span)
        yield step.model_copy(update={"who": "me"}) if said_anew else step


def _volunteered(answer: Answer, known: Known, words: PlanWords) -> Iterator[Step]:
    """Where no plan was asked for: only what the worker plainly says they will do."""
    for start, end, _ in pieces(answer):
        piece = answer.characters[start:end]
        if _says_nothing_done(piece):
            continue
        when = dates(piece, known.today)
        planned = _PLANNED.search(piece) or (
            known.keeps == "decision" and when and _is_to_be_done(answer, (start, end))
        )
        if planned and not _CONDITION.search(piece) and not answer.quotes((start, end)):
            yield _step(answer, (start, end), when, words, known.today)


def _is_to_be_done(answer: Answer, span: Span) -> bool:
    """Beside a decision: "I ring her tonight", "Ring MASH tomorrow"."""
    piece = answer.characters[slice(*span)]
    does = _I_DO.match(piece) or _begins_with_doing(answer, span) or _who(answer, span, piece)
    return not _COMMENT.match(piece) and bool(does)


def _only_said(answer: Answer, span: Span, known: Known) -> bool:
    """A question; or, where the last page is put right, something said of the page."""
    piece = answer.characters[slice(*span)]
    if _QUESTION.match(piece):
        return True
    if known.keeps != ON_THE_PAGE:
        return False
    acts = (
        _PLANNED.search(piece) or _TOGETHER.match(piece) or _who(answer, span, piece) or _says_what_to_do(answer, span)
    )
    return _ABOUT_THE_PAGE.search(piece) is not None or not acts


def _said_to_be_done(answer: Answer, span: Span) -> Span:
    """Without what is said of the page before it, and of looking at it again after it."""
    if put := _PUT_DOWN.match(answer.characters[slice(*span)]):
        span = trimmed(answer.characters, span[0] + put.end(), span[1])
    again = _LOOK_AGAIN.search(answer.characters, *span)
    return trimmed(answer.characters, span[0], again.start()) if again else span


def _only_somebody(answer: Answer, span: Span, when: Sequence[Named]) -> str:
    """Who it names, where it names somebody and nothing to do: "Me.", "Tariq, head of year", "Me, Tuesday"."""
    start, end = span
    text = without(answer.characters[start:end], when)
    known_actors = {answer.characters[slice(*actor)].casefold() for actor in actors(answer, start, end)}
    parts = [part.strip(" .!") for part in _WITH_SOMEBODY.split(text) if part.strip(" .!")]
    parts = [part for part in parts if not _ONLY_WHEN.match(part)]
    doing = any(_in(answer, said, span) for said in answer.account.said("doing"))
    known = [part.casefold() in known_actors or _SOMEBODY.fullmatch(part) is not None for part in parts]
    somebody = bool(known_actors) or (len(parts) == 1 and bool(when))
    if doing or not parts or not all(known) or not somebody:
        return ""
    return ", ".join(parts)


def _joined(answer: Answer, whole: Span, known: Known, words: PlanWords, earlier: Step | None, who: str) -> Step:
    """The step before with what belongs to it: a day, a manner, or who does it."""
    step = _step(answer, whole, dates(answer.characters[slice(*whole)], known.today), words, known.today)
    if earlier is None or not who:
        return step.model_copy(update={"who": (earlier and earlier.who) or who or step.who})
    only_names = known.keeps == "step-gap" and _only_somebody(answer, earlier.span, ()) != ""
    together = f"{earlier.who} and {who}" if only_names else earlier.who or who
    return step.model_copy(update={"who": together})


def _goes_on(piece: str, when: Sequence[Named]) -> bool:
    """Only a day, or only how: it belongs to the step before."""
    return _ONLY_WHEN.match(without(piece, when)) is not None or _MANNER.fullmatch(piece) is not None


def _is_a_note(answer: Answer, span: Span) -> bool:
    """A whole sentence or line of a plan that says what is to be, and tells nothing: "CCTV saved"."""
    text, (start, end) = answer.characters, span
    before = text[:start].rstrip(" \t-*•")
    begins = not before or before[-1] in ".!?;:)\n"
    words = text[start:end].split()
    return begins and len(words) in _NOTES and not _TELLS.search(text, start, end) and text[end:].lstrip(" ")[:1] != "?"


def _may_be_a_step(answer: Answer, span: Span, when: Sequence[Named], known: Known) -> bool:
    piece = answer.characters[slice(*span)]
    if _says_nothing_done(piece) or _TAKEN_BACK.search(piece):
        return False
    if _PLANNED.search(piece):
        return not _COMMENT.match(piece) or not _CONDITION.search(piece)
    if _COMMENT.match(piece):
        return False
    if known.keeps == "action" and _is_a_note(answer, span):
        return True
    named = _NAMED_DOES.match(piece) or _SOMEBODY_TO.match(piece) or _who(answer, span, piece)
    return bool(
        when
        or named
        or _NOTED.match(piece)
        or _THATS.search(piece)
        or _TO_BE_DONE.search(piece)
        or _says_what_to_do(answer, span)
    )


def _says_what_to_do(answer: Answer, span: Span) -> bool:
    """It begins with something that is done, or is short and names it: "Ring Gran", "Joint visit"."""
    short = len(answer.characters[slice(*span)].split()) <= _SHORT
    return bool(_doing(answer, span)) if short else _begins_with_doing(answer, span)


def _begins_with_doing(answer: Answer, span: Span) -> bool:
    lead_in = _LEAD_IN.match(answer.characters[slice(*span)])
    openings = {span[0], span[0] + (lead_in.end() if lead_in else 0)}
    return not openings.isdisjoint(_doing(answer, span))


def _doing(answer: Answer, span: Span) -> list[int]:
    """Where something that is done is named."""
    return [answer.account.characters(said)[0] for said in answer.account.said("doing") if _in(answer, said, span)]


def _step(answer: Answer, span: Span, when: Sequence[Named], words: PlanWords, today: date) -> Step:
    if (later := _SO_I_WILL.search(answer.characters, *span)) and later.start() > span[0]:
        span = (later.end(), span[1])  # what it rests on is no part of the step
    if (aside := _ASIDE.search(answer.characters, *span)) and not dates(aside[0], today):
        span = (span[0], aside.start())
    text = answer.characters[slice(*span)]
    day = _day(text, when, today)
    who = _who(answer, span, text)
    return Step(
        text=text,
        span=span,
        who="" if who.casefold() in _NOBODY else who,
        by=day.day if day else None,
        by_words=text[day.start : day.end] if day else "",
        vague=_vague(answer, span, text, words),
    )


def _day(text: str, when: Sequence[Named], today: date) -> Named | None:
    """The day it is to be done by: one after "by" before any other, and none that something else happened on."""
    ahead = [named for named in when if named.day >= today and not _NOT_ON.search(just_before(text, named.start))]
    due = [
        named
        for named in ahead
        if _BY.search(just_before(text, named.start)) or text[named.start :].lower().startswith("by ")
    ]
    still = [
        named
        for named in ahead
        if _ALONE.search(text[: named.start]) or not _GONE_BY.search(just_before(text, named.start))
    ]
    if not due and not still and (now := _NOW.search(text)):
        return Named(*now.span(), today)
    return next(iter(due or still), None)


def _who(answer: Answer, span: Span, text: str) -> str:
    """Who does it: named at the beginning, before "to" or "will", or alone at the end."""
    start, end = span
    lead_in = _LEAD_IN.match(text)
    opening = start + lead_in.end() if lead_in and not _names_actor(answer, start, lead_in) else start
    acting, alone, leading, by_themselves = [], [], [], []
    for first, last in actors(answer, start, end):
        after, before = answer.characters[last:end], answer.characters[max(start, first - FAR) : first]
        actor = answer.characters[first:last]
        if re.match(rf"\s*{WILL}", after) and not _ASKED_OF.search(before):
            acting.append(actor)
        if _STANDS_ALONE.match(after) and (not before or re.search(r"(?:[,(–-]|\bby)\s*$", before)):
            alone.append(actor)
        goes_on = _LEADS_ON.match(after) or (actor.casefold() == "me" and _ME_FOR.match(after))
        if first in {start, opening} and (goes_on or _acts(answer, last) or _DOES_IT.match(after)):
            leading.append(actor)
        if actor.casefold() == "myself" and not before.rstrip().endswith(" by"):
            by_themselves.append(actor)
    if together := _TOGETHER.match(text):
        return together["who"]
    named = _BY_NAME.match(text) or _NAMED_DOES.match(text) or _SOMEBODY_TO.match(text)
    by_name = [named["who"]] if named and not _NO_NAME.match(named["who"]) else []
    speaker = ["I"] if _I_DO.match(text) else []
    mine = [found[0]] if (found := _MINE.search(text)) else []
    thats = [found["who"]] if (found := _THATS.search(text)) else []
    return next(iter((*acting, *mine, *thats, *alone, *leading, *by_name, *by_themselves, *speaker)), "")


def _acts(answer: Answer, after: int) -> bool:
    """The next word is something that is done: "HV visit Tuesday"."""
    said = (answer.account.characters(said)[0] for said in answer.account.said("doing"))
    return any(after < start <= after + 1 for start in said)


def _names_actor(answer: Answer, start: int, found: re.Match[str]) -> bool:
    """What stands before the colon or comma is itself somebody: "Me: ring school"."""
    return any(first < start + found.end() for first, _ in actors(answer, start, start + found.end()))


def _vague(answer: Answer, span: Span, text: str, words: PlanWords) -> str:
    start, end = span
    people = list(actors(answer, start, end))
    for vague in words.vague:
        for match in vague.pattern.finditer(text):
            if not any(first <= start + match.start() < last for first, last in people):
                return match[0]
    return ""


def _in(answer: Answer, said: Said, span: Span) -> bool:
    first, last = answer.account.characters(said)
    return span[0] <= first and last <= span[1]
