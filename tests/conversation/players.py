"""People who play whole sessions: each answers every question in their own way, the same way every time.

`python -m tests.conversation.players` writes the transcripts anew, to be read by eye before they are kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.conversation import events as e
from assistant.conversation.knowledge import Knowledge
from assistant.conversation.page_turns import AGAIN
from assistant.conversation.prompts import load_prompts
from assistant.conversation.session import Session
from assistant.language.tokens import read_spellings
from assistant.library.library import open_library
from assistant.library.points import reading_text
from assistant.noticing.noticer import open_noticer
from assistant.noticing.reader import open_reader
from assistant.retrieval.lexicon import open_lexicon
from assistant.retrieval.lexicon_reader import open_concepts
from assistant.retrieval.ranking import open_retriever
from tests.conversation.conftest import START, Ticking

TRANSCRIPTS = Path(__file__).parent / "transcripts"
MOST_ANSWERS = 120


@dataclass(frozen=True)
class Player:
    """Somebody in a session: what they say at each stage, in turn, and what they say to a card."""

    name: str
    journey: str
    minutes: int
    words: dict[str, tuple[str, ...]]
    """By stage; a stage without words of its own uses `otherwise`."""
    otherwise: tuple[str, ...]
    to_the_card: str = "done"
    subject: str | None = None
    carried: tuple[str, ...] = ()

    def answer(self, stage: str, times: int) -> str:
        """The words for the `times`-th question of a stage."""
        words = self.words.get(stage, self.otherwise)
        return words[times % len(words)]


TERSE = Player(
    name="terse",
    journey="supervision",
    minutes=15,
    words={
        "opening": ("Child A, 3, neglect", "fine"),
        "action": ("I'll ring school", "email hv", "dunno"),
        "closing": ("ring school tomorrow", "tired", "seeing him"),
    },
    otherwise=("not sure", "same as last time", "mum says he's fine", "ok", "dad not around", "no"),
)
RAMBLING = Player(
    name="rambling",
    journey="supervision",
    minutes=60,
    words={
        "opening": (
            "So it's Child B who is eighteen months and her brother who is four, and mum, who I get on with really "
            "well actually, and there's grandma next door, and we've had them since March after the nursery rang "
            "about nappy rash and him being hungry, and it sort of got better and then it didn't.",
        ),
        "experience": (
            "I went on Tuesday and mum opened the door in her dressing gown, the little one was in the high chair with "
            "a bottle, she looked at me and then looked away, and the telly was on, and the brother was upstairs I "
            "think, mum said he'd been sick, I didn't go up because she said he was asleep.",
            "There's her boyfriend, well I say boyfriend, he's there some nights, there were trainers in the hall, mum "
            "says he's not really involved with the children, I've not met him, nobody has, he works on the vans.",
            "The health visitor thinks one thing and nursery think another, and I wrote to the team manager to say we "
            "should have a meeting, but then it was half term and nobody came back to me so I left it.",
        ),
        "reflection": (
            "Honestly I come away feeling a bit sorry for her, she's twenty three and she tries so hard and I don't "
            "want to be one more person telling her off, and I notice I don't look in the cupboards any more.",
            "I felt anxious, I don't like it when people shout, and he did shout once, on the phone.",
        ),
        "analysis": (
            "It might be neglect or it might be that she's depressed and hasn't told anyone, or he might be taking the "
            "money, and each time something happens we deal with it and close it, it's always just under the line.",
            "If nothing changes I think she will be two and still not talking, and he'll be starting school hungry.",
        ),
    },
    otherwise=(
        "I'd like the health visitor and me to go together next Wednesday, and I'll ask to see the bedrooms.",
        "I need to ask mum about him straight, by Friday, and tell grandma what we are worried about.",
    ),
    carried=("See the bedrooms and where each child sleeps, by the next visit",),
)
HOSTILE = Player(
    name="hostile",
    journey="supervision",
    minutes=30,
    words={"opening": ("this is a waste of my time, i have 28 cases", "child c. you know the case.")},
    otherwise=(
        "what has that got to do with anything",
        "i've already told you",
        "i'm not going to be blamed for what police didn't do",
        "they said no further action so that's that",
        "no",
        "ask my manager, she signed it off without reading it",
    ),
    to_the_card="not what i meant",
)
ONLY_MUM = Player(
    name="only-about-mum",
    journey="self-review",
    minutes=25,
    words={},
    otherwise=(
        "Mum is doing really well. Mum has kept every appointment and mum is engaging with drug services.",
        "Mum told me she is in recovery and mum's worker is pleased. Mum is lovely, I want this to work for her.",
        "I would carry on supporting mum and keep an eye on things.",
        "Mum says the children are fine.",
    ),
)
IN_DANGER = Player(
    name="in-danger",
    journey="supervision",
    minutes=30,
    words={
        "opening": ("A baby of ten weeks, mum and her partner. I saw them this morning.", "Just the three of them."),
        "experience": (
            "He had a small bruise on his cheek, mum said his brother threw a toy at him. She was lovely about it.",
            "Her partner was asleep on the sofa and smelt of drink. He was meant to be looking after him.",
        ),
    },
    otherwise=("I thought I would see how it looked next week.", "I did not want to upset her."),
    to_the_card="rang social care and the hospital is expecting them",
)
TRAINERS_GROUP = Player(
    name="trainers-group",
    journey="scenario",
    minutes=60,
    subject="bruise-after-foster-care",
    words={},
    otherwise=(
        "Table 1: we would ask who else has seen the baby. | Table 2: we would want the hospital to look today.",
        "Table 3: we all looked at mum and none of us asked about dad.",
    ),
    to_the_card="carry on",
)
TEAM = Player(
    name="team",
    journey="team-review",
    minutes=60,
    subject="child-n",
    words={},
    otherwise=(
        "partly",
        "Two of us use the neglect checklist",
        "Try it together at the next meeting, team lead, by 1 May",
    ),
)
PLAYERS = (TERSE, RAMBLING, HOSTILE, ONLY_MUM, IN_DANGER, TRAINERS_GROUP, TEAM)


def play(player: Player, knowledge: Knowledge) -> list[e.Event]:
    """The events of a whole session with this player."""
    kept: list[e.Event] = []
    carried = tuple(e.CarriedAction(id=str(n), text=text) for n, text in enumerate(player.carried, start=1))
    started = e.Started(
        at=START,
        session="s1",
        journey=player.journey,
        case="Child A",
        minutes=player.minutes,
        subject=player.subject,
        carried=carried,
    )
    session = Session.begin(started, knowledge, kept.append, Ticking())
    session.go_on()
    times: dict[str, int] = {}
    for _ in range(MOST_ANSWERS):
        if session.state.finished:
            return kept
        card = session.state.card
        if card is not None and card.doubtful:
            session.confirm(happening=player.to_the_card != "not what i meant")
        elif card is not None:
            _meet(session, player.to_the_card)
        else:
            turn = session.state.current
            assert turn is not None
            stage = turn.asked.stage
            if turn.asked.question.startswith(AGAIN):
                session.answer("Yes, that's right now.")
                continue
            session.answer(player.answer(stage, times.get(stage, 0)))
            times[stage] = times.get(stage, 0) + 1
    raise AssertionError(f"{player.name} was asked more than {MOST_ANSWERS} times")


def _meet(session: Session, said: str) -> None:
    if said == "not what i meant":
        session.answer_card("not-what-i-meant")
    elif said == "carry on":
        session.answer_card("carry-on")
    else:
        session.answer_card("done", "" if said == "done" else said)


def transcript(player: Player, events: list[e.Event]) -> str:
    """A session as a person reads it."""
    lines = [f"# {player.name}: {player.journey}, {player.minutes} minutes", ""]
    for event in events:
        match event:
            case e.Planned():
                lines += [f"    agenda: {event.theme} ({event.because})", ""]
            case e.Asked():
                lines += [f"*{words}*\n" for words in event.said_first] + [
                    f"**{event.text}**",
                    "",
                    f"    {event.question} ({event.type}): {event.because}",
                ]
                lines += [f"    beside: “{reading_text(beside.text)[:100]}” {beside.title}" for beside in event.beside]
                lines += [""]
            case e.Answered():
                lines += [f"> {line}" for line in event.text.splitlines()] + [""]
            case e.Noticed():
                seen = [f"{o.kind}" for o in event.noticing.observations]
                seen += [f"{d.kind}{'?' if d.confirm else '!'}" for d in event.noticing.act_now]
                people = {person: count for person, count in event.noticing.people.items() if count}
                lines += [f"    noticed: {', '.join(seen) or 'nothing'}; people: {people or 'none'}", ""]
            case e.CardShown():
                kind = event.danger.kind if event.danger else "asked"
                lines += [f"    CARD {kind}: “{event.words}”", ""]
            case e.CardConfirmed():
                lines += [f"    happening: {event.happening}", ""]
            case e.CardAnswered():
                lines += [f"    to the card: {event.answer} {event.words}".rstrip(), ""]
            case e.Offered():
                lines += [
                    f"    learning: {hit.id}{' (weak)' if hit.weak else ''} “{reading_text(hit.text)[:70]}”"
                    for hit in event.hits
                ] or ["    learning: nothing bears on this"]
                lines += [""]
            case e.Finished():
                lines += [f"    finished by the {event.by}", ""]
            case _:
                pass
    return "\n".join(lines).rstrip() + "\n"


def everything(home: Path) -> Knowledge:
    """What a session really knows, ranking by words and concepts alone so that every machine gives the same."""
    library = open_library(home)
    noticer = open_noticer(home)
    retriever = open_retriever(library, home, concepts=open_concepts(home, read_spellings(home), None))
    everyday = frozenset(concept.id for concept in open_lexicon(home) if concept.everyday_word)
    return Knowledge(
        prompts=load_prompts(home),
        bears=retriever.talk.beside,
        notice=noticer.notice,
        read=open_reader(home).read,
        card=noticer.danger.card,
        review=library.reviews.get,
        points=lambda review: tuple(library.points_of(review)),
        names_concepts=retriever.talk.named,
        everyday=lambda: everyday,
        concepts={concept.id: concept.name for concept in open_lexicon(home)},
        closer=noticer.closer,
    )


def write(home: Path) -> None:
    """Write every transcript anew."""
    TRANSCRIPTS.mkdir(exist_ok=True)
    knowledge = everything(home)
    for player in PLAYERS:
        text = transcript(player, play(player, knowledge))
        (TRANSCRIPTS / f"{player.name}.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        write(Path(folder))
