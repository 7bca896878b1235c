"""Each trial of `make torture` once, so that it still knows the program when it is run in full before a release."""

from __future__ import annotations

import random
import sys

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="tabs are forked on Linux only")]

ONCE = (
    *("answers", "talk", "app", "passphrase", "forgetting", "backup", "restore"),
    *("damages", "full-disk", "full-disk-elsewhere", "clocks", "team", "hostile-notice", "hostile-talk"),
)


@pytest.mark.parametrize("name", ONCE)
def test_a_trial_finds_its_way_and_no_promise_is_broken(name):
    from tools.torture.__main__ import trials

    for trial in trials()[name](lambda _: 1, random.Random(f"20260302 {name}")):
        assert trial.tries
        assert trial.failures == []


def test_a_tab_goes_through_its_sessions_and_rooms():
    from tools.torture.soak import soak

    trial = soak(0)
    assert (trial.tries, trial.failures) == (1, [])
