"""What of an answer is kept as the decision, the outcome, what the child is told or the next date, and what isn't.

A question to the program, a correction, a remark about the time left or about our own record never is, and an answer
that is nothing else leaves its place empty. What isn't filed stays in the session and among what was talked about.
Looks at how the answer was read; owns the few words that show what a sentence is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from assistant.conversation.events import Keeps
from assistant.conversation.page_turns import is_page, lines_shown
from assistant.conversation.said_before import decided_before, told_before
from assistant.conversation.said_to_us import of_their_own, questions_to_us, to_the_program
from assistant.conversation.state import State, Turn
from assistant.language.dates import TOMORROW
from assistant.language.lazy_patterns import late
from assistant.language.sentences import spoken_sentences
from assistant.language.spans import nearly_all_within, overlaps
from assistant.noticing.observations import Span
from assistant.noticing.reading import Reading, Stance
from assistant.noticing.said_of_the_page import of_the_page

LONGEST_SAID = 240
"""Characters of what is given back on the page, where it is more than one sentence."""
PLACES: frozenset[Keeps | None] = frozenset({"decision", "outcome", "child-told", "next-date", "contingency"})
"""What has one place in the record, filled by the words of an answer; steps are read apart."""
_STANDS_OTHERWISE: frozenset[Stance] = frozenset(
    {"corrects-us", "elsewhere", "already-answered", "beside-the-point", "refuses"}
)
"""Of an answer that stands so to its question, only sentences that plainly say what was asked for are kept."""
_NEVER: tuple[Stance, ...] = ("asks-us", "unsure", "corrects-us")
"""The sentence that says it is not kept."""
_SAID_BESIDE: tuple[Stance, ...] = (*_NEVER, "feeling")
"""The same, unless it plainly says what was asked for too."""
_QUOTED = late(r"“[^”]*”|\"[^\"]*\"|(?<!\w)[‘'][^’'\n]*(?:['’]\w[^’'\n]*)*[’'](?!\w)")
_TO_SOMEBODY = late(r"\b(?:ask|asking|say|saying|tell|telling)\b", re.IGNORECASE)
"""A question that will be put to somebody else is part of a plan."""
_ASKS = late(
    r"^\W*(?:(?:and|but|so|well|ok|okay|right)\W+)*(?:can|could|should|shall|am|do|did|have)\s+(?:I|we)\b|^\W*(?:and\s+|but\s+)?(?:is|was|would)\s+(?:that|it|this)\b[^?]*\?\W*$|^\W*why\s+(?:just|not|only|is|are|do|does|did|would|should)\b",
    re.IGNORECASE,
)
"""How a question begins that has no question mark."""
_RUNS_ON = late(
    r"[\s,]*\b(?:and|but|so|or)\s+(?:can|could|should|shall)\s+(?:I|we)\b"
    r"|(?<=[\"”])\s*(?:is|was|are|should|shall|can|could|do|does|would)\s+(?:that|it|this|I|we)\b[^?\"”]*\?",
    re.IGNORECASE,
)
"""Where a sentence goes on as a question to us."""
_GRUMBLE = late(
    r"\W*(?:(?:but|and|no|ok|well|oh)\W+)*i(?:['’]?ve)?\s+(?:(?:just|only|already|literally)\s+)*(?:said|told\s+(?:you|u)|answered\s+that)\s*[,:–-]\s+(?=[a-z]\w*\s+\w)|"
    r"\W*(?:(?:but|and|no|ok|well|oh)\W+)*(?:(?:you|u)(?:['’]?ve|\s+have)?\s+(?:(?:just|only|already|still|keep|literally)\s+)*(?:ask\w*|said|had|got|told)"
    r"|i(?:['’]?ve)?\s+(?:(?:just|only|already|literally)\s+)*(?:said|told|didn?['’]?t\s+say|answered))\b[^.,;!?]*[.;!?]+\s+(?=[a-z])",
    re.IGNORECASE,
)
""" "u just asked me that. from me, tonight": where a complaint runs on into the answer."""
_ASKING = frozenset("how what when who where why which if".split())
_THROWN_BACK = 4
"""Words of our question that a sentence begins with, where it throws it back."""
_OF_THE_SESSION = late(
    r"^\W*(?:(?:i['’]?ve|we['’]?ve|i|we|only|just)\s+)*(?:got|have|only)\s+(?:about\s+)?\w+\s+(?:min\w*\s+)?left\b"
    r"|^\W*(?:and\s+|but\s+)?hang\s+on\b|\bthose\s+steps\b|\bnothing\s+down\s+for\b|\bgot\s+a\s+name\b"
    r"|\bnow\s+you['’]?re\s+asking\b|^\W*(?:\w+\?\s+)?I\s+(?:asked|meant)\b|\byou(?:['’]?ve|\s+have)\s+(?:misread|misunderstood|got\s+(?:that|it))\b|\byou\s+(?:didn['’]?t\s+(?:answer|ask)|asked\s+me|got\s+that|put\s+(?:that|it)|missed\s+(?:that|it))\b"
    r"|\b(?:isn['’]?t|wasn['’]?t|not)\s+(?:a|the|my)\s+(?:decision|step)\b"
    r"|^\W*(?:number\s+)?\d{1,2}\s+(?:is|isn['’]?t)\s+(?:me|wrong|right|done)\b|^\W*I\s+must\s+go\W*(?:now|the\s+phone)?\W*$"
    r"|^\W*(?:and\s+)?take\s+(?:number\s+)?\d.*\boff\b|\b(?:nobody|no\s+one)\s+said\s+(?:that|so|anything)\b",
    re.IGNORECASE,
)
"""About this session, and not about the case."""
_BACK_AT_US = late(r"\W*(?:[\w’']+\s+){0,4}(?:what|who|whom|which\s+\w+)\W*", re.IGNORECASE)
"""A few words that end in asking what was meant: "do about what"."""
_NOTHING_TOLD = late(
    r"\b(?:ha(?:d|ve|s)n['’]?t|never)\s+(?:really\s+)?(?:thought|got\s+(?:that|as)\s+far)\b|\b(?:don['’]?t|do\s+not)\s+know\b|\bdunno\b|\bno\s+idea\b"
    r"|\A\W*(?:no|nothing|that['’]?s)\s+(?:else|all|it)\W*\Z|\bnot\s+(?:even\s+)?(?:here|around)\b|\bcan\s+we\s+not\b|^\W*(?:[\w’']+\s+){0,2}[\w’']+\s*(?:\.\.\.|…)\W*$",
    re.IGNORECASE,
)
"""It says that what was asked for isn't there to be said."""
_SAYS_NOTHING = late(
    r"\W*(?:(?:i\s+)?(?:dunno|don['’]?t\s+know)|not\s+sure|no\s+idea|that['’]?s\s+(?:it|all)|nothing)(?:\s+(?:yet|really))?\W*",
    re.IGNORECASE,
)
_WHY = late(
    r"\b(?:because|cos|since|so\s+that|reason|why|until|unless|otherwise|can['’]?t|cannot|isn['’]?t|hasn['’]?t|wasn['’]?t|aren['’]?t|not|no|nobody|never"
    r"|nothing|risk\w*|safe\w*|too|enough|if)\b",
    re.IGNORECASE,
)
_ASIDE = late(r"^\W*(?:although|though|but|anyway|mind\s+you|to\s+be\s+honest|still|funny)\b", re.IGNORECASE)
_FEWEST_WORDS_OF_AN_OUTCOME = 2
_UNDECIDED = late(
    r"\b(?:haven['’]?t|hasn['’]?t|hadn['’]?t|have\s+not|not|never|didn['’]?t|don['’]?t|can['’]?t|no(?:thing(?:['’]?s|\s+is)?|body(?:['’]?s|\s+has)?)?)\s+"
    r"(?:(?:really|actually|yet|been|a|my|any|even|i|we|i['’]?ve|we['’]?ve|made|come\s+to|think|know\s+what|sure\s+what|ve|have)\s+)*(?:decid\w+|decision)\b|\bundecided\b"
    r"|\b(?:nothing|anything)\s+to\s+decide\b|\bdecided\s+(?:nothing|nowt)\b",
    re.IGNORECASE,
)
"""It says that nothing is decided."""
_GONE_BY = late(
    r"\b(?:was|were|did|had|left|told|said|asked|thought|went|came|saw|heard|once|kept|gave|felt|knew|says|keeps)\b",
    re.IGNORECASE,
)
_AHEAD = late(
    r"\b(?:will|would|wouldn['’]?t|want\w*|going\s+to|able|more|less|fewer|better|safer|if|until|when|after|tell|explain|hope|should"
    r"|could|can|(?:mon|tues|wednes|thurs|fri|satur|sun)day|weds|tomorrow|next|first|letter|each|every)\b|['’](?:ll|d)\b|\b(?:id|ill|shed|hed|theyd)\b",
    re.IGNORECASE,
)
_OF_ANOTHER = late(r"\b(?:i|me|my|teacher|school|she|he|they|mum|dad)\b", re.IGNORECASE)
_OF_ME = late(r"\b(?:i|me|my|myself)\b", re.IGNORECASE)
_NOT_DONE = late(
    r"^\W*(?:(?:and|but|so|um|well)\W+)*(?:i|we)\s*(?:['’]ve|have)?\s*(?:not|never|haven['’]?t|didn['’]?t|don['’]?t|can['’]?t|couldn['’]?t|wasn['’]?t)\b"
    r"|^\W*(?:no|well|um)?\W*(?:it|he|she|they)\s+(?:won['’]?t|can['’]?t|will\s+not)\s*(?:[,.!;–-]|\Z)",
    re.IGNORECASE,
)
"""What hasn't been done, or "It won't, it's a bump": neither what changes nor what anybody is told."""
_HEDGED = late(
    r"^\W*(?:(?:um|well|maybe|just|probably|in\s+a\s+month)\W+)*that\s+(?:he|she|they|we|the)\b", re.IGNORECASE
)
"""An outcome said with a question mark: "that he knows when he's going home?"."""
_WHAT_IF = late(r"\W*(?:(?:and|but|so)\s+)?(?:what\s+)?if\b[^?]*\bwhat\s+(?:then|do\s+i\s+do)\W*\?\W*", re.IGNORECASE)
""" "And if social care say no further action, what then?" is put to us, whoever says something in it."""
_LETTER = late(r"[^\W\d_]")
_SHOULD_HAVE = late(r"\b(?:should|ought\s+to)(?:n['’]?t)?(?:['’]?ve|\s+have|\s+of|a)\b", re.IGNORECASE)
""" "I should've rung on Thursday and I didn't": owned, and no decision."""
_WRONG = late(
    r"^\W*(?:(?:no|well|actually|sorry|but|that['’]?s|you['’]?re|it['’]?s|all)\W+)*(?:wrong|not\s+right|incorrect)\b",
    re.IGNORECASE,
)
"""A correction by its first words; what follows says what is so instead."""
_SAYS_SO: Mapping[Keeps, re.Pattern[str]] = {
    "decision": late(
        r"\b(?:decid\w+|decision|plan\s+is|going\s+to|(?:I|we)(?:['’]ll(?!\s+(?:be\s+honest|admit|say|tell\s+you))|\s+will|\s+need\s+to|\s+should)"
        r"|(?:I|we)\s+(?:do\s+not|don['’]?t|won['’]?t|can['’]?t|cannot|will\s+not)\s+(?:accept|agree|close|step|support)"
        r"|com(?:e|ing)\s+off|stay(?:s|ing)?\s+(?:on|open|where|in)|keep(?:ing)?|clos(?:e|ing)|step(?:ping)?\s+(?:down|up)"
        r"|refer(?:ral|ring|red)?|escalat\w+|carry\s+on|continue|no\s+further\s+action|apply|strategy|hold\s+off|leave\s+it)\b",
        re.IGNORECASE,
    ),
    "outcome": late(r"\b(?:would|will|be\s+able|more|less|fewer|better|safer|happier)\b|['’](?:d|ll)\b", re.IGNORECASE),
    "child-told": late(
        r"\b(?:tell|say|hear|explain|sorry|know|letter)\b|\b(?:from|by)\s+(?:me|us|(?:his|her|their|the)\s+\w+|(?-i:[A-Z])\w+)\b"
        rf"|^\W*(?:me|(?-i:[A-Z])\w+)\s*,.*\b(?:today|tonight|{TOMORROW}|\w+day|after|before|once|when|that)\b",
        re.IGNORECASE,
    ),
    "next-date": late(
        r"\b(?:again|next|back|(?:mon|tues|wednes|thurs|fri|satur|sun)day|weeks?|month|tomorrow|fortnight|january|february"
        r"|march|april|may|june|july|august|september|october|november|december|\d{1,2}(?:st|nd|rd|th))\b",
        re.IGNORECASE,
    ),
    "contingency": late(r"\b(?:if|when|would|unless)\b|['’]d\b", re.IGNORECASE),
}
_IN_PASSING = late(
    r"\b(?P<what>(?:i['’]?m|i\s+am|we['’]?re|we\s+are)\s+(?:(?:not|now|definitely)\s+)*(?:asking\s+for|stepping|keeping|closing|referring"
    r"|putting|taking|seeking|requesting|holding|escalating|leaving|calling)\s+\S+(?:\s+(?!what['’]?s\b)[^\s.?!;]+?){1,40})"
    r"(?=,?\s+(?:and\s+)?what['’]?s\b|\s*[.?!;]|\s*\Z)",
    re.IGNORECASE,
)
""" "I literally just said, I'm asking for it to be put off, and what's undecided is …"."""
_LONG_AGO = late(r"\b(?:ago|yesterday|last\s+(?:week|month|year|night))\b", re.IGNORECASE)
_WHAT_IS_SAID = late(r"\W*(?:and\s+)?that\s+(?:i|we|he|she|they|it|the|his|her|nobody|somebody)\b", re.IGNORECASE)
""" "From me, tonight. That I heard it ring": the words themselves, whenever what they tell of was."""
_WHO_SAYS_IT = late(
    r"\W*(?:from|by)\s+(?:me|us|(?:his|her|their|the)\s+\w+|(?-i:[A-Z])\w+)\b[^.!?]{0,40}?(?:\bthat\b|:)", re.IGNORECASE
)
""" "From me, at breakfast, that I was worried": told of the past, and said tomorrow."""
_WOULD_SAY = late(r"\bwould\b[^?]*\bsay\b", re.IGNORECASE)
_TO_YOU = late(r"\b(?:you|wrong|misread|question)\b", re.IGNORECASE)
_AGREES = late(
    r"^\W*(?:(?:um|well|ok(?:ay)?|no)\W+)*(?:yes|yeah|yep|yup|aye|mostly|(?:it|that)\s+is|that['’]?s\s+(?:it|right|the\s+(?:decision|one)|about\s+it|what\s+I['’]?ve\s+decided))\b[^\w]*"
    r"(?:(?:that['’]?s|it\s+is|that\s+is)\s+(?:it|right|the\s+decision|about\s+it)?\W*)?",
    re.IGNORECASE,
)
"""How somebody agrees to what was read back to them."""
_TAKES_BACK = late(r"^\W*(?:(?:well|actually|um|hang\s+on)\W+)*(?:no|nope|not)\b", re.IGNORECASE)
_READ_BACK = 40
"""Characters by which it's known: a longer one was cut where it was read back."""
_BEGUN_TWICE = late(r"^\W*decided\W+(?:well\W+)?(?=I['’]?ve\s+decided)", re.IGNORECASE)
"""The question's own word before the answer: "decided well I've decided"."""
_DECIDED = late(r"(?<!can\s)(?<!to\s)(?<!will\s)\b(?:decid\w+|decision\s+is)\b", re.IGNORECASE)
_SPOKEN = late(r"\b(?:you|u|your|ur|you['’](?:re|ve|ll|d))\b", re.IGNORECASE)
"""Words that will be said to somebody; to us they'd be known as such (`said_to_us.py`)."""
_FEWEST_SPOKEN = 4


def filed(turn: Turn) -> str:
    """The words of its answer that belong in the record where its question keeps them; empty when none do."""
    answer = turn.answer or ""
    return " ".join(answer[slice(*span)] for span in kept_spans(turn))


def begins_with_wrong(turn: Turn) -> bool:
    """It begins by saying that what we said is wrong."""
    return _WRONG.match(turn.answer or "") is not None


def left_over(turn: Turn) -> str:
    """What of the answer is not filed and isn't a question to us: it belongs among what was talked about."""
    answer, kept = turn.answer or "", list(kept_spans(turn))
    return " ".join(
        answer[slice(*span)]
        for span in spoken_sentences(answer)
        if not overlaps(span, *kept)
        and not _SAYS_NOTHING.fullmatch(answer[slice(*span)])
        and not _is_asked(turn, span)
        and not is_to_us(turn, span)
        and not _OF_THE_SESSION.search(answer[slice(*span)])
    )


def filed_last(state: State, keeps: Keeps) -> str:
    """What stands in the record in that place: of several answers the last that says it, the decision itself first;
    and what was said before it was asked for."""
    last = next((turn for turn in reversed(state.turns) if turn.asked.keeps == keeps and filed(turn)), None)
    words = _with_what_was_read_back(state, last) if last else ""
    if keeps == "child-told" and not words:
        return told_before(state, of_a_baby=False) or told_before(state, of_a_baby=True)
    plainly = _DECIDED.search(words) if keeps == "decision" else None
    start = next((start for start, end in spoken_sentences(words) if plainly and start <= plainly.start() < end), 0)
    return _BEGUN_TWICE.sub("", words[start:])


def _with_what_was_read_back(state: State, turn: Turn) -> str:
    """A decision that was read back stands before what was said to that, unless it was taken back or said anew."""
    words, before = filed(turn), decided_before(state)
    if turn.asked.keeps != "decision" or not before or before[:_READ_BACK] not in turn.asked.text:
        return words
    if _TAKES_BACK.match(words) or (_says_so("decision", words) and not _AGREES.match(words)):
        return words
    return f"{before}. {_AGREES.sub('', words)}".strip()


def whole_sentences(words: str, longest: int = LONGEST_SAID) -> str:
    """As many of the first sentences as there is room for, each whole and on one line; one at the least."""
    kept: list[str] = []
    for span in spoken_sentences(words):
        one = " ".join(words[slice(*span)].split())
        if kept and sum(map(len, kept)) + len(one) > longest:
            break
        kept.append(one)
    return " ".join(kept)


def kept_spans(turn: Turn) -> Iterator[Span]:
    """Where in its answer the words stand that belong in the record: whole sentences, or of one that runs on around a
    decision the part that decides."""
    found = tuple(_whole_sentences_kept(turn))
    in_passing = () if found or turn.asked.keeps != "decision" else _IN_PASSING.finditer(turn.answer or "")
    yield from found or (one.span("what") for one in in_passing)


def _whole_sentences_kept(turn: Turn) -> Iterator[Span]:
    answer, keeps = turn.answer or "", turn.asked.keeps
    if keeps not in PLACES or keeps is None:
        if answer and keeps == "to-supervision":
            yield from (span for span in spoken_sentences(answer) if not _is_said_to_us(answer[slice(*span)]))
        elif answer:
            yield 0, len(answer)
        return
    decides = _says_it_somewhere(turn, keeps)
    planned = turn.reading.steps if turn.reading and keeps == "decision" else ()
    to_be_done = [step.span for step in planned if step.who or step.by]
    plainly_only = decides or _answers_nothing(turn) or (keeps == "decision" and says_undecided(turn))
    spoken = list(_spoken_in(answer)) if keeps == "child-told" else []
    about_the_page = (
        () if is_page(turn.asked.question) else of_the_page(answer, lines_shown(turn.asked.said_first, keeps))
    )
    for span in spoken_sentences(answer):
        if span in about_the_page:
            continue
        whole = _before_a_question(turn, span)
        words = answer[slice(*whole)]
        if not _LETTER.search(words) or (whole == span and _is_asked(turn, span)) or _OF_THE_SESSION.search(words):
            continue
        if keeps == "decision" and _decides_nothing(turn, words):
            continue
        if span in spoken:
            yield whole
            continue
        if to_the_program(words) or (keeps in {"child-told", "outcome"} and _is_no_answer(keeps, words)):
            continue
        plainly = _says_so(keeps, words) or overlaps(span, *to_be_done)
        if not plainly and is_to_us(turn, whole):
            continue
        if keeps == "outcome" and not plainly and len(words.split()) < _FEWEST_WORDS_OF_AN_OUTCOME:
            continue
        stands_so = _says_only(turn, whole, _NEVER if plainly else _SAID_BESIDE)
        if (plainly or spoken or not plainly_only or (decides and _is_why(keeps, words))) and (
            not stands_so or _is_said_by_the_child(turn)
        ):
            yield whole


def _decides_nothing(turn: Turn, words: str) -> bool:
    """It says that nothing is decided, agrees to what wasn't one, or only owns what should have been done."""
    own = _QUOTED.sub("", words)
    owns = _SHOULD_HAVE.search(own) is not None and _DECIDED.search(own) is None
    return _UNDECIDED.search(own) is not None or _only_agrees(turn, words) or owns


def _only_agrees(turn: Turn, words: str) -> bool:
    """ "That's right", where no decision was read back to be agreed to: it's of the summary."""
    return "“" not in turn.asked.text and not _AGREES.sub("", words).strip(" .,!")


def is_to_us(turn: Turn, span: Span) -> bool:
    """Nearly all of a stretch of its answer was read as said to us, and tells nothing of the case.

    Whoever names a child as they begin tells of the case: "There's three of them but it's Kezia I keep coming back to".
    """
    if turn.asked.keeps == "focus" and turn.reading and _names_a_child(turn.reading, span):
        return False
    return nearly_all_within(span, turn.reading.to_us if turn.reading else ())


def _names_a_child(reading: Reading, span: Span) -> bool:
    return any(who.role == "child" and who.by == "name" and span[0] <= who.span[0] < span[1] for who in reading.people)


def _is_said_to_us(words: str) -> bool:
    return to_the_program(words) or bool(questions_to_us(words))


def says_undecided(turn: Turn) -> bool:
    """It says that nothing is decided, and a sentence that says so is no decision."""
    return _UNDECIDED.search(_QUOTED.sub("", turn.answer or "")) is not None


def says_plainly(turn: Turn) -> bool:
    """Some of what is kept of it says in so many words what was asked for."""
    keeps, answer = turn.asked.keeps, turn.answer or ""
    return (
        keeps in PLACES and keeps is not None and any(_says_so(keeps, answer[slice(*one)]) for one in kept_spans(turn))
    )


def _says_so(keeps: Keeps, words: str) -> bool:
    own = _QUOTED.sub("", words)
    return _SAYS_SO[keeps].search(own) is not None and not (keeps == "decision" and _UNDECIDED.search(own))


def says_decided(words: str) -> bool:
    """A sentence that says in so many words what is decided."""
    return _says_so("decision", words)


def _is_no_answer(keeps: Keeps, words: str) -> bool:
    """It says that nothing is known, or tells what went before instead of what changes or what somebody is told."""
    own = _QUOTED.sub("", words)
    if keeps == "child-told" and (_WHAT_IS_SAID.match(words) or _WHO_SAYS_IT.match(words)):
        return False
    if _NOTHING_TOLD.search(words) or _NOT_DONE.search(own) or of_their_own(words):
        return True
    whose = _OF_ME if keeps == "child-told" else _OF_ANOTHER
    return _GONE_BY.search(own) is not None and whose.search(own) is not None and not _AHEAD.search(own)


def _says_it_somewhere(turn: Turn, keeps: Keeps) -> bool:
    """A sentence of the answer plainly decides, or plainly names the day; then the rest need not stand beside it."""
    answer = turn.answer or ""
    whole = (answer[slice(*span)] for span in spoken_sentences(answer))
    return keeps in {"decision", "next-date"} and any(
        _says_so(keeps, words) and not _ASIDE.match(words) and not to_the_program(words) for words in whole
    )


def _spoken_in(answer: str) -> Iterator[Span]:
    """The sentences that will be said to somebody, and those that stand in one quotation with them."""
    sentences = list(spoken_sentences(answer))
    said = [span for span in sentences if _is_spoken(answer[slice(*span)])]
    quoted = [found.span() for found in _QUOTED.finditer(answer) if overlaps(found.span(), *said)]
    yield from (span for span in sentences if span in said or overlaps(span, *quoted))


def _is_spoken(words: str) -> bool:
    """What a child will hear, as it will be said: "Jamie, I've something hard to tell you"."""
    return len(words.split()) >= _FEWEST_SPOKEN and _SPOKEN.search(words) is not None and not to_the_program(words)


def _is_why(keeps: Keeps, words: str) -> bool:
    """What a decision rests on is part of it."""
    return keeps == "decision" and _WHY.search(words) is not None and not _ASIDE.match(words)


def _answers_nothing(turn: Turn) -> bool:
    """It corrects us or goes elsewhere; or, asked for a decision, all it does is tell what somebody saw or said."""
    reading, answer = turn.reading or Reading(), turn.answer or ""
    otherwise = any(stand.stance in _STANDS_OTHERWISE for stand in reading.stands)
    if (otherwise and not _is_said_by_the_child(turn)) or begins_with_wrong(turn):
        return True
    if turn.asked.keeps == "decision" and _LONG_AGO.search(answer) and not _SAYS_SO["decision"].search(answer):
        return True
    reported = [one.span for one in reading.statements if one.source in {"told", "seen"}]
    return turn.asked.keeps == "decision" and all(overlaps(span, *reported) for span in spoken_sentences(answer))


def _is_said_by_the_child(turn: Turn) -> bool:
    """What a child would say, in the first person, sounds like a correction: "I'm four, this is my bed"."""
    asks_for_it = turn.asked.keeps == "outcome" and _WOULD_SAY.search(turn.asked.text)
    return bool(asks_for_it) and _TO_YOU.search(turn.answer or "") is None


def _says_only(turn: Turn, span: Span, stances: Sequence[Stance]) -> bool:
    """What the sentence says is how it stands to the question, and no decision beside it."""
    stands = [stand for stance in stances if turn.reading and (stand := turn.reading.stand(stance))]
    words = (turn.answer or "")[slice(*span)]
    if says_decided(
        words
    ):  # "we'll keep it open because nobody has seen her" is nobody's "too soon", whatever reads it so
        stands = [stand for stand in stands if stand.kind != "too-soon"]
    said = any(span[0] <= stand.span[0] < span[1] for stand in stands)
    return said and not _DECIDED.search(words)


def _is_asked(turn: Turn, span: Span) -> bool:
    """A question that is put to us or thrown back, and neither quoted nor one that somebody else is to be asked."""
    answer = turn.answer or ""
    words = answer[slice(*span)]
    if _begins_like(words, turn.asked.text) or _WHAT_IF.fullmatch(words):
        return True
    if turn.asked.keeps == "outcome" and _HEDGED.match(words):
        return False
    quoted = any(match.start() <= span[0] and span[1] <= match.end() for match in _QUOTED.finditer(answer))
    if quoted or (_TO_SOMEBODY.search(words.partition("?")[0]) and not _ASKS.match(words)):
        return False
    return (
        words.rstrip(" )”\"'").endswith("?")
        or _BACK_AT_US.fullmatch(words) is not None
        or _ASKS.match(words) is not None
    )


def _before_a_question(turn: Turn, span: Span) -> Span:
    """Of a sentence that runs on into a question to us, what comes before it; and after a complaint what it says."""
    words = (turn.answer or "")[slice(*span)]
    runs_on, grumble = _RUNS_ON.search(words), _GRUMBLE.match(words)
    if grumble and turn.asked.keeps == "child-told":
        span, words = (span[0] + grumble.end(), span[1]), words[grumble.end() :]
        runs_on = _RUNS_ON.search(words)
    return (span[0], span[0] + runs_on.start()) if runs_on and words[: runs_on.start()].strip() else span


def _begins_like(words: str, question: str) -> bool:
    """ "How will the baby hear, she's seven months": our own question thrown back."""
    first = words.lower().split()[:_THROWN_BACK]
    return len(first) == _THROWN_BACK and first[0] in _ASKING and " ".join(first) in " ".join(question.lower().split())
