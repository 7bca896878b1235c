"""What happens once danger is found: who interrupts whom, what a faint sign asks, and who stays with a real one.

Owns the rules for all of it, over `Noticing` and the cards of a session. A sure sign shows its card, a doubtful one
asks one yes or no, a faint one only steers the next question; one answer is interrupted once at the most. A real card
is stayed with until somebody has been told. The words are in `prompts/act-now-talk.yaml` and on the cards; how danger
is found is not known here, and neither is any screen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.conversation import events as e
from assistant.conversation.act_now_talk import AnyDanger, KindTalk
from assistant.conversation.known_facts import is_no_baby
from assistant.conversation.situation import Situation, quoted
from assistant.conversation.state import Card, Turn
from assistant.language.sentences import sentences
from assistant.noticing.observations import Danger, DangerKind, Level
from assistant.noticing.probes import Wording

LONGEST_SENTENCE = 300
"""Characters of a sentence that are quoted whole; of a longer one, typed without a stop, what is around the sign."""
MOST_STEERS = 1
"""Faint signs asked about in one session; a worker who is asked about danger at every turn stops listening."""
FEWEST_WORDS_AFTER_NO = 6
"""In all. With fewer nothing is said but "no"."""
MOST_REMINDERS = 2
"""Things left open that are asked about once more before a decision."""
NOBODY = "nobody"
_GRAVE: frozenset[DangerKind] = frozenset(
    ("sexual-abuse-disclosure", "suicide-or-serious-self-harm", "injury-non-mobile-baby", "life-in-danger")
)
"""Of these a faint sign is asked about before a decision even where it steered nothing when it was said."""
_OF_A_BABY: DangerKind = "injury-non-mobile-baby"
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
        signs = [sign for sign in _signs_of(turn) if sign.level != "faint"]
    signs = [sign for sign in signs if not _quiet(situation, turn, sign)]
    if situation.journey.training:  # a table supposes aloud, and whoever leads the group knows the story
        signs = [sign for sign in signs if sign.level == "sure"]
    sure = [sign for sign in signs if sign.level == "sure"]
    if signs:
        lead, also = (sure or signs)[0], tuple(sign.danger for sign in sure[1:])
        return _card(situation, turn, lead, also)
    return None if here else _answer_whether_to_ring(situation, turn)


def _quiet(situation: Situation, turn: Turn, sign: Sign) -> bool:
    """What was done is done, and what is told when asked about a card is its own danger still.

    A kind met before in these words, or not plainer than then, is not raised again; nor is a doubtful mark on a baby
    where every child spoken of is known to be older.
    """
    if sign.kind == _OF_A_BABY and sign.level != "sure" and _no_baby_is_spoken_of(situation, turn):
        return True
    for place, card in enumerate(situation.state.cards):
        if sign.kind not in card.kinds:
            continue
        about_it = card.real and turn.asked.question.startswith(f"act-now/{place + 1}/")
        done = card.done or any(situation.talk.hear(words).done for words in _answers_about(situation, place))
        if sign.level != "sure" or done or about_it or _same(sign.words, card.shown.words):
            return True
    return False


def _no_baby_is_spoken_of(situation: Situation, turn: Turn) -> bool:
    """Every child of the sketch is known to be older, and no other baby was ever in the words."""
    children = situation.sketch.children
    said = situation.background | set(turn.noticing.background if turn.noticing else ())
    return bool(children) and all(map(is_no_baby, children)) and said.isdisjoint(_SAYS_A_BABY)


def _same(words: str, others: str) -> bool:
    now, then = words.casefold(), others.casefold()
    return now in then or then in now


def _card(situation: Situation, turn: Turn, lead: Sign, also: tuple[Danger, ...]) -> e.CardShown:
    card = situation.knowledge.card(lead.danger, lead.words, also)
    doubt = f"{_you_wrote(lead.words)} {situation.talk.kinds[lead.kind].doubt}" if lead.danger.confirm else ""
    return e.CardShown(
        at=situation.now,
        question=turn.asked.question,
        danger=lead.danger,
        also=also,
        words=lead.words,
        title=card.title,
        doubt=doubt,
        first=card.first,
        text=_in_training(situation, card.rest),
    )


def _you_wrote(words: str) -> str:
    return f"You wrote “{words}”" + ("" if words.endswith((".", "!", "?", "…")) else ".")


def _in_training(situation: Situation, text: str) -> str:
    return f"{situation.talk.for_training}\n{text}" if situation.journey.training else text


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
    card = situation.knowledge.card(danger, shown.words if shown else turn.answer, (), asked=True)
    return e.CardShown(
        at=situation.now,
        question=turn.asked.question,
        danger=danger,
        asked=True,
        words=turn.answer,
        title=card.title,
        first=card.first,
        text=card.rest,
    )


def stay_with_the_danger(situation: Situation) -> e.Event | None:
    """After a real card nothing else is asked until somebody is named and told, or the questions about it are asked."""
    if situation.journey.training or not situation.state.cards:
        return None
    place, card = len(situation.state.cards) - 1, situation.state.cards[-1]
    if not card.real or _somebody_knows(situation, place) or _wants_no_more_of_it(situation, place):
        return None
    talk = situation.talk
    asked = [("told", talk.told)]
    if not card.done and not any(talk.hear(words).done for words in _answers_about(situation, place)):
        asked = [("ringing", talk.ringing), *asked]
        if card.kind is not None:
            asked = [("with-whom", talk.kinds[card.kind].with_whom or talk.with_whom), *asked]
    because = talk.told_because if card.done else talk.staying_because
    for key, wording in asked:
        name = f"act-now/{place + 1}/{key}"
        if name not in situation.turns:
            asks = any(talk.hear(words).asks_whether_to_ring for words in card.said[-1:]) and not card.done
            even_so = (talk.asked_even_so,) if asks and not any(_turns_about(situation, place)) else ()
            event = _ask(situation, name, wording, because, theme="act-now")
            return event.model_copy(update={"said_first": (*even_so, *event.said_first)})
    return None


def _answers_about(situation: Situation, place: int) -> Iterator[str]:
    for turn in situation.state.turns:
        if turn.answer is not None and turn.asked.card == place + 1:
            yield turn.answer


def _turns_about(situation: Situation, place: int) -> Iterator[Turn]:
    for turn in situation.state.turns:
        if turn.asked.card == place + 1:
            yield turn


def _wants_no_more_of_it(situation: Situation, place: int) -> bool:
    """Somebody who has answered already, or refuses, isn't asked about the card again."""
    readings = (turn.reading for turn in _turns_about(situation, place))
    return any(reading and (reading.stand("already-answered") or reading.stand("refuses")) for reading in readings)


def _somebody_knows(situation: Situation, place: int) -> bool:
    """Somebody is named who has been told: in what was said to the card, or in an answer to a question about it."""
    said = (*situation.state.cards[place].said, *_answers_about(situation, place))
    if any(situation.talk.hear(words).told_somebody for words in said) or _says_who_was_told(situation, place):
        return True
    return any(
        turn.asked.question == f"act-now/{place + 1}/told" and turn.answer is not None and _tells(situation, turn)
        for turn in situation.state.turns
    )


def _says_who_was_told(situation: Situation, place: int) -> bool:
    """An answer since the card says whom the worker has told."""
    shown = situation.state.cards[place].shown.question
    names = [turn.asked.question for turn in situation.state.turns]
    since = situation.state.turns[names.index(shown) + 1 :] if shown in names else ()
    return any(told and told != NOBODY for told in map(_told, since))


def _told(turn: Turn) -> str:
    facts = turn.reading.facts if turn.reading else ()
    return next((fact.value for fact in facts if (fact.of, fact.subject) == ("worker", "told")), "")


def _tells(situation: Situation, turn: Turn) -> bool:
    """The question was answered, and not by saying that they don't know or haven't."""
    if turn.answer is None or (turn.noticing is not None and turn.noticing.manner in {"empty", "refusal"}):
        return False
    if _told(turn) == NOBODY:
        return False
    heard = situation.talk.hear(turn.answer)
    return not heard.unsure and not heard.not_yet


def ask_about_a_no_that_goes_on(situation: Situation) -> e.Event | None:
    """ "No, not really, I mean school sent another of their body maps": one question asks what that showed."""
    turn = situation.state.current
    for place, card in enumerate(situation.state.cards):
        name, words = f"act-now/{place + 1}/no-but", card.said[-1] if card.said else ""
        here = turn is not None and card.shown.question == turn.asked.question
        if not here or card.happening is not False or name in situation.turns or situation.journey.training:
            continue
        if len(words.split()) >= FEWEST_WORDS_AFTER_NO and _bears_out(situation, card, words):
            talk = situation.talk
            text = talk.no_but.text.replace("{words}", quoted(words, (0, len(words))))
            return _ask(situation, name, talk.no_but.model_copy(update={"text": text}), talk.no_but_because)
    return None


def _bears_out(situation: Situation, card: Card, words: str) -> bool:
    """The words after the "no" show danger of the card's own kind, or take the "no" half back."""
    heard = card.heard[-1] if card.heard else None
    kinds = {danger.kind for danger in (*heard.act_now, *heard.faint)} if heard else set()
    return bool(kinds & card.kinds) or situation.talk.hear(words).no_but


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
    signs = [sign for sign in _signs_of(turn) if sign.level == "faint" or interrupted or _quiet(situation, turn, sign)]
    return [
        sign
        for sign in signs
        if not any(sign.kind in card.kinds and (card.real or _same(sign.words, card.shown.words)) for card in cards)
    ]


def _steer(situation: Situation, sign: Sign, name: str) -> e.Asked | None:
    talk = _talk_about(situation, sign)
    wording = _unasked(situation, talk.steers)
    if wording is None or f"still-open/{sign.topic}" in situation.turns:
        return None
    return _ask(situation, name, wording, f"you wrote “{sign.words}”, and {talk.worth}")


def _talk_about(situation: Situation, sign: Sign) -> KindTalk | AnyDanger:
    return situation.talk.kinds[sign.kind] if sign.danger.borne_out else situation.talk.any_danger


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
        asked = any(turn.answer for turn in _turns_about(situation, place))
        if (
            card.real
            and name not in situation.turns
            and not card.done
            and not asked
            and not _somebody_knows(situation, place)
        ):
            return _remind(situation, name, situation.talk.told, card.shown.words)
    for sign in _passed_over(situation):
        surely = sign.kind in _GRAVE and sign.danger.borne_out
        if f"steer/{sign.topic}" not in situation.turns and not surely:
            continue
        name = f"still-open/{sign.topic}"
        if name not in situation.turns:
            wording = _unasked(situation, _talk_about(situation, sign).steers)
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
            if asked is None or not _tells(situation, asked):
                yield sign


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


def whole_sentence(words: str, danger: Danger) -> str:
    """The sentences that show a danger, on one line, so that a quotation never turns its sense round."""
    first, last = danger.spans[0][0], danger.spans[-1][1]
    touched = [(start, end) for start, end in sentences(words) if start < last and end > first]
    start, end = (touched[0][0], touched[-1][1]) if touched else (first, last)
    if end - start <= LONGEST_SENTENCE:
        return " ".join(words[start:end].split())
    reach = max(0, LONGEST_SENTENCE - (last - first)) // 2
    before = words[max(start, first - reach) : first].partition(" ")[2] if first - reach > start else words[start:first]
    after = words[last : min(end, last + reach)].rpartition(" ")[0] if last + reach < end else words[last:end]
    quoted = " ".join((before + words[first:last] + after).split())
    return ("… " if first - reach > start else "") + quoted + (" …" if last + reach < end else "")
