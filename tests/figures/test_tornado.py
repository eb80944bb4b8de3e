"""A tornado: assumptions by how far they move the answer."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from ovning.figures.tornado import MOST, Bar, Moves, Scale, tornado
from tests.figures.measuring import outside, overlapping, said, squeezed, words_of

COMPARED = Scale("Tid, minuter i medeltal: den andra minus den första", 6.0, (-18.0, 18.0), 0.0)
ALONE = Scale("Tid, minuter i medeltal", 60.0, (50.0, 70.0), None, 120.0)


def _bars(number: int, base: float) -> list[Bar]:
    return [
        Bar(
            f"scenario.services.service{n}.depends_on.electricity.endurance",
            (Moves("3 min 30 s", base - 20 / (n + 1)), Moves("1 h 10 min", base + 70 / (n + 1))),
            "vänder vid 0,78" if n == 0 else "",
        )
        for n in range(number)
    ]


def _lengths(figure: Figure) -> list[tuple[float, float]]:
    bars = [one for one in figure.axes[0].patches if isinstance(one, Rectangle) and one.get_height() < 1]
    return [(bar.get_x(), bar.get_width()) for bar in bars if bar.get_facecolor()[:3] != (0.9333333333333333,) * 3]


@pytest.mark.parametrize("scale", [COMPARED, ALONE])
@pytest.mark.parametrize("number", [0, 1, 4, 30])
def test_each_bar_reaches_from_what_is_assumed_to_where_its_values_lead(scale: Scale, number: int) -> None:
    figure = tornado(_bars(number, scale.base), scale, "Svaret hänger på något")
    lengths = _lengths(figure)
    assert len(lengths) == 2 * min(number, MOST)
    if number:
        assert lengths[:2] == [(scale.base, -20), (scale.base, 70)]
    figure.draw_without_rendering()
    assert overlapping(figure) == []
    assert outside(figure) == []


def test_it_says_which_turn_and_where_and_what_is_too_small_to_matter() -> None:
    figure = tornado(_bars(3, COMPARED.base), COMPARED, "Svaret hänger på något")
    bold = [label.get_fontweight() for label in figure.axes[0].get_yticklabels()]
    assert bold == ["bold", "normal", "normal"]
    words = said(figure)
    assert {"3 min 30 s", "1 h 10 min"} <= {text for text, _ in words_of(figure)}
    for text in ("vänder vid 0,78", "för litet för att spela roll", "ingen skillnad"):
        assert squeezed(text) in words
    assert squeezed("övningens gräns") not in words
    assert squeezed("övningens gräns") in said(tornado(_bars(1, 60), ALONE, "Svaret"))
