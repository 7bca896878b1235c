"""What the worker puts right on the last page besides its steps: the decision, the day to look again, what is added.

What was said first stays in the session; what is said of the page counts instead. Knows nothing of how an answer is
read (`closing_reader.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.conversation.agreed_steps import all_wrong, steps_of
from assistant.conversation.events import Keeps
from assistant.conversation.filing import filed, filed_last, says_decided
from assistant.conversation.line_by_line import said_in_place
from assistant.conversation.line_called import Called
from assistant.conversation.naming_words import names
from assistant.conversation.page_turns import (
    AGAIN,
    SPEAKS_OF_LINES,
    calls_a_line,
    is_page,
    is_read,
    lines_shown,
    parts_of,
    speaks_of_the_page,
    words_of,
)
from assistant.conversation.state import State, Turn
from assistant.conversation.struck import KEPT, is_wrong, strikes_a_place, without_struck
from assistant.language.dates import dates
from assistant.language.lazy_patterns import late
from assistant.language.sentences import spoken_sentences
from assistant.language.spans import holding, overlaps
from assistant.noticing.observations import Span
from assistant.noticing.reading import Part, PartKind
from assistant.noticing.said_of_the_page import is_of_the_page
from assistant.noticing.whole_lines import is_a_list

_FEWEST_WORDS_KEPT = 4
_NO_CALENDAR = late(r"^\W*(?:whenever|when|after|once|as\s+soon\s+as|at\s+(?:the|our)\s+next)\b", re.IGNORECASE)
_REMEMBERS = late(
    r"\b(?:just|only)\s+(?:just\s+)?(?:remembered|thought|realised)\b|\b(?:forgot|forgotten)\s+(?:to\s+(?:say|tell|mention)|about)\b",
    re.IGNORECASE,
)
"""Said of the case in passing, and not of the page."""
_THAT = late(r"\Athat\s+(?=(?:i|we|he|she|they|the|my)\b)", re.IGNORECASE)
_NOT_SO = late(r"\W*(?:no+|nah|nope)\b[^.!?]*(?:\bnot\b|n['’]t\b)", re.IGNORECASE)
""" "No, the visit's not Wednesday anymore": to be asked about, and nothing to add."""
_SOME_TIME = late(
    r"\b(?:next|week\w*|fortnight\w*|months?|term|supervision|session|meeting|conference|review|morning|afternoon"
    r"|evening"
    r"|after|when\w*|once|before|\d{1,2}(?:st|nd|rd|th)|day)\b",
    re.IGNORECASE,
)
_TOLD_BACK = late(r"\b(?:put|leave|have)\b[^.!?]*\btold\b[^.!?]*\bback\b", re.IGNORECASE)
_SAID_BEFORE = late(r"\b(?:look\w*|again|still|said|told)\b", re.IGNORECASE)
_ONLY_A_DAY = 2
"""Words of a sentence that says nothing but when: "Wednesday."."""
_NO_SOONER = late(r"\W*no\W+(?:sorry\W+|actually\W+)*(?:make\s+(?:it|that)\s+)?(?P<rather>[^,.;!?]+)", re.IGNORECASE)
""" "Wednesday morning, no, tomorrow first thing"."""
_NOT_THAT_DAY = late(r"(?P<this>[^.;!?]{2,60}?)\W+not\s+(?:the\s+)?(?P<that>\w+)", re.IGNORECASE)
""" "I said tomorrow first thing, not Wednesday"."""
_ADD_THAT = late(r"\A(?:and\s+)?(?:please\s+)?(?:add|put)\s+that\s+", re.IGNORECASE)
_NO_DECISION = late(
    r"\b(?:isn|wasn|not)(?:['’]?t)?\s+(?:a|the|my|our|what\s+(?:I|we))\s+(?:decision|decided)\b|\b(?:didn['’]?t"
    r"|haven['’]?t|hadn['’]?t|never)\s+decided?\b"
    r"|\bdecided\b[\"”']?\s+(?:is|was)\s+(?:all\s+|just\s+)?(?:wrong|nonsense|rubbish|not\s+right)\b",
    re.IGNORECASE,
)
_TO_BE_TOLD_IS = late(
    r"\W*(?:(?:and|no|so|but)\W+)*(?:what\s+\w+\s+is\s+told|to\s+be\s+told|being\s+told)[\"”'’]?\s*(?:is"
    r"|should\s+be|:)\s*:?\s*",
    re.IGNORECASE,
)
_OUTCOME_IS = late(
    r"\b(?:if\s+it\s+works|outcome)[\"”'’]?(?:\s+(?:bit|line|part))?\W+(?:(?:it|that|this)\s*)?"
    r"(?:['’]s\s+(?:just|only)\s+|should\s+(?:just\s+|only\s+)?(?:say|be|read)\s*:?\s*|is\s+(?:wrong|not\s+right)\W+it['’]?s\s+(?:just\s+)?)(?P<what>\S[^.!?]*[.!?]?)",
    re.IGNORECASE,
)
""" "You've put my message under "If it works". That should just say …"."""
_TAKES_OFF_ADDED = late(
    r"\byou\s+added\b(?=[^.!?]*\b(?:off|out|still\s+(?:there|on)|go|gone|wrong|just\s+me|isn|shouldn|delete|remove)\b)"
    r"|\b(?:take|get|cross|leave|delete|remove|scrap|drop|lose)\b[^.!?]*\byou\s+added\b",
    re.IGNORECASE,
)
_STOP_AFTER = late(r"\bstop\s+(?:it\s+)?after\s+[\"“](?P<last>[^\"”]+?)[.]?[\"”]", re.IGNORECASE)
_TOO = late(r"\b(?:too|also|as\s+well)\b", re.IGNORECASE)
_A_NAME = late(r"\b[A-Z]\w+")
_TELLS = late(r"\b(?:tell\w*|told|hears?|say|says|said|know|knows|explain\w*|word\w*)\b", re.IGNORECASE)
_DECISION_IS = late(
    r"\W*(?:(?:and|so|no|but)\s+)?(?:the\s+|my\s+)?(?:decision\s+(?:is|was|should\s+(?:be|say))"
    r"|[\"“]?decided[\"”]?\s+should\s+(?:be|say))\b\s*:?\s*(?P<what>(?=\S)(?!not\b|(?:all\s+)?wrong\b|nonsense\b"
    r"|rubbish\b).+)",
    re.IGNORECASE | re.DOTALL,
)
_LOOK_SHOULD_BE = late(
    r"\b(?:look(?:ing)?\s+at\s+(?:this|it)\s+again|review|next\s+(?:date|time))\b[^.]*?\bshould\s+(?:be"
    r"|say)\s+(?P<when>[^.]+)",
    re.IGNORECASE,
)
_LOOK_AGAIN = late(
    r"(?:\A|[.!?,]\s+)(?:and\s+)?(?P<on>\w+(?:\s+\w+)?)\s+(?:I|we)(?:['’]?ll)?\s+look\s+(?:at\s+(?:it"
    r"|this)\s+)?again\b|\blook(?:ing)?\s+(?:at\s+(?:it|this"
    r"|that)\s+)?again\s+(?:on\s+)?(?P<when>[^.!?,;]+?)(?:\s+(?:with|when|cos|because)\b|[.!?,;]|\Z)",
    re.IGNORECASE,
)
_AND_THAT = late(r"\W*(?:(?:and|n|plus|also)\s+that\s+(?!['’]?s\b|is\b|was\b)|(?:because|cos|coz)\b)", re.IGNORECASE)
_HAS_DECIDED = late(r"\W*(?:(?:and|so|no|but)\s+)?(?:I|we)(?:['’]ve|\s+have)?\s+decided\b", re.IGNORECASE)
_DECIDED_THAT = late(
    r"\b(?:i|we)(?:['’]?ve|\s+have)?\s+decided\s+(?:that\s+)?(?P<what>(?:to\s+|i['’]?(?:m|ll|ve)?\s|we['’]?(?:re"
    r"|ll)?\s)[^,.;!?]{4,})",
    re.IGNORECASE,
)
""" "no, I have decided, I decided I'm ringing"."""
_ALL_RIGHT = late(
    r"^\W*(?:(?:no|nothing|none|yes|ok(?:ay)?|that['’]?s|it['’]?s|this|that|looks?|sounds?|is|all|about|right"
    r"|fine|good|"
    r"correct|it|to|me|thanks|i think|wrong|missing|else|nothing['’]?s|really|so|think|i|now|much|better|yeah|great"
    r"|lovely)\W+)*"
    r"(?:no|nothing|none|yes|ok(?:ay)?|it|right|fine|good|correct|me|thanks|wrong|missing|else|really|so"
    r"|now|better|yeah|great|lovely|you)\W*$",
    re.IGNORECASE,
)
"""An answer to a reading back that adds nothing."""
_BUT_RATHER = late(
    r"\b(?:but|although|though)\s+(?P<rather>.*\b(?:sooner|earlier|later|rather|instead|before\s+then|prefer"
    r"|want)\b.*)",
    re.IGNORECASE | re.DOTALL,
)


def adds_something(answer: str) -> bool:
    """More than that it is right as it was read back."""
    return bool(answer) and _ALL_RIGHT.match(answer) is None


def decision(state: State) -> str:
    """What was decided, as it stands after what was said of the page; empty where nothing was."""
    of_the_page = decision_put_right(state)
    return _unstruck(state, "decision") or without_struck(
        state, _as_decided(state) if of_the_page is None else of_the_page
    )


def _as_decided(state: State) -> str:
    """The sentences that decide; of an answer that was read in parts none that only plans, where any other is left."""
    words = filed_last(state, "decision")
    turns = (turn for turn in state.turns if turn.asked.keeps == "decision" and turn.answer and is_read(turn))
    for turn in reversed(list(turns)):
        answer, parts = turn.answer or "", parts_of(turn)
        held = [
            (answer[a:b], {part.kind for part in parts if a <= part.span[0] < b}) for a, b in spoken_sentences(answer)
        ]
        decide = [
            one
            for place, (one, kinds) in enumerate(held)
            if one in words and ("decision" in kinds or _goes_on_deciding(held[: place + 1]))
        ]
        plan_none = [one for one, kinds in held if "step" not in kinds and one in words]
        if decide and not any(says_decided(one) for one in decide):  # only what tips it was read as deciding
            decide = [one for one, kinds in held if one in words and (one in decide or says_decided(one))]
        if decide:
            return " ".join(decide)
        if is_a_list(answer):
            return ""  # the steps say it
        if plan_none and any(part.kind == "step" for part in parts):
            return " ".join(plan_none)
    return words


def _goes_on_deciding(held: Sequence[tuple[str, set[PartKind]]]) -> bool:
    """The last of these sentences goes on with one that decides: "And that I'm not keeping quiet any more"."""
    return len(held) > 1 and "decision" in held[-2][1] and _AND_THAT.match(held[-1][0]) is not None


def put_right_there(state: State, keeps: Keeps) -> str | None:
    """What the page was made to say in some place, empty where that was struck; None where it stands."""
    if keeps == "decision":
        return decision_put_right(state)
    stands: str | None = None
    for turn in _as_answered(state):
        if (anew := said_in_place(turn, keeps)) is not None:
            stands = anew
        elif is_page(turn.asked.question) and not calls_a_line(turn):
            if keeps == "child-told" and _TOLD_BACK.search(turn.answer or ""):
                stands = None
            elif keeps == "outcome" and (what := _OUTCOME_IS.search(turn.answer or "")):
                stands = what["what"].strip()
            elif keeps == "child-told" and (said := _told(turn)):
                stands = _told_anew(" ".join(said), stands, filed_last(state, keeps))
        elif turn.asked.keeps == keeps:
            stands = None
    return stands


def in_its_place(state: State, keeps: Called) -> str:
    """What stands on the page in some place."""
    if keeps == "added":
        return " ".join(added_to_the_page(state))
    if anew := _unstruck(state, keeps):
        return anew
    there = put_right_there(state, keeps)
    return without_struck(state, filed_last(state, keeps) if there is None else there)


def _unstruck(state: State, keeps: Keeps) -> str:
    """What was said anew to stand there, where the page hasn't been spoken of since but by calling a line."""
    for turn in reversed(_as_answered(state)):
        if (anew := said_in_place(turn, keeps)) is not None:
            return anew
        if is_page(turn.asked.question) and not calls_a_line(turn) and parts_of(turn):
            return ""
    return ""


def _as_answered(state: State) -> list[Turn]:
    answered = (turn for turn in state.turns if turn.answer)
    return sorted(answered, key=lambda turn: turn.answered_at or turn.asked.at)


def decision_put_right(state: State) -> str | None:
    """What the page was made to say of it, empty where it was struck; None where it stands."""
    stands: str | None = None
    for turn in _as_answered(state):
        if turn.asked.keeps == "decision":
            stands = None
        if (anew := said_in_place(turn, "decision")) is not None:
            stands = anew
        if not is_page(turn.asked.question) or calls_a_line(turn):
            continue
        answer = turn.answer or ""
        if said := words_of(turn, "decision") or _decided_there(answer):
            stands = ". ".join(_THAT.sub("", one).rstrip(".") for one in said)
        elif all_wrong(answer) or _NO_DECISION.search(answer):
            stands = ""
    return stands


def _told_anew(said: str, stood: str | None, first: str) -> str:
    """What stood there but for the sentences that say of the same thing what is now said otherwise; what was said
    `first`, where only that is said again."""
    stands = first if stood is None else stood
    if (cut := _STOP_AFTER.search(said)) and (at := stands.find(cut["last"])) >= 0:
        return stands[: at + len(cut["last"])]
    anew = _named_but_who(said)
    if any(anew and anew <= _named_but_who(first[slice(*one)]) for one in spoken_sentences(first)):
        return first
    before = (stands[slice(*span)] for span in spoken_sentences(stands))
    beside = _TOO.search(said) is not None
    return " ".join([*(one for one in before if beside or not anew & _named_but_who(one)), said])


def _named_but_who(words: str) -> frozenset[str]:
    return names(_A_NAME.sub(" ", words))


def _told(turn: Turn) -> tuple[str, ...]:
    """What somebody is to be told, in sentences that speak of telling."""
    answer, parts = turn.answer or "", parts_of(turn)
    sentences = list(spoken_sentences(answer))
    others = [part.span for part in parts if part.kind != "told"]
    return tuple(
        _in_its_sentence(answer, part.span, sentences, others)
        for part in parts
        if part.kind == "told"
        and not is_wrong(answer, part)
        and any(start <= part.span[0] < end and _TELLS.search(answer, start, end) for start, end in sentences)
    )


def _in_its_sentence(answer: str, told: Span, sentences: Sequence[Span], others: Sequence[Span]) -> str:
    """ "Finlay, from me, that he needn't talk", where only the last words of it were read as what he's told."""
    whole = holding(sentences, told[0], told)
    named = _TO_BE_TOLD_IS.match(answer[slice(*whole)])
    return (
        answer[whole[0] + named.end() : whole[1]] if named and not overlaps(whole, *others) else answer[slice(*told)]
    ).strip()


def _decided_there(answer: str) -> tuple[str, ...]:
    """The sentences that say what was decided, without what leads up to it."""
    said = []
    for span in spoken_sentences(answer):
        words = answer[slice(*span)]
        if found := _DECISION_IS.match(words):
            said.append(found["what"].strip())
        elif _HAS_DECIDED.match(words):
            said.append(words)
        elif found := _DECIDED_THAT.search(words):
            said.append(found[0].strip())
    return tuple(said)


def look_again(turn: Turn) -> str:
    """Of an answer to when they meet again, or about the page, the words that say when."""
    if not is_page(turn.asked.question):
        return _rather(filed(turn)) if turn.asked.keeps == "next-date" else ""
    if day := _other_day(turn):
        return day
    if not is_read(turn):
        of_lines = [part.span for part in parts_of(turn) if part.lines]
        return next((words for words in _sentences(turn, of_lines) if _names_a_day(turn, words)), "")
    for pattern in (_LOOK_SHOULD_BE, _LOOK_AGAIN):
        found = pattern.search(turn.answer or "")
        said = next((words for words in found.groups() if words), "") if found else ""
        if _is_a_time(said, turn):
            return said.strip()
    parts, answer = parts_of(turn), turn.answer or ""
    for part in reversed(parts):
        if part.kind != "review":
            continue
        found = _NO_SOONER.match(answer, part.span[1])
        words = found["rather"].strip() if found else answer[slice(*part.span)].strip()
        if _is_a_time(words, turn):
            return words
    first = not turn.asked.question.startswith(AGAIN)
    if first and turn.asked.keeps == "next-date" and not any(part.kind == "step" for part in parts):
        days = (part for part in parts if part.kind == "when" and not part.lines)
        named = ((turn.answer or "")[slice(*day.span)] for day in days)
        return next((words for words in named if _is_a_time(words, turn)), "")
    return ""


def _other_day(turn: Turn) -> str:
    """The day said instead of one that stands there to look again: "I said tomorrow, not Wednesday"."""
    stood = " ".join(turn.asked.said_first[-2:])
    of_lines = [part.span for part in parts_of(turn) if part.lines]
    answer, again = turn.answer or "", turn.asked.question.startswith(AGAIN)
    for start, end in spoken_sentences(answer) if again and _SAID_BEFORE.search(answer) else ():
        words = answer[start:end].strip(" .!,")
        if dates(words, turn.asked.at.date()) and len(words.split()) <= _ONLY_A_DAY:
            return words
    for found in _NOT_THAT_DAY.finditer(answer):
        shown = re.search(rf"\b{re.escape(found['that'])}\b", stood, re.IGNORECASE) or _same_day(
            turn, found["that"], stood
        )
        if shown and not overlaps(found.span("this"), *of_lines):
            days = dates(found["this"], turn.asked.at.date())
            if days:
                return found["this"][days[0].start :].strip()
    return ""


def _same_day(turn: Turn, words: str, stood: str) -> bool:
    today = turn.asked.at.date()
    then = {one.day for one in dates(stood, today)}
    return any(one.day in then for one in dates(f"the {words}", today))


def _rather(words: str) -> str:
    """ "Supervision's a fortnight Friday but I'd want to do it sooner, next Friday" is next Friday."""
    found = _BUT_RATHER.search(words)
    return found["rather"] if found else words


def added_to_the_page(state: State) -> tuple[str, ...]:
    """What was remembered there and has no other place on the page, sentence by sentence."""
    said: list[str] = []
    for turn in _as_answered(state):
        if (anew := said_in_place(turn, "added")) is not None:
            said = [anew] if anew else []
        elif _TAKES_OFF_ADDED.search(turn.answer or "") and lines_shown(turn.asked.said_first, turn.asked.keeps):
            said = []
        elif is_page(turn.asked.question) and not calls_a_line(turn):
            said += _remembered(turn)
    standing = " ".join([*(filed_last(state, place) for place in KEPT), *(step.text for step in steps_of(state))])
    return tuple(
        dict.fromkeys(
            words for words in said if words == without_struck(state, words) and words.rstrip(".") not in standing
        )
    )


def said_of_the_page(turn: Turn) -> str:
    """What else was said of it: of the case, and neither a step, the decision nor the day."""
    return " ".join(_remembered(turn))


def _remembered(turn: Turn) -> Iterator[str]:
    """The sentences, or the stretches of sentences that hold something else too, in which something is remembered; and
    those that ask for a change of no line that is shown."""
    if not is_read(turn):
        yield from _said_besides(turn)
        return
    answer = turn.answer or ""
    others = [part.span for part in parts_of(turn) if part.kind not in {"remembered", "aside"}]
    in_passing = {
        *_unplaced(turn),
        *(one for one in parts_of(turn) if one.kind == "aside" and _REMEMBERS.search(answer, *one.span)),
    }
    sentences: list[Span] = list(spoken_sentences(answer))
    done = 0
    for part in parts_of(turn):
        if part.kind != "remembered" and part not in in_passing:
            continue
        whole = holding(sentences, part.span[0], part.span)
        held = part in in_passing or not overlaps(whole, *others)
        whole = whole if held else part.span
        words = answer[slice(*whole)]
        instead = _OUTCOME_IS.search(answer)
        if instead and words in answer[instead.start() : instead.end()]:
            continue
        if whole[0] >= done and not is_of_the_page(words) and not strikes_a_place(words):
            yield answer[slice(*whole)].strip(" ,;")
            done = whole[1]


def _said_besides(turn: Turn) -> Iterator[str]:
    """Where no part was read, the sentences that say something and neither of a line nor of the next day."""
    answer, again = turn.answer or "", look_again(turn)
    parts = [part.span for part in parts_of(turn)]
    for start, end in spoken_sentences(answer):
        words = _ADD_THAT.sub("", answer[start:end])
        of_lines = overlaps((start, end), *parts)
        if adds_something(words) and words != again and not of_lines and not _names_a_day(turn, words):
            yield words


def _sentences(turn: Turn, without: Sequence[Span]) -> Iterator[str]:
    spans = spoken_sentences(turn.answer or "")
    return ((turn.answer or "")[slice(*span)] for span in spans if not overlaps(span, *without))


def _is_a_time(words: str, turn: Turn) -> bool:
    return bool(dates(words, turn.asked.at.date())) or _SOME_TIME.search(words) is not None


def _names_a_day(turn: Turn, words: str) -> bool:
    names_one = bool(dates(words, turn.asked.at.date())) or _NO_CALENDAR.match(words) is not None
    return turn.asked.keeps == "next-date" and names_one


def _unplaced(turn: Turn) -> Iterator[Part]:
    """What would change a line and names none, in a sentence that says nothing else that counts."""
    answer, parts, again = turn.answer or "", parts_of(turn), look_again(turn)
    for start, end in spoken_sentences(answer):
        here = [part for part in parts if start <= part.span[0] < end and part.kind not in {"aside", "enough", "keep"}]
        unplaced = bool(here) and all(part.kind in SPEAKS_OF_LINES and not part.lines for part in here)
        words = answer[start:end]
        kept = len(words.split()) >= _FEWEST_WORDS_KEPT and not (again and again in words)
        if unplaced and kept and not _NOT_SO.match(words):
            yield here[0]


def puts_right(turn: Turn) -> bool:
    """The answer changes what the page says of the decision or the steps."""
    kinds = {part.kind for part in parts_of(turn)}
    return bool(kinds & {"step", "decision"}) or speaks_of_the_page(turn) or all_wrong(turn.answer or "")
