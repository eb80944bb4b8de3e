"""Report pages as a run makes them, and what stands in them."""

from __future__ import annotations

from html.parser import HTMLParser

from ovning.experiment.replicate import replicate
from ovning.report.drawings import Drawing, draw_ladder, draw_waiting
from ovning.report.figures_of_run import draw_all
from ovning.report.findings import Findings
from ovning.report.html import render_report
from ovning.report.outcome import Outcome
from ovning.report.timeline import Timeline, timeline

VOID = frozenset({"meta", "br", "wbr", "link", "img", "hr", "input", "path", "use"})


def drawings_of(outcome: Outcome, found: Findings) -> tuple[Drawing, ...]:
    """Two of the figures: enough for what does not hang on them."""
    return draw_ladder(outcome, found), draw_waiting(outcome, found)


def course_of(outcome: Outcome) -> Timeline:
    """The main course of the play in the middle."""
    (played,) = replicate(outcome.setup, outcome.seed, [outcome.typical])
    return timeline(played.log, outcome.setup, main_course_only=True)


def page_of(outcome: Outcome, course: Timeline | None = None, drawings: tuple[Drawing, ...] | None = None) -> str:
    """The whole page, with two of its figures or those given."""
    found = Findings.of(outcome)
    drawn = drawings_of(outcome, found) if drawings is None else drawings
    return render_report(outcome, found, drawn, course or course_of(outcome))


def whole_page_of(outcome: Outcome) -> str:
    """The page with every figure that a run draws."""
    found = Findings.of(outcome)
    (played,) = replicate(outcome.setup, outcome.seed, [outcome.typical])
    return render_report(outcome, found, draw_all(outcome, found, played.log), course_of(outcome))


class Elements(HTMLParser):
    """Every element with its attributes, in order, and every text with the elements that it stands in."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, tuple[int, ...]]] = []
        """A text and which elements are open around it, by their places in ``elements``."""
        self._open: list[int] = []
        self.feed(page)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        if tag not in VOID:
            self._open.append(len(self.elements) - 1)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.elements[self._open.pop()][0] == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((data, tuple(self._open)))

    def parts(self, *tags: str) -> list[str]:
        """The whole text of every element with one of these tags."""
        wanted = {place: "" for place, (tag, _) in enumerate(self.elements) if tag in tags}
        for text, around in self.texts:
            for place in wanted.keys() & set(around):
                wanted[place] += text
        return [" ".join(text.split()) for text in wanted.values()]
