"""Two pieces of work at once give what they give alone."""

from __future__ import annotations

import threading

import pytest

from assistant.language.side_by_side import side_by_side


def test_both_are_done_at_the_same_time_and_each_gives_its_own(monkeypatch):
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    meet = threading.Barrier(2, timeout=30)
    assert side_by_side(lambda: ("one", meet.wait() >= 0), lambda: ("other", meet.wait() >= 0)) == (
        ("one", True),
        ("other", True),
    )


def test_with_one_processor_no_thread_is_begun(monkeypatch):
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    here = threading.get_ident()
    assert side_by_side(threading.get_ident, threading.get_ident) == (here, here)


@pytest.mark.parametrize("processors", [1, 2])
def test_what_goes_wrong_in_either_is_raised(monkeypatch, processors):
    monkeypatch.setattr("os.cpu_count", lambda: processors)

    def fails() -> None:
        raise ValueError("as it was")

    for one, other in ((fails, int), (int, fails)):
        with pytest.raises(ValueError, match="as it was"):
            side_by_side(one, other)
