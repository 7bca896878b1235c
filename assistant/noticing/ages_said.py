"""The age said straight after a naming: "Ruby, she's 8", "he's one", "two boys, 4 and 6".

Owns those patterns, and giving the age to whoever was named.
"""

from __future__ import annotations

import re

from assistant.language.ages import NUMBERS
from assistant.language.lazy_patterns import late
from assistant.language.words_before import just_before
from assistant.noticing.cast import Cast
from assistant.noticing.observations import Span
from assistant.noticing.person import AGE, UP_TO_17

TWO_AGES = late(
    rf"\W{{1,3}}(?:aged\s+)?(?P<ages>(?:(?:\d{{1,2}}|{'|'.join(NUMBERS)})(?:\s*,\s*|\s+and\s+|\s*&\s*))+"
    rf"(?:\d{{1,2}}|{'|'.join(NUMBERS)}))\b(?!\s+(?:times|weeks|days|hours|visits))",
    re.IGNORECASE,
)
A_CHILDS_AGE = late(
    rf"\W{{0,3}}(?:(?:s?he['’]?s|who['’]?s|is|['’]s|was|are|who\s+is|who\s+are|aged?|of)\s+)?"
    rf"(?:(?:nearly|only|just|about|almost|around|still|now)\s+){{0,2}}"
    rf"(?P<age>(?:(?:1[89]|2[0-3]|eighteen|nineteen|twenty(?:[\s-](?:one|two|three))?)(?=[\s-]*(?:weeks?|months?|wks?|mths?))|(?:{UP_TO_17}))\b(?:[\s-]*(?:days?|weeks?|months?|years?|yrs?|wks?|mths?)\b(?:[\s-]+old)?)?)"
    r"(?![\w-])(?!\s+(?:\w+\s+)?(?:kids|kiddies|children|boys|girls|sons|daughters)\b)(?!\s+(?:fostering|qualified|teaching|nursing|experience|in\s+the\s+job)\b)(?!\s*(?:of|o['’]clock|am|pm|%|times|visits|weeks|months|days|hours|minutes|foot|stone|pregnan\w+|clean|sober"
    r"|nights|percent|lots|more|o|(?:years?\s+|months?\s+)?(?:check|review|reading)|and\s+a\s+half\s+stone)\b)(?!\s*(?:weeks|months)?\s+(?:pregnan|gestation|clean|sober|ago|late))",
    re.IGNORECASE,
)
_A_GROWN_UPS_AGE = late(
    rf"\W{{0,3}}(?:(?:s?he['’]?s|who['’]?s|is|['’]s|was|who\s+is|aged?)\s+|\s+)(?:(?:nearly|only|just|about|almost|now)\s+)?"
    rf"(?:1[89]|[2-9]\d|{'|'.join([*list(NUMBERS)[18:]])})\b(?!\s*(?:of|months?|weeks?|days?|minutes|foot|o['’]clock|per|%))",
    re.IGNORECASE,
)
_BARE = late(r"[A-Za-z][a-z]+\s+(?P<number>\d{1,2})(?:[,.;)]|\s+(?:and|who|the|&)\b)")
"""An age straight after a name: "tyler 8, bobby 2"."""
_ON_ITS_OWN = late(r"[.,:]\s+(?P<age>1[0-7]|\d)(?=\s*(?:[.,;)]|$))")
_BETWEEN_COMMAS = late(r"\s*[,(]\s*\d\d\s*[,.)]")
_OF_ONE_AGE = late(r"\b(?:twins|triplets)\b", re.IGNORECASE)
""" "The twins are three": both are."""
_BACK_WHEN = late(r"\b(?:since|when|until|from\s+when|before)\s+\Z", re.IGNORECASE)
"""Before an age that was: "since she was three"."""
_AGED_BY = late(r"\s*[,(]?\s*(?:is|was|aged?|of|who['’]?s|s?he['’]?s|['’]s)?\s*", re.IGNORECASE)


def age_after(text: str, span: Span) -> re.Match[str] | None:
    """A child's age said straight after a naming: "Ruby, she's 8", "he's one"."""
    found = A_CHILDS_AGE.match(text, span[1])
    if found is None or not _AGED_BY.match(text, span[1]) or _BACK_WHEN.search(just_before(text, span[0])):
        return None
    said = text[span[0] : found.start("age")].lower()
    links = re.search(r"['’]?s\s|\bis\b|\bwas\b|aged?\b|\bof\b|[,(]\s*$|\bwho", said) is not None
    links = links or (
        span[0] == 0 and said.endswith(". ") and re.match(r"[.,]|$", text[found.end() :]) is not None
    )  # "Corey. 15."
    links = links or _is_bare(text, span, found)
    one = found["age"].lower() == "one" and re.match(r"\s*(?:[.,;!?)]|and\b|so\b|$)", text[found.end() :]) is None
    return found if links and not one else None


def _is_bare(text: str, span: Span, found: re.Match[str]) -> bool:
    bare = _BARE.match(text, span[0])
    return bare is not None and bare.start("number") == found.start("age")


def is_of_age(text: str, span: Span) -> bool:
    """After a naming: "he's twenty", "who is 28"."""
    found = _A_GROWN_UPS_AGE.match(text, span[1])
    if found is not None and _BETWEEN_COMMAS.match(text, span[1]):
        return True
    return found is not None and re.search(r"['’]?s\s|\bis\b|\bwas\b|aged?\b", text[span[0] : found.end()]) is not None


def give_age(cast: Cast) -> None:
    """The age said after the last naming, where that was of a child."""
    last = cast.mentions[-1] if cast.mentions else None
    if last is None or last.role != "child" or last.person not in cast.people:
        return
    if cast.people[last.person].several and not _OF_ONE_AGE.search(cast.text, *last.span):
        return
    if is_of_age(cast.text, last.span) and not cast.people[last.person].age and last.span not in cast.introduced:
        cast.grown_up(cast.people[last.person], last.span)
        return
    if (
        ages := TWO_AGES.match(cast.text, last.span[1])
    ) is not None:  # "Jude and Sam, 7 and 9" says which of them is which
        row = [cast.people[who] for who in dict.fromkeys(one.person for one in cast.mentions) if who in cast.in_rows]
        found = list(AGE.finditer(cast.text, *ages.span("ages")))
        if len(row) == len(found) and last.person in cast.in_rows:
            for person, said in zip(row, found, strict=True):
                cast.aged(person, said.span(), said[0])
        return
    age = age_after(cast.text, last.span)
    if age is None and last.span in cast.introduced:  # "Call her Anya. 13."
        age = _ON_ITS_OWN.match(cast.text, last.span[1])
    if age is not None:
        cast.aged(cast.people[last.person], age.span("age"), age["age"])
