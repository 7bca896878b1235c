"""What one answer was understood to say: the shapes only.

A `Reading` is made once for each answer (`reader.py`), kept with the session's events, and used by every rule that
needs to know what was said. Every part of it carries the characters of the answer that show it. Knows nothing of
questions, moves or what is done about any of it.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.noticing.observations import Observation, Person, Span

Stance = Literal[
    "answers",
    "already-answered",
    "unsure",
    "refuses",
    "feeling",
    "asks-us",
    "corrects-us",
    "elsewhere",
    "beside-the-point",
]
"""How an answer stands to its question: it answers it; says that it was answered before ("I've just said"); does not
know; will not; is how the worker feels; asks something of the program; puts the program right; wants to talk of
something else; or has nothing to do with it."""

Role = Literal["child", "mother", "father", "man", "wider-family", "carer", "professional", "worker", "family"]
"""What somebody is to the case. A father is a child's own or its stepfather; a man is any other, met or not;
a carer is a foster carer or childminder; the worker is whoever types; the family is all of them together."""

Source = Literal["seen", "told", "assumed", "felt", "planned"]
"""How the worker comes by what they say: saw or heard it themselves, were told it, take it to be so, feel it, or mean
to do it."""

Subject = Literal[
    "age",
    "unborn",
    "sex",
    "lives",
    "met",
    "seen",
    "seen-alone",
    "plan",
    "stage",
    "since",
    "agency",
    "job",
    "home-visited",
    "told",
    "role",
]
"""What a fact is about. Of a person: `age` ("8", "fourteen weeks"), `unborn`, `sex`, where they live, whether the
worker has met them, when they were last seen and whether alone. Of the case: the plan it is on, what stage it has come
to, since when, an agency that is involved. Of the worker: their job, whether they have been in the home, and whom
they have told of the worry ("nobody"). `role` puts right what somebody taken for a child is: a role of its own, or
empty where it was only said that they are no child."""

Sex = Literal["male", "female"]
YesNo = Literal["yes", "no"]
ThreadKind = Literal["child-unseen", "child-words", "date", "admitted", "unmet", "unknown", "feeling"]
"""What was said and waits: a child not seen, words a child said, a date to come, something the worker owned to,
somebody nobody has met, something not known, a feeling."""

TellingKind = Literal[
    "child-said",
    "child-did",
    "child-unseen",
    "child-state",
    "parent-said",
    "parent-did",
    "adult-risk",
    "unmet",
    "between-adults",
    "good",
    "thing",
    "event",
    "long",
    "loss",
    "coming",
    "colleague",
    "stuck",
    "label",
    "reassured",
    "feeling",
    "owned",
    "hunch",
    "torn",
    "unknown",
    "family-and-me",
    "plan",
    "view",
    "anything",
]
"""What kind of thing a stretch of an answer is that may be taken up: words of a child, something a child did, a child
not seen or thought of, how a child is; what a parent says, what one does, a danger in an adult; somebody unmet, what
is between adults; something good, a thing or place, something that happened, how long, a loss, what is to come;
another worker's view, what has stalled, a vague word for facts, a worry put to rest; the worker's feeling, what they
own to, an unease, two pulls, what isn't known, what the family is to them, what somebody means to do, the worker's
own view; or something telling whose kind isn't sure."""

PartKind = Literal[
    "nothing",
    "step",
    "who",
    "when",
    "told",
    "review",
    "decision",
    "drop",
    "words",
    "order",
    "done",
    "split",
    "join",
    "keep",
    "enough",
    "question",
    "remembered",
    "aside",
]
"""What a stretch of an answer about steps or the last page is: nothing that matters; a job newly to be done; who does
one, and when; what the child is told, when it is looked at again, what was decided; of a line of the page that it goes,
how it should read, where it stands, that it is done, two, one with another, or right; that it will do; a question;
something remembered; a reason, gripe, feeling or remark."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, hide_input_in_errors=True, defer_build=True)


class _Shown(_Part):
    span: Span
    """The characters of the answer that show it."""


class Stand(_Shown):
    """One way in which an answer stands to its question, and the words that show it."""

    stance: Stance
    kind: str = ""
    """What is asked of us ("should-i"), or what is put right ("wrong-person"), where that is known."""
    wish: Span | None = None
    """For `elsewhere` and `corrects-us`: the words of what they would rather talk about, or of what is so instead."""
    drops: bool = False
    """For `refuses`: the subject is to be left alone, and not only the question."""


class Mention(_Shown):
    """Somebody spoken of."""

    person: str
    """Who is meant, by the id they have in the case sketch ("child-1", "mother-1"), or by their role where that cannot
    be known ("child")."""
    role: Role
    by: Literal["name", "noun", "pronoun"]
    called: str = ""
    """How they would be named in a question: "Ruby", "the baby", "Nan"; empty for a pronoun."""
    several: bool = False
    """More than one person at once: "the boys", "parents"."""


class Fact(_Shown):
    """Something said of a person, the case or the worker that holds until something else is said."""

    of: str
    """The person's id, `case` or `worker`."""
    subject: Subject
    value: str
    """In the worker's words where it is words ("fourteen weeks"), else `yes`, `no`, or a term of its own ("male");
    empty where it is said to be so no longer."""


class Statement(_Shown):
    """A stretch of the answer and how the worker comes by it."""

    source: Source
    teller: str = ""
    """For `told`: who told it, in the worker's words ("mum", "school")."""
    about: tuple[str, ...] = ()
    """Ids of the people it is about."""


class Step(_Shown):
    """One thing that somebody means to do."""

    text: str
    """As it was written, without the number or bullet before it."""
    who: str = ""
    """Who does it, in the worker's words ("me", "health visitor"); empty where nobody is named."""
    by: date | None = None
    """The day, counted from the day of the session."""
    by_words: str = ""
    vague: str = ""
    """The word that says little ("monitor"), where there is one."""


class Part(_Shown):
    """A stretch of an answer about decisions, steps or the last page, and what it is."""

    kind: PartKind
    lines: tuple[int, ...] = ()
    """The places on the page, from 0, that it speaks of; none where it speaks of no line of it."""


class Thread(_Shown):
    """Something said that waits to be asked about."""

    kind: ThreadKind
    about: tuple[str, ...] = ()
    """Ids of the people it is about."""


class Telling(_Shown):
    """A stretch that may be taken up."""

    kind: TellingKind
    """What it is, where that is likelier than not."""
    likeliest: tuple[TellingKind, ...] = ()
    """What it may be, the likeliest first."""
    strength: float
    """How likely an experienced supervisor is to take it up, of all that was said, from 0 to 1."""


class Reading(_Part):
    """All that one answer was understood to say; spans are character offsets into it."""

    stands: tuple[Stand, ...] = ()
    """How it stands to the question, what must be met first standing first; empty for an answer that simply answers."""
    yes_or_no: YesNo | None = None
    """The yes or no that the answer, or a sentence of it, begins with."""
    people: tuple[Mention, ...] = ()
    facts: tuple[Fact, ...] = ()
    statements: tuple[Statement, ...] = ()
    steps: tuple[Step, ...] = ()
    parts: tuple[Part, ...] | None = None
    """What is what in an answer about decisions, steps or the last page; None where nothing read it so."""
    left_open: tuple[Thread, ...] = ()
    telling: tuple[Telling, ...] = ()
    """What may be taken up, the most telling first; empty where there is no meaning to go by."""
    observations: tuple[Observation, ...] | None = None
    """What is worth a closer look, where it is sure; None where nothing was looked for."""
    named: dict[Person, int] = {}
    """How often each is spoken of, by who is meant: "he" and "my eldest" are a child where a child is meant."""
    own_life: tuple[Span, ...] = ()
    """Sentences about the worker's own family, which is not the case's."""
    to_us: tuple[Span, ...] = ()
    """What is said to the program and tells nothing of the case, nor asks: "you've just asked me that"."""
    concepts: tuple[str, ...] = ()
    """Concepts of the lexicon that the words name, in the order they are named."""

    @property
    def stance(self) -> Stance:
        """How it stands to the question, above all."""
        return self.stands[0].stance if self.stands else "answers"

    def stand(self, stance: Stance) -> Stand | None:
        """Where the answer takes this stance, if it does; a feeling and a question may come together."""
        return next((stand for stand in self.stands if stand.stance == stance), None)


class KnownPerson(_Part):
    """Somebody the case sketch holds already."""

    person: str
    role: Role
    names: tuple[str, ...] = ()
    """Every way the worker has named them: "Ruby", "the little one", "Nan"."""
    sex: Sex | None = None
    age: str = ""
    several: bool = False
    unborn: bool = False


ON_THE_PAGE = "page"
"""What an answer is for that puts the last page right: it may hold steps, a decision and a day to look again."""
PLANNING: frozenset[str | None] = frozenset({"action", "step-gap", ON_THE_PAGE})
"""What answers that may hold steps are kept as, or for."""


class Known(_Part):
    """What an answer is read against."""

    today: date
    people: tuple[KnownPerson, ...] = ()
    last_spoken_of: tuple[str, ...] = ()
    """Ids of those the last answer spoke of, the last first: whom "he" and "she" may mean."""
    quoted: str = ""
    """The worker's own words that the question gave back."""
    question: str = ""
    """The text of the question that was answered."""
    keeps: str | None = None
    """What the answer is for the record (`action` for steps)."""
    page: tuple[str, ...] = ()
    """The steps that stood before the question, as they were shown."""
    may_plan: bool = False
    """What was asked may be met with what somebody will do, though no plan was asked for."""
    of_a_case: bool = True
    """What is talked of is a case; in a review of a team's practice only phrases show how an answer stands."""
    training: bool = False
    """A group talks about a scenario: nothing in it is the group's own case."""
