"""What a sentence tells where no heading says it: who the case is about, what was done well, what was.

Owns the wordings by which these are known. Whether something is to be done is for `addressing`; what a heading promises
is for `sections`. Knows nothing of blocks or points.
"""

from __future__ import annotations

import re

_NUMBER = (
    r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen|eighteen)"
)
_SOMEBODY = (
    r"(?:boys?|girls?|bab(?:y|ies)|infants?|toddlers?|child(?:ren)?|teenagers?|famil(?:y|ies)|siblings|brothers"
    r"|sisters"
    r"|twins|pupils?|students?|young (?:wom[ae]n|m[ae]n|person|people|mother|father)|(?:wom|m)[ae]n|mother|father"
    r"|son|daughter)"
)
_NAMED = (
    r"(?:(?:Baby|Child|Adult|Sibling|Family|Young Person|Mrs?|Ms|Miss) [A-Z][\w’'-]*"
    r"|[A-Z][a-z]{2,}(?: and [A-Z][a-z]{2,})?)"
)
_ONE_OF_A_KIND = (
    rf"(?:(?:An?|This|Two|Three|Four|Five|All {_NUMBER}|Both) (?:of the )?(?:(?:{_NUMBER}|\w+)[- ](?:year|month|week"
    rf"|day)s?[- ]old )?"
    rf"(?:[a-z]+ ){{0,2}}?{_SOMEBODY}\b)"
)
_AGED = (
    rf"(?:\([A-Z]?\d{{1,2}}\)|\baged\b|\b{_NUMBER}[- ](?:years?|months?|weeks?|days?)[- ](?:old|of age)\b"
    rf"|\bof {_NUMBER}(?:,| (?:who|had|has|was|is|lived|told)\b)"
    rf"|\b(?:is|was|were) (?:only |just |nearly )?{_NUMBER}\b(?! (?:times|occasions|of|in|point|more|days|weeks|months"
    rf"|years late)\b))"
)
_LIVED = (
    r"(?:lived|lives|died|(?:was|were|is) (?:(?:\w+ )?(?:born|found|admitted|taken|living|killed|injured|groomed"
    r"|removed"
    r"|adopted|cared for|looked after|placed|pregnant|boys|girls|brothers|sisters|twins|aged"
    r"|being (?:groomed|exploited|bullied|hurt|looked after|cared for))|an? (?:\w+ )?(?:boy|girl|baby|child|toddler|"
    r"infant|teenager))"
    r"|(?:ha[ds]|have) been (?:caught|found|injured|hurt|removed|missing|killed|living|excluded)"
    r"|moved (?:in|out|to|away)|swallowed|suffered|sustained|drowned|disclosed|went missing|told (?:her|his|a"
    r"|the) \w+)\b"
)
_INTRODUCES = re.compile(
    rf"\W*(?:(?:In|On|At|When|By) [^.,]{{3,40}}, )?(?:{_NAMED}(?:,| \(| is\b| was\b| were\b"
    rf"| and\b)[^.;:]{{0,80}}?{_AGED}|{_NAMED},? {_LIVED}"
    rf"|{_NAMED}(?: (?:is|was)|,) {_NUMBER}\b(?! (?:of|in)\b)|{_ONE_OF_A_KIND}[^.;:]{{0,60}}?\b(?:{_LIVED}|{_AGED}))"
)
_NO_NAME = re.compile(
    r"\W*(?:The|This|That|These|Those|There|They|It|Nobody|None|Some|Most|Many|Practitioners|Professionals|Police"
    r"|Records"
    r"|Staff|Schools?|Services|Agencies|Workers|Leaders|Managers|Children|Parents|What|When|Where|Why|How|Each|Every"
    r"|Few"
    r"|She|He|We|You|One|Nothing|Everyone|Everybody|Somebody|Health|Social|Housing|Information|Supervision|Neither)\b"
)
"""Begins a sentence with a capital and is nobody's name."""
_OF_THE_SUBJECT = re.compile(
    r"\W*(?:Baby|Child|Adult|Infant|Sibling|Young Person) [A-Z][\w’'-]* (?:was|had|lived|is|has|died|did)\b"
)
_BY_AGE = re.compile(rf"\W*{_NAMED}(?: (?:is|was)|,) (?:only |just |nearly )?{_NUMBER}\b(?! (?:of|in)\b)")
_GOES_ON = re.compile(
    rf"\W*(?:He|She|They|His|Her|Their|Both|Mum|Dad|Mother|Father|The (?:\w+ )?{_SOMEBODY}|{_NAMED}[’']s"
    rf"|{_ONE_OF_A_KIND})\b"
)
_SAYS_MORE = re.compile(
    r"\b(?:professionals?|practitioners?|services?|agenc(?:y|ies)|workers?|visitors?|records?|recorded|nobody|no one"
    r"|none"
    r"|nothing|not|never|without|missed|opportunit\w+|assess\w+|referr\w+|plans?|meetings?|review)\b|n[’']t\b",
    re.IGNORECASE,
)
"""In a sentence about a family, what makes it one about what was done for them."""
_PRAISE = re.compile(
    r"\b(?:well (?:chaired|led|supported|coordinated|planned|attended|understood|informed|matched|written|recorded"
    r"|established|embedded|trained|prepared|known)|highly effective|skilled|skilful\w*|warm|warmly|sensitively"
    r"|strong (?:\w+ ){0,2}(?:commitment|relationships?|partnerships?|leadership|focus|advocacy|practice|support)"
    r"|effective"
    r"|effectively|benefit(?:s|ed)? from|(?:children|families|pupils|them) well\b|tenacious\w*|impressive|excellent"
    r"|child-centred"
    r"|thoughtful\w*|creative\w*|persistent(?:ly)?|promptly|swiftly|commitment to|committed to|good (?:\w+ )?practice"
    r"|have begun to put (?:it|this|these|things) right|kept (?:ringing|trying|asking|going back)"
    r"|courage|go(?:es)? the extra mile|went the extra mile|make (?:a|the) difference|commend\w*)\b",
    re.IGNORECASE,
)
_BUT = re.compile(
    r"\b(?:not|no|never|nobody|none|nor|however|but|although|though|while|whilst|yet|unless|without|despite|too"
    r"|rarely"
    r"|seldom|few|less|lack\w*|limited|insufficient\w*|inconsistent\w*|variable|variab\w+|weak\w*|poor\w*|delay\w*"
    r"|missed|absen\w+"
    r"|fail\w*|gaps?|barriers?|should|must|could|would|might|may|needs?|needed|if|only|more|some|risks?|drift\w*"
    r"|declin\w+"
    r"|inadequate|unclear|hidden|overlooked|assumed|optimis\w+|questioned|seen as|is about|means)\b|n[’']t\b",
    re.IGNORECASE,
)
_WAS = re.compile(
    r"\b(?:was|were|had|did|[a-z]{3,}ed|held|kept|stood|told|knew|saw|went|came|gave|took|made|left|found|fell|rang"
    r"|said|felt"
    r"|thought|spoke|wrote|met|led|sent|lost|began|became|brought)\b",
    re.IGNORECASE,
)
_IS_NOW = re.compile(
    r"\b(?:is|are|has|have|do|does|can|may|should|must|will|needs?|cannot|always|often)\b", re.IGNORECASE
)


def introduces_the_case(text: str) -> bool:
    """Whether a sentence tells who a case is about: "Wren was seven and was cared for by her grandmother"."""
    return _INTRODUCES.match(text) is not None and not _NO_NAME.match(text)


def names_who_it_is_about(text: str) -> bool:
    """Whether a sentence is about the child or adult whom a review calls by another name, and of nobody's work."""
    return _OF_THE_SUBJECT.match(text) is not None and is_only_of_the_case(text)


def gives_an_age(text: str) -> bool:
    """Whether a sentence says how old somebody was, by name: "Robin was six weeks old"."""
    return _BY_AGE.match(text) is not None and not _NO_NAME.match(text)


def goes_on_about_the_case(text: str) -> bool:
    """Whether a sentence after such a one tells more of the same people, and nothing of those who worked with them."""
    return _GOES_ON.match(text) is not None and is_only_of_the_case(text)


def praises(text: str) -> bool:
    """Whether a sentence tells of what was done well, and of nothing else."""
    return _PRAISE.search(text) is not None and not qualifies(text)


def tells_what_was(text: str) -> bool:
    """Whether a sentence only tells what happened then."""
    return _WAS.search(text) is not None and not _IS_NOW.search(text)


def is_only_of_the_case(text: str) -> bool:
    """Whether a sentence has no word of those who worked with a family, or of what they did."""
    return not _SAYS_MORE.search(text)


def qualifies(text: str) -> bool:
    """Whether a sentence has a word that takes back, doubts or denies."""
    return _BUT.search(text) is not None
