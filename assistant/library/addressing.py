"""Whom a sentence is addressed to, and whether it says that something is to be done.

Owns the wordings by which both are known: who is named, and how a recommendation is said. Knows nothing of headings,
blocks or points.
"""

from __future__ import annotations

import re

from assistant.library.points import Audience


def _any_of(*wordings: str) -> re.Pattern[str]:
    return re.compile("|".join(wordings), re.IGNORECASE)


_AUDIENCES: tuple[tuple[Audience, re.Pattern[str]], ...] = (
    (
        "manager",
        _any_of(
            r"\b(?:managers?|supervisors?|team leaders?|(?:school|health|strategic|senior|service|local)? ?leaders"
            r"|leadership|heads? of service)\b"
        ),
    ),
    ("inter-agency", _any_of(r"\b(?:inter-?\s?agency|multi-?\s?agency|partner agencies|all agencies)\b")),
    (
        "system",
        _any_of(
            r"\b(?:system|boards?|panels?|partnerships?|partners|strategic|national|lscb|lscp|scp|l?sab)\b",
            r"\b(?:commissioners?|commissioning)\b",
        ),
    ),
    (
        "practitioner",
        _any_of(
            r"\b(?:learning|implications|messages|points|tips) for practice\b",
            r"\b(?:practitioners?|professionals|front-?line|staff|social workers|health visitors|schools)\b",
            r"\b(?:social worker|health visitor|nurses?|midwives|midwife|gps?|general practitioners?|teachers?"
            r"|clinicians?"
            r"|doctors|paediatricians?|(?:police )?officers|workers)\b",
        ),
    ),
)
_AGENCIES = _any_of(r"\b(?:agencies|organisations)\b")
_ROLES = (
    r"managers?|supervisors?|team leaders?|leaders|practitioners?|professionals?|staff|workers?|social workers?"
    r"|health visitors?|midwives|midwife|nurses?|gps?|schools?|teachers?|clinicians?|doctors|paediatricians?|officers"
    r"|police|boards?|partnerships?|partners|commissioners|agencies|agency|services?|organisations?|authority"
    r"|authorities"
    r"|trusts?|teams?|councils?|departments?|hospitals?|providers?|panel|l?sab|l?scp|lscb|social care|everyone|anyone"
)
_NAMED = _any_of(
    r"\W*(?:for )?(?:all )?(?P<who>managers|supervisors|team (?:managers|leaders)|practitioners|professionals"
    r"|commissioners|front-?line (?:staff|practitioners)|social workers|health visitors|schools"
    r"|the (?:board|partnership))\W*?(?:[:–—]|\s-)\**\s"
)
_AS_ONE = _any_of(
    r"\W*(?:if you(?: are|[’']re)|as) (?P<who>an? (?:[\w-]+ ){0,3}?(?:manager|supervisor|team leader|practitioner"
    r"|professional"
    r"|social worker|health visitor|midwife|nurse|gp|teacher|worker|clinician)),? "
)
_DONE = (
    r"(?! (?:\w+ )?have (?:\w+ly |also |then |never |always |all )?(?:been|had|done|made|known|held|sought|taken"
    r"|seen|sent"
    r"|told|kept|led|met|gone|come|given|heard|left|put|set|read|written|spoken|\w+ed)\b"
    r"| be (?:commended|praised|congratulated)\b)"
)
"""What should have been done is a finding."""
_MUST = (
    r"(?:must|should|shall|ought to|needs? to|(?:is|are) (?:(?:expected|required|reminded|asked|recommended"
    r"|encouraged"
    rf"|advised) )?to)\b{_DONE}"
)
_BEFORE = (
    r"(?:(?:when|where|whenever|wherever|if|in|for|as|before|after|once|during|at|on|across|while|to|therefore"
    r"|however"
    r"|so|following|given|with|by|from|until|going forward)\b[^.;:?]{0,160}?, (?:all )?)?"
)
_AFTER = (
    r"(?: (?:(?!\b(?:that|what|how|whether|if|why|when|should|must|not|but|is|are|was|were|has|have|had|do|does|did"
    r"|the need)\b)[^\s.;:,]+)){0,12}?"
)
_WHO_MUST = re.compile(
    rf"{_BEFORE}(?P<who>(?:the |all |each |every |both |local |our |any )*(?:[\w’'-]+ ){{0,3}}?(?:{_ROLES})"
    rf"(?: (?:and|or|&) [\w’' -]{{2,40}}?)?)"
    rf"(?: (?:of|in|at|from|within|across|working|who|with|for|involved|supporting|undertaking)\b{_AFTER})? {_MUST}",
    re.IGNORECASE,
)
"""Says who is to do something."""
_TO_DO = re.compile(
    r"(?!(?:Support|Encourage|Remind|Ask|Enable|Help|Allow|Require|Train|Equip|Expect|Invite|Empower|Advise"
    r"|Challenge)\b)"
    rf"(?!.{{0,60}}\b(?i:failures?|inability|lack|reluctance|ability|need|pressure|opportunit(?:y|ies)|delays?)\b)"
    rf"(?P<who>(?:(?:the|all|each|every|both|local|of|and|&|[A-Z][\w’'&-]*) ){{0,6}}?(?i:{_ROLES})) to"
    r" (?!the\b|an?\b|date\b|this\b|their\b|be\Z)[a-z]{2,}\b"
)
"""Says who is to do something, as plans of action do: "The Board to ask each agency …"."""
_YOU_MUST = re.compile(rf"{_BEFORE}(?:you|we)(?: all| also)? {_MUST}", re.IGNORECASE)
_WANTS = re.compile(
    rf"{_BEFORE}(?:i|we)(?: would|[’']d| will| do)?(?: also| all| now)? (?:like|ask|want|urge|expect|encourage"
    rf"|invite|remind)"
    r" (?:that |you\b|all\b|each\b|every\w*\b|colleagues\b|practitioners\b|staff\b|schools\b|teams\b|managers\b"
    r"|partners\b)",
    re.IGNORECASE,
)
"""Says what the writer asks of the reader."""
_CAN_YOU = re.compile(
    r"\W*(?:(?:so|and|therefore|from [^,.]{2,20}?),? )*(?:can|could|will|would) (?:you|we|everyone|everybody|all"
    r"|all staff|staff)"
    r"(?: all| both)?,? please\b",
    re.IGNORECASE,
)
_NO_CLAUSE = (
    r"(?:(?!(?:is|are|was|were|has|have|had|do|does|did|who|which|that|because|although|while|whilst|when|where|if"
    r"|but"
    r"|not|can|could|will|would|may|might|said|told|felt|knew|thought|this|it|they|he|she|there|what|how)\b)"
    r"[\w’'()/–-]+,? )"
)
_SHOULD = re.compile(
    rf"{_BEFORE}{_NO_CLAUSE}{{1,14}}?(?:should|must)\b{_DONE}(?! (?:\w+ )?be (?:considered|regarded|viewed"
    rf"|seen) (?:as|at|to)\b)",
    re.IGNORECASE,
)
_PEOPLE = (
    r"(?:child|children|parents?|mothers?|fathers?|family|families|people|carers?|leavers|victims?|adults?)(?![’'])\b"
)
_NEEDS = re.compile(
    rf"{_BEFORE}(?:(?!{_PEOPLE}){_NO_CLAUSE}){{1,14}}?(?:needs? to\b|requires? (?:further |more |urgent "
    rf"|significant )*"
    r"(?:work|strengthening|improvement|improving|development|attention)\b)",
    re.IGNORECASE,
)
_WANTED = re.compile(
    rf"{_BEFORE}(?:(?:much |there (?:is|remains) )?(?:more|further|additional|urgent|greater)\b[^.;]{{0,80}}?"
    r"\b(?:needs? to be|is (?:needed|required)|are (?:needed|required)|must be)\b"
    r"|there (?:is|remains) (?:\w+ ){0,2}(?:a|an) (?:\w+ ){0,2}need (?:\w+ ){0,3}?(?:for|to)\b"
    r"|there (?:needs? to|must|should) be\b"
    r"|it is (?:\w+ly )?(?:important|essential|vital|crucial|critical|imperative) (?:that|for|to)\b(?! (?:note"
    r"|say)))",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"\W*(?:Always|Ask|Avoid|Be (?:aware|clear|curious|mindful|open|prepared)|Consider|Do not|Don[’']t|Ensure"
    r"|Find out"
    r"|Listen to|Make sure|Never|Remember|Speak to|Talk to|Think about|Try to|Take time to"
    r"|Check (?:that|whether|if|what|who|how)|Use (?:your|the|a|an)|Look (?:for|beyond)|Escalate"
    r"|Record (?:what|who|how|any|all|every|your)|Share (?:what|your|any)|Seek (?:advice|support|supervision))\b"
)
"""Begins a sentence that tells its reader what to do; verbs that may be names of things are not among these."""
_DONE_TO = _any_of(
    r" (?:\w+ )?be (?:told|asked|given|informed|offered|trained|reminded|made|invited|provided|supported)\b"
)
"""Says what is to be done to somebody, by others."""
_VERBS = (
    "Acknowledge Act Adopt Agree Allow Analyse Arrange Ask Assess Attend Avoid Book Bring Build Call "
    "Carry Challenge Check Clarify Collect Complete Confirm Consider Contact Create Deliver Develop "
    "Discuss Document Draw Encourage Enquire Escalate Establish Examine Explain Explore Find Focus Follow "
    "Gather Give Help Hold Identify Implement Improve Include Inform Introduce Invite Involve Keep "
    "Know Learn Let Listen Look Maintain Make Map Meet Name Note Notice Notify Obtain Observe Offer "
    "Plan Plot Prepare Promote Provide Put Question Raise Read Recognise Record Refer Reflect Report "
    "Request Respect Respond Review Ring Save Say See Seek Send Set Share Show Speak Start Stop "
    "Support Take Talk Tell Test Think Track Treat Trust Understand Update Use Visit Watch Weigh Work "
    "Write"
)
_OF_WHAT = (
    "the|a|an|any|all|each|every|both|your|their|his|her|its|our|this|these|those|what|who|whom|whose|how|why|where|when"
    "|whether|if|that"
)
_COMMANDS = re.compile(
    rf"\W*(?:(?:{'|'.join(_VERBS.split())})(?: (?:back|up|out|down|early|together|again|clearly|always))?"
    r"|(?:Look|Listen|Speak|Talk|Think|Enquire|Reflect|Respond|Act|Focus) (?:at|to|with|about|on|into|beyond)"
    rf"|Work (?:with|to)) (?:{_OF_WHAT})\b"
    r"|\W*(?:Ask|Tell|Give|Involve|Invite|Include|Encourage|Inform|Explain|See|Remind|Treat|Listen to|Speak to"
    r"|Talk to)"
    r" (?:children|parents|families|fathers|carers|people|young people|somebody|someone|everyone|others|yourself"
    r"|them)\b"
)
"""Begins with a verb and what it is done to: "Book an interpreter"."""
_ONLY_VERBS = (
    "Let Spend Sit Try Insist Follow Assume Agree Assess Attend Analyse Collect Confirm Create Deliver Develop Discuss"
    " Engage Examine Invite Know Maintain Meet Notify Observe Prepare Prevent Respond Speak Undertake"
    " Accept Adopt Allow Arrange Avoid Become Begin Bring Choose Clarify Consider Decide Describe Embed Encourage"
    " Ensure Establish Explain Explore Find Gather Get Give Go Identify Implement Improve Include Introduce Involve"
    " Keep Learn Listen Make Obtain Prioritise Promote Provide Publish Reassure Recognise Refrain Reinforce Remain"
    " Remember Remind Remove Require Revisit Say Seek Send Strengthen Tell Think Understand Wait Write"
)
_ONLY_A_VERB = rf"(?:{'|'.join(_ONLY_VERBS.split())})"
_TOLD = re.compile(
    rf"\W*(?:[Pp]lease,? (?:do not |don[’']t )?[a-z]{{2,}}\b"
    rf"|(?:[Tt]hen|[Aa]lso|[Ff]irst|[Aa]lways|[Nn]ever),? (?i:{_ONLY_A_VERB}|ask|use|ring|call|check|record"
    rf"|speak|talk) [a-z]"
    rf"|(?:{_ONLY_A_VERB}|Hand|Pass|Carry|Set|Leave|Protect|Put|Draw|Ring|Call|Name|Use|Look|Speak|Talk|Share|Report"
    r"|Record|Challenge|Build|Hold|Count|Thank|Stop|Take|Turn|Check|Note|Show) (?:(?:back|out|up|away|it|them|him|her"
    r"|yourself|together|aside)\b)|(?:Hand|Pass|Carry|Take) (?:over|on)\b"
    r"|Leave [a-z]+ (?:alone|out|behind|time|room|space)\b"
    rf"|{_ONLY_A_VERB}(?! (?:up was|sure start|simply|with that)\b)(?= [a-z“‘\"]))",
)
"""Begins with a word that can only be said to somebody: "Go back to the same question", "Write it down"."""
_TOLD_WHEN = re.compile(
    r"\W*(?:If|When|Whenever|Where|Wherever|Before|After|Once|As soon as|Until|Unless)"
    r"\b[^.;:?!,]{4,160}, (?:please |always |then |do not |don[’']t )?"
    rf"(?:{_ONLY_A_VERB}|ask|ring|call|speak|talk|record|share|check|escalate|contact|report|refer|challenge)"
    r" (?:the|a|an|any|all|each|every|both|your|their|his|her|its|our|this|that|what|who|how|why|where|when|whether"
    r"|if|to|with|it|them|about|for|children[’']s|social|back|out|up|yourself)\b",
    re.IGNORECASE,
)
"""Says when, and then tells its reader what to do."""
_TO_BE_DONE = re.compile(
    rf"{_BEFORE}(?!(?:[\w’'-]+ ){{0,6}}?(?:aims?|purpose|plans?|tasks?|roles?|goals?|challenges?|intention|way"
    rf"|issue|object"
    rf"|focus|priority|need|hope|model|approach|service|programme|system|offer|project|pathway) (?:of \w+ \w*"
    rf" ?)?(?:is|are) to\b){_NO_CLAUSE}{{1,14}}?(?:is|are) to (?:be"
    rf" (?!found|seen as"
    r"|heard|expected|welcomed|commended|praised|congratulated|noted|regretted|discharged|removed|placed)\w+(?:ed|en"
    r"|t|ld"
    rf"|de|ut|ad|nd)\b|(?:{'|'.join([*_VERBS.split(), *_ONLY_VERBS.split()]).lower()})\b)",
    re.IGNORECASE,
)
"""Says what is to be done: "The policy is to be put back"."""
_NO_VERBS = (
    "About Above Across After Against All Along Alongside Although Amid Among Around As At Because Before Behind Below"
    " Beneath Beside Besides Between Beyond Both But By Despite Down During Either Even Except Few For From Given Had"
    " Half Has Have How However If In Inside Into Is Are Was Were Do Does Did Can Could Should Would Will May Must"
    " Just Like Many Neither Nor Not Of Off On Once Only Onto Or Out Outside Over Past Per Quite Rather Save Since So"
    " Some Such Than That Then There Though Through Throughout Till To Toward Towards Twice Under Unlike Until Up Upon"
    " Via What When Whenever Where Whereas Wherever Whether Which While Whilst Who Whose Why With Within Without Yet"
    " Almost Also Always Never Often Perhaps Maybe Too Still Nearly Hardly Together Apart And Most More Much Least Less"
    " Whatever Whoever Whichever Nobody Everybody They We You He She It These Those This Worse Later Soon Might"
)
_A_VERB_AND_WHAT = re.compile(
    rf"\W*(?!(?:{'|'.join(_NO_VERBS.split())})\b)[A-Z][a-z]{{2,}}(?<!ing)(?<!ed)(?<!ly)(?<!ss) (?:the|an?|your"
    rf"|each|every|any)"
    r" [a-z]"
)
"""Begins with a word that a noun follows at once and is none of those that may open a clause: "Lift the blanket"."""
_LABEL = re.compile(
    r"\W*(?:(?:(?:key|main|practice|reflective) )?(?:learning(?: point)?|recommendation|finding|lesson|action)s?"
    r"(?: for (?:the )?\w+(?: \w+)?)?\s*(?:no\.?\s*)?\d{0,2}(?:\s*[:–—]|(?<=\d)\.)\W*"
    r"|\(?\d{1,3}(?:\.\d{1,2}){0,3}[.)]?\s+)",
    re.IGNORECASE,
)


def audience_named(words: str) -> Audience | None:
    """The people whom a heading or the beginning of a sentence names."""
    return next((audience for audience, wording in _AUDIENCES if wording.search(words)), None)


def addressed_to(text: str) -> Audience | None:
    """Whom a text names before it speaks: "Managers - please look at every child"; or says who must do it."""
    said = _said(text)
    match = _NAMED.match(said) or _AS_ONE.match(said) or _WHO_MUST.match(said) or _TO_DO.match(said)
    if match is None or _DONE_TO.match(said, match.end()):
        return None
    return audience_named(match["who"]) or ("inter-agency" if _AGENCIES.search(match["who"]) else None)


_SAID_TO_SOMEBODY = (
    _TELLS,
    _COMMANDS,
    _TOLD,
    _TOLD_WHEN,
    _A_VERB_AND_WHAT,
    _AS_ONE,
    _WHO_MUST,
    _YOU_MUST,
    _WANTS,
    _CAN_YOU,
    _TO_DO,
    _TO_BE_DONE,
    _WANTED,
)


def asks_for_action(text: str, *, of_somebody: bool = False) -> bool:
    """Whether a sentence says that something is to be done: it tells its reader, says who must or what is wanted or,
    unless it has to be `of_somebody`, only how something should be."""
    said = _said(text.replace("**", ""))
    if any(wording.match(said) for wording in _SAID_TO_SOMEBODY):
        return True
    return not of_somebody and any(wording.match(said) for wording in (_SHOULD, _NEEDS))


def begins_with_a_command(text: str) -> bool:
    """Whether a line of a list may tell its reader what to do: its first word can be said to somebody."""
    said = _said(text.replace("**", ""))
    first = re.match(r"\W*([A-Za-z]+)", said)
    return asks_for_action(text, of_somebody=True) or (first is not None and first[1].capitalize() in _EVERY_VERB)


_EVERY_VERB = frozenset([*_VERBS.split(), *_ONLY_VERBS.split()])


def _said(text: str) -> str:
    """A text without a label or a number before it."""
    plain = " ".join(text.split())
    return plain[label.end() :] if (label := _LABEL.match(plain)) else plain
