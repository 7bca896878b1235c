"""Whether a learning point could be of use to somebody who has just told of one child.

Most of what inspectors write is of how a service is run, and much of the rest is of one agency. Owns two judgements
made on words alone: whether a point speaks of work with families and stands by itself, and whether what it is about was
spoken of at all. Knows nothing of queries, of scores or of sessions.
"""

from __future__ import annotations

import re

from assistant.language.lazy_patterns import late

MOST_WORDS = 60
"""Nobody reads more beside what they've just said."""

_OF_A_SERVICE = late(
    r"\b(?:leaders?|leadership|strategic\w*|commission\w+|audit\w*|performance|datasets?|data|boards?|governance"
    r"|quality assurance|partnership|scrutin\w+|IT systems?|electronic|workforce|vacanc\w+|recruit\w+|training"
    r"|waiting (?:list|time)s?|targets?|quarter|local authority|this visit|inspection|framework|sufficiency|corporate"
    r"|resourc\w+|capacity)\b",
    re.IGNORECASE,
)
_LEANS = late(
    r"(?:in (?:these|this|those|such|particular)|for (?:example|instance|these|this|those)|this|these|those|many are"
    r"|some are|such|however|they|as a consequence|despite|when this|it|how|where|we found|while most)\b"
    r"|the (?:extent|consistency|timeliness|quality|regularity|variable)\b",
    re.IGNORECASE,
)
_SAYS = late(
    r"\b(?:is|are|was|were|do|does|did|has|have|had|can|should|must|needs?|means|ensure|consider|accept\w*|receive|lack|experience"
    r"|put|places|take)\b"
)
_SUBJECTS = tuple(
    late(rf"\b(?:{words})\b", re.IGNORECASE)
    for words in (
        r"police\w*|officers?|crimes?|copper|PC|sergeant|arrest\w*|999|101",
        r"GPs?|doctors?|surgery|general practi\w+",
        r"MASH|front door|first contact|referr\w+|rang in|hub|triage",
        r"CAMHS|mental health|psycholog\w+|psychiatr\w+|therap\w+",
        r"youth (?:justice|offending)|YO[ST]|YJ[ST]|court\w*|custody|probation",
        r"hospitals?|A&E|emergency department|ward|midwi\w+|maternity|paediatric\w+|trusts?|CCGs?",
        r"health visit\w+|school nurs\w+|health",
        r"care leavers?|pathway plans?|leaving care|personal advis\w+|PAs?",
        r"in care|looked after|foster\w*|placements?|carers?|residential|children['’]s home|IROs?|permanence|adopt\w+",
        r"missing|return home|runs? (?:off|away)|running away|stays? out",
        r"exploit\w+|gangs?|county lines|grooming|youth violence|new (?:phone|trainers|coat)",
        r"domestic|DV|DA|hits? her|violen\w+|controlling|MARAC|coerc\w+",
        r"disab\w+|SEND?|EHC\w*|special (?:educational )?needs|autis\w+|ADHD|non-?verbal|learning (?:disab|diff)\w+",
        r"unborn|pregnan\w+|pre-?birth|due in|midwi\w+",
        r"drugs?|alcohol|drink\w*|drunk|substances?|cannabis|weed|recovery|sober",
        r"sexual\w*|sex|touch\w*|abuse\w*",
        r"schools?|educat\w+|nurser\w+|teachers?|DSL|attendance|class|college",
        r"cultur\w+|faith|ethnic\w*|heritage|interpreter|religio\w+",
        r"suicid\w+|self-?harm\w*|overdose",
        r"pre-?proceedings|PLO|legal",
        r"early help|family support|TAF|EHA",
        r"homeless\w*|evict\w+|housing",
        r"asylum|unaccompanied",
        r"young carers?",
        r"brothers?|sisters?|siblings?|mobile and older",
        r"bruis\w*|injur\w+|marks?|hurts?|scratch\w*|burn\w*|swollen|swelling|fractur\w+|broken|wrist|red|cuts?",
    )
)
"""What a point may be about besides work with a family, each with the words in which it's spoken of."""


def is_of_the_work(text: str) -> bool:
    """Whether a text speaks of work with families, and whoever has read nothing before it knows what it says."""
    words = text.split()
    return (
        len(words) <= MOST_WORDS
        and text[0].isupper()
        and text.rstrip()[-1] not in ";,:"
        and not _LEANS.match(text)
        and not _OF_A_SERVICE.search(text)
        and bool(_SAYS.search(text))
    )


def was_spoken_of(text: str, told: str) -> bool:
    """Whether every agency and subject that a text names was named by whoever told of the case too."""
    return all(subject.search(told) for subject in _SUBJECTS if subject.search(text))
