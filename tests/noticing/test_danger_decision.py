"""What an answer raises, told what each source says: whole figures, so that each edge is met and missed by a little."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.noticing.danger_columns import ANY, KINDS
from assistant.noticing.danger_decision import (
    HARDLY_MORE,
    LEAST_MEANT_ON_A_CARD,
    URGENCY,
    Edges,
    Limit,
    Look,
    Sighting,
    Spoken,
    Trust,
)
from assistant.noticing.observations import DangerKind, Level

NO_SIGN = Look(())


def trust(**edges: float) -> Trust:
    """Trusts the words alone; danger and the kinds are as loud as they say."""
    levels = {"sure": 3.0, "doubtful": 2.0, "faint": 1.0, "bare": -5.0, "plain": 1.0, "marked": -7.0}
    shares = {"card": 0.5, "beside": 0.4, "borne_out": 0.6, "ground": 1.0, "told": -9.0, "meant": 9.0, "whichever": 9.0}
    return Trust(np.array([0.0, 1, 0, 0, 0, 0]), np.array([0.0, 1, 0]), Edges(**{**levels, **shares, **edges}))


def spoken(danger: float, **kinds: float) -> Spoken:
    words = np.zeros(ANY + 1)
    words[ANY] = danger
    for kind, figure in kinds.items():
        words[KINDS.index(kind.replace("_", "-"))] = figure
    return Spoken(np.zeros(ANY + 1), words, np.zeros(ANY + 1))


def test_a_full_card_needs_to_know_which_danger_it_is() -> None:
    plain, torn = spoken(3.5, unsafe_care_now=6.0), spoken(3.5, unsafe_care_now=6.0, life_in_danger=5.9)
    raised = trust().raised(plain, Look(()))
    assert raised is not None
    assert (raised.level, raised.kinds) == ("sure", ("unsafe-care-now",))
    raised = trust(card=0.6).raised(torn, Look(()))
    assert raised is not None
    assert (raised.level, raised.kinds[0]) == ("doubtful", "life-in-danger")


def test_a_limit_holds_whatever_is_weighed() -> None:
    unseen = spoken(9.0, child_missing_or_unseen=6.0, violence_or_threat_now=1.0)
    raised = trust().raised(unseen, Look((), limits={"child-missing-or-unseen": "doubtful"}))
    assert raised is not None
    assert (raised.level, raised.kinds) == ("doubtful", ("child-missing-or-unseen",))
    raised = trust().raised(unseen, Look((), limits={"child-missing-or-unseen": "never"}))
    assert raised is not None
    assert "child-missing-or-unseen" not in raised.kinds


def test_where_a_kind_that_cannot_be_meant_was_nearly_all_of_it_no_other_is_made_of_the_rest() -> None:
    mark, torn = spoken(9.0, injury_non_mobile_baby=9.0), spoken(9.0, injury_non_mobile_baby=6.0, life_in_danger=6.0)
    raised = trust().raised(mark, Look((), limits={"injury-non-mobile-baby": "never"}))
    assert raised is not None
    assert (raised.level, raised.borne_out) == ("faint", False)
    assert trust().raised(mark, Look((), limits={"injury-non-mobile-baby": "silent"})) is None
    raised = trust().raised(torn, Look((), limits={"injury-non-mobile-baby": "silent"}))
    assert raised is not None
    assert raised.kinds == ("life-in-danger",)


def test_a_sure_sign_is_asked_about_where_hardly_anything_else_is_said() -> None:
    sign = Sighting(kind="suicide-or-serious-self-harm", level="sure", spans=((0, 4),))
    raised = [trust().raised(spoken(-2.0), Look((sign,), length=length)) for length in (5, 50)]
    assert [one and one.level for one in raised] == ["doubtful", None]
    plain = sign.model_copy(update={"plain": "sure"})
    raised = [trust().raised(spoken(danger), Look((plain,), length=50)) for danger in (2.0, 1.0, -2.0)]
    assert [one and one.level for one in raised] == ["sure", "doubtful", None]


def test_a_faint_sign_whose_kind_nothing_bears_out_says_so() -> None:
    told, between = spoken(1.5, unsafe_care_now=6.0), spoken(1.5, unsafe_care_now=6.0, life_in_danger=6.0)
    little = Spoken(np.zeros(ANY + 1), spoken(1.5).words - 9.0 * (np.arange(ANY + 1) < ANY - 1), np.zeros(ANY + 1))
    raised = [trust().raised(one, Look(())) for one in (told, between, little)]
    assert [one is not None and one.borne_out for one in raised] == [True, False, False]


def raised(said: Spoken, look: Look = NO_SIGN, **edges: float) -> tuple[Level, tuple[DangerKind, ...], bool] | None:
    found = trust(**edges).raised(said, look)
    return (found.level, found.kinds, found.borne_out) if found else None


@pytest.mark.parametrize(("danger", "level"), [(3.0, "sure"), (2.9, "doubtful"), (2.0, "doubtful"), (1.0, "faint")])
def test_a_level_begins_at_its_edge(danger: float, level: Level) -> None:
    assert raised(spoken(danger, unsafe_care_now=9.0)) == (level, ("unsafe-care-now",), True)
    assert raised(spoken(0.9, unsafe_care_now=9.0)) is None


def test_each_source_counts_as_it_is_trusted() -> None:
    meaning, words, signs = (np.arange(1.0, ANY + 2) * factor for factor in (1, -10, 100))
    said = Spoken(meaning, words, signs)
    assert said.of_any().tolist() == [meaning[ANY], words[ANY], signs[ANY], meaning[ANY - 1], words[0]]
    assert said.of_kinds().tolist() == [list(row) for row in zip(meaning, words, signs, strict=True)][:ANY]
    some = Trust(np.array([1.0, 2, 3, 4, 5, 6]), np.array([0.2, 0.1, 0.0]), trust().edges)
    assert some.danger(said) == pytest.approx(said.of_any() @ [1, 2, 3, 4, 5] + 6)
    wanted = np.exp(said.of_kinds() @ [0.2, 0.1, 0.0])
    assert some.shares(said) == pytest.approx(wanted / wanted.sum())


def test_kinds_are_told_apart_however_loud_they_are() -> None:
    assert trust().shares(spoken(9.0, unsafe_care_now=5000.0, life_in_danger=5000.0)).max() == pytest.approx(0.5)


def test_the_most_urgent_of_those_that_stand_beside_each_other_leads() -> None:
    both = spoken(2.5, child_missing_or_unseen=6.0, life_in_danger=5.7)
    assert raised(both) == ("doubtful", ("life-in-danger", "child-missing-or-unseen"), False)
    far = spoken(2.5, child_missing_or_unseen=6.0, life_in_danger=4.0)
    assert raised(far) == ("doubtful", ("child-missing-or-unseen",), True)


def test_the_likeliest_is_told_of_however_small_its_share() -> None:
    level, kinds, borne_out = raised(spoken(2.5, unsafe_care_now=0.1)) or pytest.fail()
    assert (level, kinds, borne_out) == ("doubtful", ("unsafe-care-now",), False)


def test_a_full_card_shows_only_the_kinds_that_are_likely_enough_for_one() -> None:
    torn = spoken(3.5, unsafe_care_now=6.0, life_in_danger=5.9)
    shares = sorted(trust().shares(torn))[-2:]
    assert raised(torn, card=shares[1]) == ("sure", ("unsafe-care-now",), True)
    assert raised(torn, card=shares[0]) == ("sure", ("life-in-danger", "unsafe-care-now"), True)
    held = Look((), limits={"unsafe-care-now": "doubtful"})
    assert raised(torn, held, card=shares[0]) == ("sure", ("life-in-danger",), True)


def test_what_may_only_be_faint_is_never_asked_about() -> None:
    torn = spoken(9.0, unsafe_care_now=6.0, life_in_danger=5.9)
    held = Look((), limits={"life-in-danger": "faint"})
    assert raised(torn, held, card=0.6) == ("doubtful", ("unsafe-care-now",), False)
    alone = spoken(9.0, unsafe_care_now=9.0)
    assert raised(alone, Look((), limits={"unsafe-care-now": "faint"})) == ("faint", ("unsafe-care-now",), False)
    asked = Look((), limits={"unsafe-care-now": "doubtful"})
    assert raised(alone, asked) == ("doubtful", ("unsafe-care-now",), True)


def test_what_is_asked_about_is_borne_out_from_a_share() -> None:
    torn = spoken(2.5, unsafe_care_now=6.0, life_in_danger=5.9)
    first = float(trust().shares(torn)[KINDS.index("life-in-danger")])
    assert raised(torn, borne_out=first) == ("doubtful", ("life-in-danger", "unsafe-care-now"), True)
    assert raised(torn, borne_out=first + 0.01) == ("doubtful", ("life-in-danger", "unsafe-care-now"), False)


def test_of_what_is_faint_the_kinds_that_are_borne_out_are_told_or_else_the_first() -> None:
    torn = spoken(1.5, unsafe_care_now=6.0, life_in_danger=5.9)
    first, second = (float(trust().shares(torn)[KINDS.index(kind)]) for kind in ("life-in-danger", "unsafe-care-now"))
    both: tuple[DangerKind, ...] = ("life-in-danger", "unsafe-care-now")
    assert raised(torn, borne_out=first) == ("faint", both, True)
    assert raised(torn, borne_out=second) == ("faint", both[1:], True)
    assert raised(torn, borne_out=0.9) == ("faint", both[:1], False)
    assert raised(torn, borne_out=first, ground=6.0) == ("faint", both[1:], True)
    assert raised(torn, borne_out=first, ground=6.1) == ("faint", both[:1], False)
    held = Look((), limits={"unsafe-care-now": "faint"})
    assert raised(torn, held, borne_out=first) == ("faint", both[:1], True)


def test_a_kind_that_cannot_be_meant_leaves_the_others_unless_it_was_nearly_all() -> None:
    look = Look((), limits={"life-in-danger": "never"})
    loud = np.log(0.88 / 0.12 * (len(KINDS) - 1))
    assert raised(spoken(2.5, life_in_danger=float(loud)), look) is not None
    left = raised(spoken(2.5, life_in_danger=float(loud)), look)
    assert left is not None
    assert left[0] == "doubtful", "an eighth of the likelihood is left to the others"
    louder = spoken(2.5, life_in_danger=float(np.log(0.92 / 0.08 * (len(KINDS) - 1))), unsafe_care_now=0.1)
    assert raised(louder, look) == ("faint", ("unsafe-care-now",), False)
    also = Look((), limits={"life-in-danger": "never", "unsafe-care-now": "silent"})
    assert raised(louder, also) is None


def sign(kind: DangerKind = "life-in-danger", level: Level = "sure", plain: Level | None = None) -> Sighting:
    return Sighting(kind=kind, level=level, spans=((0, 4),), plain=plain)


def test_a_sign_among_few_words_is_asked_about_from_an_edge_of_its_own() -> None:
    few, more = (Look((sign(),), length=length) for length in (HARDLY_MORE, HARDLY_MORE + 1))
    assert raised(spoken(-5.0), few) == ("doubtful", ("life-in-danger",), True)
    assert raised(spoken(-5.1), few) is None
    assert raised(spoken(0.9), more) is None
    doubtful = Look((sign(level="doubtful"),), length=5)
    assert raised(spoken(-5.0), doubtful) is None


@pytest.mark.parametrize("limit", ["faint", "doubtful"])
def test_a_sign_of_a_kind_that_is_held_back_is_faint_among_few_words(limit: Limit) -> None:
    held = Look((sign(),), limits={"life-in-danger": limit}, length=5)
    assert raised(spoken(-5.0), held) == ("faint", ("life-in-danger",), False)


def test_a_plain_sign_is_raised_by_itself_and_among_more_words_as_far_as_they_allow() -> None:
    few, more = (Look((sign(plain="sure"),), length=length) for length in (5, 50))
    assert raised(spoken(-5.0), few) == ("sure", ("life-in-danger",), True)
    assert raised(spoken(2.0), more) == ("sure", ("life-in-danger",), True)
    assert raised(spoken(1.9), more) == ("doubtful", ("life-in-danger",), True)
    assert raised(spoken(1.0), more) == ("doubtful", ("life-in-danger",), True)
    assert raised(spoken(0.9), more) is None
    faintly = Look((sign(plain="faint"),), length=5)
    assert raised(spoken(-5.0), faintly, ground=0.0) == ("faint", ("life-in-danger",), True)


def test_a_plain_mark_on_a_baby_is_asked_about_unless_nearly_all_that_is_said_with_it_speaks_against_it() -> None:
    other = sign(plain="sure")
    marked = sign("injury-non-mobile-baby", plain="sure")
    for look in (Look((marked,), length=50), Look((other, marked), length=50)):
        assert raised(spoken(-7.0), look) == ("doubtful", ("injury-non-mobile-baby",), True)
        assert raised(spoken(-7.1), look) is None
    unsure = sign("injury-non-mobile-baby", plain=None)
    assert raised(spoken(-7.0), Look((unsure,), length=50)) is None


def test_a_plain_sign_among_more_words_has_an_edge_of_its_own() -> None:
    more = Look((sign(plain="sure"),), length=50)
    assert raised(spoken(0.5), more, plain=0.5) == ("doubtful", ("life-in-danger",), True)
    assert raised(spoken(0.4), more, plain=0.5) is None


def test_a_kind_is_asked_about_where_a_sign_its_words_or_their_meaning_show_it() -> None:
    def meant(figure: float) -> Spoken:
        loud = spoken(2.5, unsafe_care_now=-1.0)
        loud.meaning[KINDS.index("unsafe-care-now")] = figure
        return loud

    asked, only_faint = ("doubtful", ("unsafe-care-now",), True), ("faint", ("unsafe-care-now",), True)
    alone = {"told": 0.0, "meant": 2.0, "beside": 0.0, "ground": -9.0, "borne_out": 0.0}
    others = {kind.replace("-", "_"): -30.0 for kind in KINDS if kind != "unsafe-care-now"}
    assert raised(spoken(2.5, unsafe_care_now=0.0, **others), NO_SIGN, **alone) == asked
    assert raised(spoken(2.5, unsafe_care_now=-0.1, **others), NO_SIGN, **alone) == only_faint
    assert raised(meant(2.0), NO_SIGN, **alone)[0] == "doubtful"  # type: ignore[index]
    assert raised(meant(1.9), NO_SIGN, **{**alone, "told": 0.5})[0] == "faint"  # type: ignore[index]
    seen = Look((sign("unsafe-care-now"),), length=50)
    assert raised(spoken(2.5, unsafe_care_now=-0.1, **others), seen, **alone) == asked
    surely, less = (spoken(danger, unsafe_care_now=-0.1, **others) for danger in (2.5, 2.4))
    assert raised(surely, NO_SIGN, **alone, whichever=2.5)[0] == "doubtful"  # type: ignore[index]
    assert raised(less, NO_SIGN, **alone, whichever=2.5)[0] == "faint"  # type: ignore[index]


def test_only_the_kinds_whose_sign_is_enough_are_told_where_the_answer_alone_is_not() -> None:
    two = Look((sign(), sign("unsafe-care-now")), length=5)
    assert raised(spoken(-1.0, child_missing_or_unseen=9.0), two) == (
        "doubtful",
        ("life-in-danger", "unsafe-care-now"),
        True,
    )
    heard = Look((sign(),), length=5)
    assert raised(spoken(2.5, child_missing_or_unseen=9.0), heard) == ("doubtful", ("child-missing-or-unseen",), True)


def test_the_surest_of_what_the_answer_and_its_signs_reach_counts() -> None:
    look = Look((sign(plain="sure"),), length=5)
    assert raised(spoken(1.5, unsafe_care_now=9.0), look) == ("sure", ("life-in-danger",), True)


def test_every_kind_has_its_place_in_the_order_of_urgency() -> None:
    assert sorted(URGENCY) == sorted(KINDS)
    assert URGENCY[0] == "life-in-danger"


def test_a_full_card_needs_a_sign_of_its_kind_or_a_meaning_that_hardly_speaks_against_it() -> None:
    said = spoken(3.5, unsafe_care_now=6.0)
    against = said._replace(meaning=np.full(ANY + 1, LEAST_MEANT_ON_A_CARD - 0.1))
    sign = Sighting(kind="unsafe-care-now", level="sure", spans=((0, 4),))
    levels = [found and found[0] for found in (raised(said), raised(against), raised(against, Look((sign,))))]
    assert levels == ["sure", "doubtful", "sure"]
