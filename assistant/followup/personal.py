"""Which of the worker's words are about the worker: they go into the supervision file, never into a child's record.

A whole answer is personal when its question asks after the worker. Of any other answer those sentences are in which the
worker's own distress, feelings, workload or family were noticed, and those that go on with them; what they say of the
child stays, and what is to come for the child does too. Nothing is said twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.conversation.filing import is_to_us
from assistant.conversation.said_to_us import of_their_own
from assistant.conversation.state import Turn
from assistant.language.lazy_patterns import late
from assistant.language.paragraphs import sentences_in, sentences_of
from assistant.language.spans import overlaps

OF_THEMSELVES: frozenset[str | None] = frozenset({"wellbeing", "take-away"})
"""What is kept of answers to questions after the worker."""
_ABOUT_THE_WORKER = frozenset({"support-after-hard-visits", "human-factors"})
"""Themes whose questions at the reflection stage ask what the work does to the worker."""
_OWN_STATE = late(
    r"\bI(?: (?:just|nearly|really|almost|always))? "
    r"(?:cried|cry|sobbed|dread(?:ed)?|wept|blush(?:ed)?|welled up|broke down|lost it)\b"
    r"|\bI\b(?:(?! s?he | they | mum | dad )[^.!?]){0,40}\band (?:just )?(?:cried|sobbed|wept)\b"
    r"|\bI(?:['’]?m| am| was| felt| feel| get| got| have been|['’]ve been| came (?:out|away))(?: \w+){0,3}? "
    r"(?:in tears|tearful|cry(?:ing?)?|in bits|shak(?:ing|en|y)|sick|burn(?:t|ed)? out|exhausted|knackered|off sick|"
    r"anxious|scared|frightened|ashamed|guilty|dreading|shattered|wrung out|upset|heartbroken|overwhelmed|daft"
    r"|stupid|"
    r"(?:a|an|such a) (?:bit of a )?(?:right |total |complete )?(?:fool|idiot))\b"
    r"|\bI\b[^.!?]{0,40}\bfeeling (?:a bit |so |really )?(?:funny|odd|off|sick|awful|low|rotten|shaky|tearful|sad)\b"
    r"|\A\W*(?:(?:and|but|so|just|still|honestly) )?(?:feel|felt|feeling) (?:\w+ ){0,2}?"
    r"(?:sick|awful|terrible|ashamed|guilty|useless|stupid|shaky|tearful)\b"
    r"|\bI (?:can['’]?t|cannot|couldn['’]?t|could not) (?:(?:stop|help) (?:cry|sobb)in|(?:hack|cope)\b)"
    r"|\bI\b[^.!?]{0,30}\b(?:had|have|having) (?:a|another|a bit of a|my) (?:\w+ )?(?:cry|weep|wobble|panic attack)\b"
    r"|\b(?:made|making?|makin|makes) me (?:cry|weep|well up)\b|\bmy eyes (?:were|went|filled)\b"
    r"|\btears? in my eyes\b"
    r"|\bI (?:can|could|did|have|do)(?:n['’]?t|not| not) (?:been )?sle(?:ep|pt|eping)\b"
    r"|\bI(?:['’]ve)?\b[^.!?]{0,20}\bsle(?:pt|ep|eping) (?:badly|terribly|at all|a wink|properly)\b"
    r"|\bI(?:['’]ve)? (?:\w+ )?(?:barely slept|lain awake|lost sleep|lie awake|lay awake)\b"
    r"|\bI wake (?:up )?at (?:night|three|four|\w+ in the morning)\b"
    r"|\bI(?:['’]ll| will| might) (?:finally )?sleep\b|\bkeeps? me (?:awake|up at night)\b"
    r"|\b(?:that|it|this)['’]?s (?:all )?(?:on me|my fault|down to me)\b|\bI (?:blame|hate) myself\b"
    r"|\bkicking myself\b|\bI(?:['’]m| am) (?:so |just |really |a bit )?tired\b(?! of)"
    r"|\bI(?:['’]m| am) (?:so )?(?:not proud|nervous)\b|\bwhen I(?:['’]m| am) nervous\b|\bmy job to think about\b"
    r"|\bonly one holding (?:it|this|them)\b|\bproper dinner\b"
    r"|\bi['’]?d like (?:somebody|someone|you) to\b|\beven th(?:o|ough) I want\b"
    r"|\b(?:breaking|breaks|broke) my heart\b|\b(?:you|u)(?:['’]?ve| have)? (?:really )?(?:frightened|scared) me\b"
    r"|\bI(?:['’]ve| have)? (?:failed|let) (?:him|her|them)(?: (?:all|both))?(?: down)?\W*\Z"
    r"|\bI (?:knew|saw)\b[^.!?]{0,40}\bI (?:said|did) nothing\b|\bI did(?:n['’]?t|nae"
    r"| not) say anything (?:then )?either\b"
    r"|\b(?:my|our) (?:case ?load|workload|own (?:child|children|kids|mum|dad|family|childhood|tank))\b"
    r"|\b(?:I['’]?ve|I have|I['’]?ve got|I['’]?m on|I am on) (?:\w+ )?(?:\d+|twenty|thirty|"
    r"too many)[ \w-]{0,12} (?:cases|(?:children|kids) on)\b",
    re.IGNORECASE,
)
_OWN_LIFE = late(
    r"\bmy (?:buddy|partner|husband|wife|boyfriend|girlfriend|best friend|friends?|gp|doctor|counsellor|dog|kids)\b"
    r"|\b(?:have|take|taking|having) (?:a |some |my )?(?:bath|drink|day off|rest|leave|break|lunch|walk|wine|cry)\b"
    r"|\bI(?:['’]ll| will) (?:be (?:fine|ok(?:ay)?|all ?right)|cope|manage|survive|go home|get over it)\b",
    re.IGNORECASE,
)
_QUOTES = late(r"[“\"][^”\"]*[”\"]")
"""A child's "I'm scared" is the child's."""
_FEELING = (
    r"(?:sad|ashamed|angry|scared|frightened|guilty|awkward|embarrassed|sick|tired|exhausted|relieved|upset|tearful|"
    r"useless|helpless|hopeless|anxious|cross|numb|lonely|stupid|small|sorry|proud|nervous|uneasy|uncomfortable"
    r"|dread|"
    r"shame|guilt|anger|sadness|fear|shattered|drained|lighter|better|worse)"
)
_ONLY_A_FEELING = late(
    r"\W*(?:(?:just|mostly|really|very|so|a bit|pretty|quite|and|or|I felt|I feel|honestly|well)\W+)*"
    rf"{_FEELING}(?:\W+(?:and|or|but|really|mostly|honestly|to be honest|if I['’]m honest|I think|I suppose|just|"
    rf"a bit|too|{_FEELING}))*\W*",
    re.IGNORECASE,
)
_ASKS_AFTER_YOU = late(
    r"\b(?:in yourself|for you|in you|got to you|stay(?:s|ed)? with you|went through your mind|strike you|hit you|"
    r"how does it feel|how did (?:it|that) feel|how (?:are|were) you|touched you|underneath that|you feel(?:ing)?)\b",
    re.IGNORECASE,
)
"""A question to the worker about the worker: one word of feeling that answers it is theirs, and not the child's."""
_AS_A_WORKER = late(
    r"\bI(?:['’]ve| have|['’]d| had| did|(?: have| had| did)(?:n['’]?t| not))?"
    r"(?: (?:not|never|only|just|also|even|ever|already|been))* "
    r"(?:met|seen|saw|see|visited|been out|been unannounced|unannounced|spoken|spoke|rung|rang|ring|asked|ask|"
    r"told|tell|assessed|written|wrote|referred|checked|read|recorded|know|knew|noticed|heard|made|said|chased"
    r"|offered|"
    r"promised|gave|left|emailed|phoned)\b(?! (?:to )?myself)"
    r"|\btold me\b"
    r"|\bI (?:don['’]?t |do not )?(?:think|thought|reckon|suspect)\b.{0,30}?\b(?:she|he|they|mum|dad|her|him|them)\b"
)
"""What the worker did, heard, didn't do or thinks in the case."""
_ABOUT_OTHERS = late(r"\b(?i:she|he|they|her|him|them|his|their)\b|(?<=[a-z,] )[A-Z][a-z]{2,}")
"""Somebody else, by a pronoun or by a name within the sentence."""
_FIRST_PERSON = late(r"\b(?:I|me|my|mine|myself)\b")
_YET_TO_COME = late(
    r"\b(?:contact|visit|hearing|handover)(?: is|['’]?s)\b(?=.*\b(?:today|tonight|tomorrow|\w+day)\b)"
    r"|\b(?!I\b)(?:\w+)(?:['’]ll| will|['’]s going to| (?:is|are) going to) (?:be (?:there|in|at|home|back|out)"
    r"|come|take|get|have|collect|pick)\b"
    r"|\b(?:picking|collecting|fetching|having|taking) (?:him|her|them)\b(?=.*\b(?:at|today|tonight|tomorrow"
    r"|\w+day)\b)",
    re.IGNORECASE,
)
"""What is going to happen to the child, which no record of the child can be without, whatever somebody feels of it."""
_RUNS_ON = 30
"""Words."""
_CLAUSE = late(r",\s+|\s+(?=(?:and|but|cos|because)\s+i(?:['’]?(?:ve|m|d|ll))?\s)", re.IGNORECASE)
_GAP = "[…]"
_LEANS = late(
    r"\A\W*(?:(?:and|but|so)\W+)*(?:same|that['’]?s (?:why|me|how I)|it was (?:the )?same|(?:I|she"
    r"|he) did(?:n['’]?t|nae| not)|exactly|just like)\b"
    r"|\A\W*so\W*\Z",
    re.IGNORECASE,
)
"""Goes on with what was just said."""
_OF_THEIR_FEELING = ("thread/feeling", "thread/owned", "probe/worker-distress")
"""Questions that stay with what the worker said of themselves."""
_OF_THE_CHILD = frozenset({"child-words", "child-behaviour"})
_QUOTED = late(r"^(?P<more>Say more about )?(?:You wrote )?“(?P<words>[^”]+)”\.?\s*")
_MARKS = late(r"[“”\"]|\s*…\s*$")


@dataclass(frozen=True)
class Parted:
    """One answer in two."""

    case: str
    """For the child's record; empty when the whole is personal."""
    personal: str


def parted(turn: Turn) -> Parted:
    """An answer, sentence by sentence."""
    answer = turn.answer or ""
    asked = turn.asked
    if asked.keeps in OF_THEMSELVES:
        return _told_beside(turn) if asked.keeps == "wellbeing" else Parted("", answer)
    spans = _noticed(turn, frozenset({"worker-distress"}))
    after_them = (
        asked.theme in _ABOUT_THE_WORKER and asked.stage == "reflection" and not asked.question.startswith("asked-us/")
    )
    stays_with_them = asked.question.startswith(_OF_THEIR_FEELING)
    case, personal = list[str](), list[str]()
    for paragraph in sentences_of(answer):
        here: dict[bool, list[str]] = {True: [], False: []}
        own_life = False
        for start, end in paragraph:
            words = answer[start:end]
            if is_to_us(turn, (start, end)):
                continue  # "you've just asked me that" is for no file
            own = _OWN_STATE.search(_QUOTES.sub("", words)) is not None or overlaps((start, end), *spans)
            if stays_with_them or after_them:
                case_too = _tells_of_the_case(turn, start, end) or _did_at_work(words)
                own = own or not (case_too or _is_of_somebody_else(turn, start, end))
            own = own or bool(_ASKS_AFTER_YOU.search(asked.text) and _ONLY_A_FEELING.fullmatch(words))
            own_life = _is_own_life(turn, start, end, goes_on=own_life)
            if own and not own_life and _runs_on(turn, start, end):
                for is_own, clauses in _clauses(words).items():
                    here[is_own] += [clauses] if clauses else []
                continue
            here[(own and not _YET_TO_COME.search(words)) or own_life].append(words)
        case += [" ".join(here[False])] if here[False] else []
        personal += [" ".join(here[True])] if here[True] else []
    return Parted("\n".join(case), "\n".join(personal))


def says_of_themselves(words: str) -> bool:
    """Words of one's own feelings, sleep, workload or home."""
    return _OWN_STATE.search(_QUOTES.sub("", words)) is not None or _OWN_LIFE.search(words) is not None


def asked_in_case(question: str, personal: str) -> str:
    """A question without the worker's own words that it gave back; `personal` holds all of those."""
    quoted = _QUOTED.match(question)
    if quoted and _MARKS.sub("", quoted["words"]) in _MARKS.sub("", personal):
        return question[quoted.end() :] or "Say more about that."
    return question


def _runs_on(turn: Turn, start: int, end: int) -> bool:
    """So much typed without a full stop that it's no one sentence, and somebody of the case is spoken of in it."""
    spoken_of = turn.reading.people if turn.reading is not None else ()
    family = any(start <= who.span[0] < end and who.role not in {"worker", "professional"} for who in spoken_of)
    return family and len((turn.answer or "")[start:end].split()) > _RUNS_ON


def _told_beside(turn: Turn) -> Parted:
    """An answer about themselves; what runs on from there to the family stands in the case."""
    case, personal = list[str](), list[str]()
    for start, end in sentences_in(turn.answer or ""):
        words = (turn.answer or "")[start:end]
        clauses = _clauses(words) if _runs_on(turn, start, end) else {True: words, False: ""}
        case += [clauses[False]] if clauses[False] else []
        personal += [clauses[True]] if clauses[True] else []
    return Parted(" ".join(case), turn.answer or "" if not case else " ".join(personal))


def _clauses(words: str) -> dict[bool, str]:
    """What is the worker's own of such a sentence (`True`) and what isn't, each with its gaps marked."""
    ends = [*(found.end() for found in _CLAUSE.finditer(words)), len(words)]
    parts: dict[bool, list[str]] = {True: [], False: []}
    start, before = 0, None
    for end in ends:
        clause = words[start:end]
        own = _OWN_STATE.search(_QUOTES.sub("", clause)) is not None
        if own == before:
            parts[own][-1] += clause
        else:
            parts[own] += [clause] if not parts[own] else [f"{_GAP} ", clause]
        start, before = end, own
    return {
        own: "".join(said if said.endswith(" ") else f"{said} " for said in them).strip(" ,")
        for own, them in parts.items()
    }


def _is_own_life(turn: Turn, start: int, end: int, *, goes_on: bool) -> bool:
    """A sentence about the worker's own people, or one that goes on with such a one and names nobody of the case."""
    if turn.reading is None or turn.asked.keeps == "action":
        return False
    named = any(
        start <= who.span[0] < end and who.by != "pronoun" for who in turn.reading.people if who.role != "worker"
    )
    words = (turn.answer or "")[start:end]
    leans = goes_on and not named and _LEANS.search(words) is not None
    return leans or (overlaps((start, end), *turn.reading.own_life) and of_their_own(words))


def _tells_of_the_case(turn: Turn, start: int, end: int) -> bool:
    """A sentence about somebody in the family; where a feeling is asked after, only what a child said or did is."""
    if turn.asked.question.startswith("thread/owned") and turn.reading is not None:
        return any(start <= who.span[0] < end and who.role != "worker" for who in turn.reading.people)
    return overlaps((start, end), *_noticed(turn, _OF_THE_CHILD))


def _did_at_work(words: str) -> bool:
    """What the worker did or didn't do in the case: "I've never met him"."""
    return _AS_A_WORKER.search(words) is not None and not says_of_themselves(words)


def _is_of_somebody_else(turn: Turn, start: int, end: int) -> bool:
    """A sentence about the family, a school or a clinic in which the worker doesn't speak of themselves."""
    words = (turn.answer or "")[start:end]
    spoken_of = turn.reading.people if turn.reading else ()
    somebody = any(start <= who.span[0] < end and who.role != "worker" for who in spoken_of)
    return (somebody or _ABOUT_OTHERS.search(words) is not None) and not _FIRST_PERSON.search(words)


def _noticed(turn: Turn, kinds: frozenset[str]) -> list[tuple[int, int]]:
    if turn.noticing is None:
        return []
    return [span for seen in turn.noticing.observations if seen.kind in kinds for span in seen.spans]
