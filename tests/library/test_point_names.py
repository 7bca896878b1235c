"""Every kind of point and everyone it may be for has its name, in the order of the types."""

from __future__ import annotations

from typing import get_args

from assistant.library.point_names import AUDIENCE_NAMES, KIND_NAMES, for_whom
from assistant.library.points import Audience, Kind


def test_every_kind_and_audience_has_a_name():
    assert tuple(KIND_NAMES) == get_args(Kind)
    assert tuple(AUDIENCE_NAMES) == get_args(Audience)


def test_whom_a_point_is_for_is_said_unless_it_is_for_everyone():
    assert [for_whom(audience) for audience in ("manager", "everyone")] == ["for managers", ""]
