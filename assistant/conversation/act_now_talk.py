"""The words of danger in a session, and what people say back to a card.

Owns the shape of `prompts/act-now-talk.yaml` and the reading of a few words typed to a card or to its yes or no: people
talk to it, they don't press buttons. Knows nothing of when a card is shown (act_now.py) or how danger is found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

from pydantic import Field, model_validator

from assistant.language.clauses import Account, Said, Text
from assistant.language.phrases import PhraseError, Phrases, check
from assistant.noticing.observations import DangerKind
from assistant.noticing.probes import Wording, Words
from assistant.yaml_files import PackModel

_OPENERS = frozenset("well so and but ok okay sorry right um er erm hang on wait hm oh actually just".split())
"""Words before the first that counts: "so, should I be ringing somebody"."""
_STARTLED = _OPENERS | frozenset("what blimey god gosh goodness heavens eh pardon crikey".split())
"""What people say first when a card takes them by surprise: "What? No." is a no."""
_DENIES = frozenset(
    "not nobody nobodys noone none never nothing isnt arent wasnt werent hasnt havent doesnt dont didnt cant "
    "fine".split()
)
_NOT_ASKED_AFTER = frozenset(
    "what when who whom how where why which if whether whatever whenever say says said ask asks asked think thinks "
    "thought wonder wonders wondered tell tells told that".split()
)
"""Before "should I ring somebody" these make it no question to us: "she said should I ring somebody"."""
_NO_MORE_THAN = frozenset({"one", "idea", "clue"})
_HEARD = (
    "yes",
    "no",
    "asks",
    "asks-in-full",
    "asks-anywhere",
    "asks-elsewhere",
    "done",
    "done-at-once",
    "not-yet",
    "reluctant",
    "unsure",
    "not-meant",
    "no-but",
    "will-ring",
    "with-whom",
    "carry-on",
    "told-whom",
)


class KindTalk(PackModel):
    """What is asked about one kind of danger."""

    doubt: Words
    """The one yes or no."""
    worth: Words
    """Why a faint sign is asked about; ends "you wrote “…”, and"."""
    with_whom: Wording | None = None
    """The first question after its card, where it has its own."""
    steers: tuple[Wording, ...] = Field(min_length=2)
    """Questions worth asking when the sign is faint."""
    of_a_baby: Wording | None = None
    """In their place where the child is a baby."""


class AnyDanger(PackModel):
    """What is asked where a sign doesn't tell which danger."""

    doubt: Words
    """The yes or no that a doubtful one asks."""
    worth: Words
    steers: tuple[Wording, ...] = Field(min_length=2)


class ActNowTalk(PackModel):
    """`prompts/act-now-talk.yaml`."""

    heard: dict[str, tuple[Words, ...]]
    kinds: dict[DangerKind, KindTalk]
    any_danger: AnyDanger
    with_whom: Wording
    with_whom_of_several: Wording
    ringing: Wording
    """In its place where it was said who will be rung."""
    first_words: Wording
    wanted: Wording
    """Asked where nobody has been rung yet, once it's said who will be."""
    reluctant: Wording
    """In its place where somebody would rather not ring."""
    asked_even_so: Words
    """Said to somebody who asks a card, or once more, whether they should ring."""
    still_stands: Words
    """In place of a card that was shown in full before; `{title}` is what it's about, `{first}` when to ring 999."""
    told: Wording
    staying_because: Words
    told_because: Words
    before_deciding: Words
    before_deciding_because: Words
    for_training: Words

    @model_validator(mode="after")
    def _whole(self) -> ActNowTalk:
        if missing := [name for name in _HEARD if name not in self.heard]:
            raise ValueError(f"heard: '{missing[0]}' is missing")
        if unspoken := [kind for kind in get_args(DangerKind) if kind not in self.kinds]:
            raise ValueError(f"kinds: there is none for '{unspoken[0]}'")
        try:
            check(self.heard)
        except PhraseError as error:
            raise ValueError(f"heard: {error}") from error
        return self

    @cached_property
    def _phrases(self) -> Phrases:
        return Phrases(self.heard)

    def worded(self) -> list[tuple[tuple[str | int, ...], Wording]]:
        """Every question, and where in the file it stands."""
        found: list[tuple[tuple[str | int, ...], Wording]] = [
            (("with_whom",), self.with_whom),
            (("with_whom_of_several",), self.with_whom_of_several),
            (("ringing",), self.ringing),
            (("first_words",), self.first_words),
            (("wanted",), self.wanted),
            (("reluctant",), self.reluctant),
            (("told",), self.told),
        ]
        for kind, talk in self.kinds.items():
            if talk.with_whom is not None:
                found.append((("kinds", kind, "with_whom"), talk.with_whom))
            if talk.of_a_baby is not None:
                found.append((("kinds", kind, "of_a_baby"), talk.of_a_baby))
            found += [(("kinds", kind, "steers", place), steer) for place, steer in enumerate(talk.steers)]
        found += [(("any_danger", "steers", place), steer) for place, steer in enumerate(self.any_danger.steers)]
        return found

    def hear(self, words: str) -> Heard:
        """A few words typed to a card, or an answer looked at for what it says about one."""
        account = Account(Text(words, _TYPED), self._phrases)
        return Heard(account)


_TYPED: Mapping[str, list[str]] = {"ive": ["i", "have"], "weve": ["we", "have"], "theyre": ["they", "are"]}


@dataclass(frozen=True)
class Heard:
    """What some words say to a card."""

    _account: Account

    @property
    def nothing(self) -> bool:
        """Not a word."""
        return not self._account.words

    @property
    def unsure(self) -> bool:
        """They don't know."""
        return bool(self._account.said("unsure"))

    @property
    def yes_or_no(self) -> Literal["yes", "no"] | None:
        """The yes or no that they begin with. "No one has seen him" denies nothing, and "no idea" neither."""
        answers: tuple[Literal["yes", "no"], ...] = ("yes", "no")
        for answer in answers:
            said = self._begins(answer, _STARTLED)
            if said and _STARTLED.issuperset(word.text for word in self._account.words[: said.first]):
                after = self._account.words[said.end : said.end + 1]
                return None if after and after[0].text in _NO_MORE_THAN else answer
        return None

    @property
    def denies_at_once(self) -> bool:
        """Begins with no, and says what isn't so before anything that was done: "No, she's not collapsed, she's in
        class. I've rung the nurse"."""
        if self.yes_or_no != "no":
            return False
        done = min((said.first for said in self._account.said("done")), default=len(self._account.words))
        before = [word.text for word in self._account.words[:done]]
        return any(word in _DENIES for word in before[before.index("no") + 1 :]) if "no" in before else False

    @property
    def not_meant(self) -> bool:
        """Says that the program misread them."""
        return bool(self._account.said("not-meant"))

    @property
    def no_but(self) -> bool:
        """Says no, and goes on to say something that bears it out."""
        return bool(self._account.said("no-but"))

    @property
    def done(self) -> bool:
        """Says that somebody has been rung or told."""
        if self.not_yet:
            return False
        return bool(self._account.said("done")) or self._begins("done-at-once") is not None

    @property
    def not_yet(self) -> bool:
        """Says that nobody has been told so far."""
        return bool(self._account.said("not-yet"))

    @property
    def reluctant(self) -> bool:
        """Would rather not ring, and doesn't say that they will."""
        return bool(self._account.said("reluctant")) and not (self.says_whom_to_ring or self.done)

    @property
    def told_somebody(self) -> bool:
        """Says that it's done, and who knows."""
        return self.done and bool(self._account.said("told-whom"))

    @property
    def says_whom_to_ring(self) -> bool:
        """Says that somebody will be rung or told, and who."""
        told = {self._account.sentence(said) for said in self._account.said("told-whom")}
        return any(self._account.sentence(said) in told for said in self._account.said("will-ring"))

    @property
    def says_with_whom(self) -> bool:
        """Says with whom, or where, somebody is."""
        return bool(self._account.said("with-whom"))

    @property
    def carries_on(self) -> bool:
        """Wants to go on, and says nothing else."""
        return any(said.end - said.first == len(self._account.words) for said in self._account.said("carry-on"))

    @property
    def asks_whether_to_ring(self) -> bool:
        """Asks whether somebody should be rung, or this be reported, and not about anything else."""
        openers = _OPENERS | {"yes", "no"}
        in_full = filter(self._ends, self._beginning("asks-in-full", openers))
        asked = (*self._beginning("asks", openers), *in_full, *self._in_a_breath())
        elsewhere = {self._account.sentence(said) for said in self._account.said("asks-elsewhere")}
        return any(self._account.sentence(said) not in elsewhere for said in asked)

    def _in_a_breath(self) -> Iterator[Said]:
        """Where it's asked in the middle of a sentence, as it is by whoever types without a stop."""
        words = self._account.words
        for said in self._account.said("asks-anywhere"):
            before = words[said.first - 1] if said.first else None
            if before is None or before.text not in _NOT_ASKED_AFTER:
                yield said

    def _begins(self, name: str, openers: frozenset[str] = _OPENERS) -> Said | None:
        return next(self._beginning(name, openers), None)

    def _beginning(self, name: str, openers: frozenset[str]) -> Iterator[Said]:
        """Where a sentence begins with the vocabulary, openers left aside."""
        words = self._account.words
        for said in self._account.said(name):
            sentence = words[said.first].sentence
            before = [word.text for word in words[: said.first] if word.sentence == sentence]
            if openers.issuperset(before):
                yield said

    def _ends(self, said: Said) -> bool:
        words = self._account.words
        return said.end == len(words) or words[said.end].sentence != words[said.first].sentence
