"""When what stands in the box is worth keeping."""

from __future__ import annotations

from textual.app import App, ComposeResult

from assistant.app.widgets.answer_box import AnswerBox


class Box(App[None]):
    def compose(self) -> ComposeResult:
        yield AnswerBox()


class Watched:
    """A timer that does nothing but say what it was told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def reset(self) -> None:
        self.told.append("begin again")

    def resume(self) -> None:
        self.told.append("run")

    def pause(self) -> None:
        self.told.append("stop")


async def test_words_are_kept_so_long_after_the_first_letter_even_where_somebody_never_pauses():
    app = Box()
    async with app.run_test():
        box = app.query_one(AnswerBox)
        box._resting = timer = Watched()  # type: ignore[assignment]
        for _ in range(100):
            box.on_text_area_changed()
        assert timer.told == ["begin again", "run"]
        box.rest()
        box.on_text_area_changed()
        assert timer.told == ["begin again", "run", "stop", "begin again", "run"]


async def test_a_box_with_no_room_for_a_letter_is_drawn_empty():
    app = Box()
    async with app.run_test() as pilot:
        box = app.query_one(AnswerBox)
        box.placeholder = "Type your answer…"
        box.styles.width = 2
        await pilot.pause()
        assert box.content_size.width == 0
        assert not box.render_line(0).text.strip()
