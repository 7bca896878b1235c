"""What happens once danger is found: who interrupts whom, and what a faint sign asks.

Owns the rules for all of it, over `Noticing` and the cards of a session. A sure sign shows its card, a doubtful one
asks one yes or no, a faint one only steers the next question; one answer is interrupted once at the most. Who stays
with a real card is `act_now_follow_up.py`'s. The words are in `prompts/act-now-talk.yaml` and on the cards; how danger
is found is not known here, and neither is any screen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.conversation import events as e
from assistant.conversation.act_now_follow_up import answers_about, somebody_knows, tells, turns_about
from assistant.conversation.act_now_talk import AnyDanger, KindTalk
from assistant.conversation.danger_quoted import whole_sentence
from assistant.conversation.known_facts import is_about_a_baby, is_no_baby, tells_of_a_mark
from assistant.conversation.said_to_us import to_the_program
from assistant.conversation.situation import Situation
from assistant.conversation.state import Card, Turn
from assistant.language.lazy_patterns import late
from assistant.language.sentences import spoken_sentences
from assistant.language.spans import holding
from assistant.noticing.observations import Danger, DangerKind, Level
from assistant.noticing.probes import Wording
from assistant.noticing.reading import PLANNING

if TYPE_CHECKING:
    from assistant.noticing.act_now_cards import CardWords

MOST_STEERS = 1
"""Faint signs asked about in one session; a worker who is asked about danger at every turn stops listening."""
FEWEST_WORDS_AFTER_NO = 6
"""With fewer nothing is told beside the "no"."""
_NO = late(r"\A\W*(?:(?:oh|god|well|um|er|no+|nope|nah)\b\W*)+", re.IGNORECASE)
MOST_REMINDERS = 2
"""Things left open that are asked about once more before a decision."""
_GRAVE: frozenset[DangerKind] = frozenset(
    ("sexual-abuse-disclosure", "suicide-or-serious-self-harm", "injury-non-mobile-baby", "life-in-danger")
)
"""Of these a faint sign is asked about before a decision even where it steered nothing when it was said."""
LATELY = 6
"""Answers in which a yes or no that doesn't tell which danger is asked once."""
_AROUND_A_SIGN = 30
"""Characters."""
_OF_A_BABY: DangerKind = "injury-non-mobile-baby"
_UNSEEN: DangerKind = "child-missing-or-unseen"
_OF_A_PLAN = PLANNING | {"decision", "child-told"}
_SAYS_A_BABY = frozenset({"baby", "age-baby", "age-non-mobile-baby", "cannot-move", "tiny-child"})
"""The words of a baby, as danger is read."""
_DECIDING = frozenset({"decision", "to-supervision", "take-away"})
"""What an answer is kept as from which on it is too late to be reminded."""


@dataclass(frozen=True)
class Sign:
    """A sign of danger and the whole sentence it stands in."""

    danger: Danger
    words: str

    @property
    def kind(self) -> DangerKind:
        """Of what danger."""
        return self.danger.kind

    @property
    def level(self) -> Level:
        """How plain it is."""
        return self.danger.level

    @property
    def topic(self) -> str:
        """What a question about it is named after: its kind, or any danger where the words don't tell which."""
        return self.danger.kind if self.danger.borne_out else "any"


def read_what_was_said_to_a_card(situation: Situation) -> e.Event | None:
    """Words typed to a card may hold danger of their own."""
    turn = situation.state.current
    for place, card in enumerate(situation.state.cards):
        here = turn is not None and card.shown.question == turn.asked.question
        if here and len(card.heard) < len(card.said):
            words = card.said[len(card.heard)]
            noticing = situation.knowledge.notice(words, situation.background)
            return e.CardNoticed(at=situation.now, card=place, noticing=noticing)
    return None


def interrupt_for_danger(situation: Situation) -> e.Event | None:
    """The card or the yes or no that an answer calls for, before every question; one an answer at the most.

    Only something sure in what was typed to that card comes after it.
    """
    turn = situation.state.current
    if turn is None or turn.answer is None or turn.noticing is None:
        return None
    here = [card for card in situation.state.cards if card.shown.question == turn.asked.question]
    if here:
        signs = [sign for card in here for sign in _said_to(card) if sign.level == "sure"]
    else:
        signs = [_of_whom(situation, turn, sign) for sign in _signs_of(turn) if sign.level != "faint"]
    signs = [sign for sign in signs if not _quiet(situation, turn, sign)]
    if situation.journey.training:  # a table supposes aloud, and whoever leads the group knows the story
        signs = [sign for sign in signs if sign.level == "sure"]
    sure = [sign for sign in signs if sign.level == "sure"]
    if signs:
        lead, also = (sure or signs)[0], tuple(sign.danger for sign in sure[1:])
        return _card(situation, turn, lead, also)
    return None if here else _answer_whether_to_ring(situation, turn)


def _of_whom(situation: Situation, turn: Turn, sign: Sign) -> Sign:
    """A doubtful mark on a grown-up is no baby's: it's somebody who is being hurt. Nor is an older child's, of whom is
    asked what's asked about any danger."""
    if sign.kind != _OF_A_BABY or sign.level == "sure":
        return sign
    if on_a_grown_up(turn, sign.danger) or _only_unborn(situation):
        return replace(sign, danger=sign.danger.model_copy(update={"kind": "violence-or-threat-now"}))
    if _no_baby_is_spoken_of(situation, turn):
        return replace(sign, danger=sign.danger.model_copy(update={"borne_out": False}))
    return sign


def on_a_grown_up(turn: Turn, danger: Danger) -> bool:
    """The last "her" or "his" around the sign is a grown-up's: "She had a mark on her wrist", of the mother."""
    answer, end = turn.answer or "", danger.spans[-1][1] + _AROUND_A_SIGN
    people = turn.reading.people if turn.reading else ()
    near = (one for one in people if danger.spans[0][0] - _AROUND_A_SIGN <= one.span[0] < end)
    owners = [one.role for one in near if answer[slice(*one.span)].casefold() in {"her", "his"}]
    return bool(owners) and owners[-1] != "child"


def _only_unborn(situation: Situation) -> bool:
    children = situation.sketch.children
    return any(child.unborn for child in children) and all(child.unborn or is_no_baby(child) for child in children)


def _quiet(situation: Situation, turn: Turn, sign: Sign) -> bool:
    """What was done is done, and what is told when asked about a card is its own danger still.

    A kind met before in these words, or not plainer than then, is not raised again; nor is a doubtful mark on a baby
    where every child spoken of is known to be older, nor soon again one that doesn't tell which danger: its yes or no
    is in the same words. What will be done about danger, or said to whoever is rung, tells it once more: there only
    another kind that is sure is new.
    """
    if _tells_not_which(sign.danger) and _asked_of_any_lately(situation):
        return True
    if sign.kind == _OF_A_BABY and sign.level != "sure" and _no_baby_is_spoken_of(situation, turn):
        return True
    if sign.kind == _UNSEEN and sign.level != "sure" and _of_grown_ups(turn, sign.danger):
        return True
    acting = turn.asked.keeps in _OF_A_PLAN or turn.asked.source == "card"
    if acting and sign.level != "sure" and any(card.real for card in situation.state.cards):
        return True
    for place, card in enumerate(situation.state.cards):
        if sign.kind not in card.kinds:
            continue
        about_it = card.real and acting
        done = card.done or any(situation.talk.hear(words).done for words in answers_about(situation, place))
        if sign.level != "sure" or done or about_it or _same(sign.words, card.shown.words):
            return True
    return False


def _of_grown_ups(turn: Turn, danger: Danger) -> bool:
    """Everybody in the sentence that shows it is a grown-up: "I've never laid eyes on him", of the father."""
    people = turn.reading.people if turn.reading else ()
    sentence = holding(spoken_sentences(turn.answer or ""), danger.spans[0][0], danger.spans[0])
    roles = {one.role for one in people if sentence[0] <= one.span[0] < sentence[1]} - {"worker"}
    return bool(roles) and roles.isdisjoint({"child", "family"})


def _tells_not_which(danger: Danger) -> bool:
    return danger.confirm and not danger.borne_out


def _asked_of_any_lately(situation: Situation) -> bool:
    lately = {turn.asked.question for turn in situation.state.turns[-LATELY:]}
    shown = [card.shown for card in situation.state.cards if card.shown.question in lately]
    return any(one.danger is not None and _tells_not_which(one.danger) for one in shown)


def _no_baby_is_spoken_of(situation: Situation, turn: Turn) -> bool:
    """Every child of the sketch is known to be older, and no other baby was ever in the words."""
    children = situation.sketch.children
    said = situation.background | set(turn.noticing.background if turn.noticing else ())
    return bool(children) and all(map(is_no_baby, children)) and said.isdisjoint(_SAYS_A_BABY)


def _same(words: str, others: str) -> bool:
    now, then = words.casefold(), others.casefold()
    return now in then or then in now


def _card(situation: Situation, turn: Turn, lead: Sign, also: tuple[Danger, ...]) -> e.CardShown:
    of_any = _tells_not_which(lead.danger)
    card = situation.knowledge.card(None if of_any else lead.danger, lead.words, also, job=situation.job)
    asks = situation.talk.any_danger.doubt if of_any else situation.talk.kinds[lead.kind].doubt
    doubt = f"{_you_wrote(lead.words)} {asks}" if lead.danger.confirm else ""
    first, text = _told_once(situation, card)
    return e.CardShown(
        at=situation.now,
        question=turn.asked.question,
        danger=lead.danger,
        also=also,
        words=lead.words,
        title=card.title,
        doubt=doubt,
        first=first,
        text=_in_training(situation, text),
    )


def _told_once(situation: Situation, card: CardWords) -> tuple[str, str]:
    """When to ring 999 and the rest; of a card that was shown in full in this session, only that it still stands."""
    if not any(_in_full(other, card) for other in situation.state.cards):
        return card.first, card.rest
    about = card.title[:1].lower() + card.title[1:].rstrip(".")
    return situation.talk.still_stands.replace("{title}", about).replace("{first}", card.first), ""


def _in_full(other: Card, card: CardWords) -> bool:
    """Whether an earlier card showed all of this one's text; that of a yes or no which was denied nobody saw."""
    seen = other.shown.text
    return bool(seen) and other.happening is not False and (seen.endswith(card.rest) or card.rest.endswith(seen))


def _you_wrote(words: str) -> str:
    return f"You wrote “{words}”" + ("" if words.endswith((".", "!", "?", "…")) else ".")


def _in_training(situation: Situation, text: str) -> str:
    return f"{situation.talk.for_training}\n{text}" if situation.journey.training and text else text


def _answer_whether_to_ring(situation: Situation, turn: Turn) -> e.CardShown | None:
    """Whoever asks is told so, and whom: by the card of what the account last showed, where that was sure or doubtful.

    A faint sign names no danger here. Asked "is this neglect?" it put sexual abuse at the head of the answer.
    """
    assert turn.answer is not None
    if situation.journey.subject is not None or not situation.talk.hear(turn.answer).asks_whether_to_ring:
        return None
    shown = next(
        (
            sign
            for other in reversed(situation.state.turns)
            for sign in _signs_of(other)
            if sign.level != "faint"
            and not any(sign.kind in card.kinds and (card.denied or card.done) for card in situation.state.cards)
        ),
        None,
    )
    danger = shown.danger.model_copy(update={"level": "sure"}) if shown else None
    words = shown.words if shown else turn.answer
    card = situation.knowledge.card(danger, words, (), asked=True, job=situation.job)
    first, text = _told_once(situation, card)
    if not text:
        first, text = first if danger else card.first, situation.talk.asked_even_so
    return e.CardShown(
        at=situation.now,
        question=turn.asked.question,
        danger=danger,
        asked=True,
        words=turn.answer,
        title=card.title,
        first=first,
        text=text,
    )


def take_the_rest_for_an_answer(situation: Situation) -> e.Answered | None:
    """What follows a "no" to a card is told like anything else: it belongs to the answer and is read with it."""
    turn = situation.state.current
    if turn is None or turn.answer is None or situation.journey.training:
        return None
    for card in situation.state.cards:
        if card.shown.question != turn.asked.question or not card.denied or not card.said:
            continue
        rest = _beside_the_no(card.said[-1])
        if len(rest.split()) >= FEWEST_WORDS_AFTER_NO and rest not in turn.answer:
            voices = (*turn.voices, None) if turn.voices else ()
            text = f"{turn.answer}\n{rest}"
            return e.Answered(at=situation.now, question=turn.asked.question, text=text, voices=voices)
    return None


def _beside_the_no(words: str) -> str:
    """Without the "no" it begins with, and what is said of our asking."""
    told = _NO.sub("", words)
    whole = [told[start:end] for start, end in spoken_sentences(told)]
    rest = " ".join(one for one in whole if not to_the_program(one))
    return rest[:1].upper() + rest[1:]


def ask_about_what_was_not_shown(situation: Situation) -> e.Event | None:
    """A sign that would have had a card of its own, had another not come first, is the next question."""
    return _ask_about(situation, faint=False)


def ask_about_the_faint(situation: Situation) -> e.Event | None:
    """The question that a faint sign in the last answer asks, each kind once."""
    steered = sum(turn.asked.source == "steer" for turn in situation.state.turns)
    if situation.in_a_hurry or steered >= MOST_STEERS:
        return None
    return _ask_about(situation, faint=True)


def _ask_about(situation: Situation, *, faint: bool) -> e.Event | None:
    turn = situation.state.current
    if turn is None or situation.journey.subject is not None:
        return None
    signs = [
        sign
        for sign in _steering(situation, turn)
        if f"steer/{sign.topic}" not in situation.turns and (sign.level == "faint") is faint
    ]
    return _steer(situation, signs[0], f"steer/{signs[0].topic}") if signs else None


def _steering(situation: Situation, turn: Turn) -> list[Sign]:
    """The signs of an answer that were neither shown nor asked about, and that nothing has settled."""
    cards = situation.state.cards
    interrupted = any(card.shown.question == turn.asked.question for card in cards)
    signs = [_of_whom(situation, turn, sign) for sign in _signs_of(turn)]
    signs = [sign for sign in signs if sign.level == "faint" or interrupted or _quiet(situation, turn, sign)]
    return [
        sign
        for sign in signs
        if not any(
            sign.kind in card.kinds
            and (card.real or _same(sign.words, card.shown.words) or (card.denied and _settled(card, sign)))
            for card in cards
        )
    ]


def _settled(card: Card, sign: Sign) -> bool:
    """After a no its kind is quiet but for something plainer, and no mark is asked about that is only denied once more;
    what was typed to a card has been weighed beside it."""
    if sign.kind == _OF_A_BABY and not tells_of_a_mark(sign.words):
        return True
    return sign.level == "faint" or any(_same(sign.words, " ".join(words.split())) for words in card.said)


def _steer(situation: Situation, sign: Sign, name: str) -> e.Asked | None:
    talk = _talk_about(situation, sign)
    wording = _unasked(situation, _steers(situation, talk))
    if wording is None or f"still-open/{sign.topic}" in situation.turns:
        return None
    return _ask(situation, name, wording, f"you wrote “{sign.words}”, and {talk.worth}")


def _talk_about(situation: Situation, sign: Sign) -> KindTalk | AnyDanger:
    return situation.talk.kinds[sign.kind] if sign.danger.borne_out else situation.talk.any_danger


def _steers(situation: Situation, talk: KindTalk | AnyDanger) -> Sequence[Wording]:
    """Nobody sees a baby of eleven weeks "away from the adults"."""
    of_a_baby = talk.of_a_baby if isinstance(talk, KindTalk) else None
    return (of_a_baby,) if of_a_baby and is_about_a_baby(situation.sketch) else talk.steers


def _unasked(situation: Situation, wordings: Sequence[Wording]) -> Wording | None:
    """One of them that this session hasn't heard; which comes first, the session's length so far decides."""
    asked = {turn.asked.intent for turn in situation.state.turns}
    first = len(situation.state.turns) % len(wordings)
    return next((one for one in (*wordings[first:], *wordings[:first]) if one.intent not in asked), None)


def with_what_is_still_open(situation: Situation, event: e.Event) -> e.Event:
    """Before anything is decided: a sign that was passed over, or a card nobody has acted on, once more."""
    deciding = isinstance(event, e.Finished) or (isinstance(event, e.Asked) and event.keeps in _DECIDING)
    reminded = [turn for turn in situation.state.turns if turn.asked.source == "still-open"]
    late = any(turn.asked.keeps in _DECIDING for turn in situation.state.turns)
    if not deciding or late or situation.journey.subject is not None or len(reminded) >= MOST_REMINDERS:
        return event
    for place, card in enumerate(situation.state.cards):
        name = f"still-open/card-{place + 1}"
        asked = any(turn.answer for turn in turns_about(situation, place))
        if (
            card.real
            and name not in situation.turns
            and not card.done
            and not asked
            and not somebody_knows(situation, place)
        ):
            return _remind(situation, name, situation.talk.told, card.shown.words)
    for sign in _passed_over(situation):
        surely = sign.kind in _GRAVE and sign.danger.borne_out
        if f"steer/{sign.topic}" not in situation.turns and not surely:
            continue
        name = f"still-open/{sign.topic}"
        if name not in situation.turns:
            wording = _unasked(situation, _steers(situation, _talk_about(situation, sign)))
            if wording is not None:
                return _remind(situation, name, wording, sign.words)
    return event


def _passed_over(situation: Situation) -> Iterator[Sign]:
    """Signs that nobody took up; a faint one in what was said about a card is of that card."""
    for turn in situation.state.turns:
        if turn.asked.source == "card":
            continue
        for sign in _steering(situation, turn):
            asked = situation.turns.get(f"steer/{sign.topic}")
            if tells(situation, asked) if asked else _gone_into(situation, turn, sign):
                continue
            yield sign


def _gone_into(situation: Situation, turn: Turn, sign: Sign) -> bool:
    """Its words were given back, and danger was asked about after them."""
    after = situation.state.after(turn)
    asked = any(one.asked.source in {"steer", "card"} and one.settled for one in after)
    return asked and situation.was_given_back(sign.words)


def _remind(situation: Situation, name: str, wording: Wording, words: str) -> e.Asked:
    line = situation.talk.before_deciding.replace("{words}", words)
    turn = situation.state.current
    just_now = turn is not None and words in (turn.answer or "")
    said_first = () if just_now and situation.was_given_back(words) else (line,)
    because = situation.talk.before_deciding_because
    return _ask(situation, name, wording, because).model_copy(update={"said_first": said_first})


def _ask(situation: Situation, name: str, wording: Wording, because: str, theme: str = "") -> e.Asked:
    turn = situation.state.current
    assert turn is not None  # only an answer raises danger
    return situation.asks(name, wording, because=because, theme=theme or turn.asked.theme, in_other_words="")


def _signs_of(turn: Turn) -> Iterator[Sign]:
    """Every sign in an answer, the faint ones last."""
    if turn.answer is not None and turn.noticing is not None:
        for danger in (*turn.noticing.act_now, *turn.noticing.faint):
            yield Sign(danger, whole_sentence(turn.answer, danger))


def _said_to(card: Card) -> Iterator[Sign]:
    """What was typed to a card shows beside that card's own danger, which it only bears out unless it was denied."""
    for words, noticing in zip(card.said, card.heard, strict=False):
        for danger in noticing.act_now:
            if danger.kind in card.kinds and not card.denied:
                continue
            yield Sign(danger, whole_sentence(words, danger))
