"""What can be wrong with shifts, rest, and channels that need services."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.files.base import FILES
from tests.files.wrong import ASM, ORG, VOC, Wrong, assert_found, warned

SHIFT = "length: {assume: 8 h, range: [8 h, 12 h], reason: Vanligt}"
CHANGES = '      changes_at: ["07:00", "15:00", "23:00"]\n'

CASES = [
    Wrong("shift of more than a day", ORG, SHIFT, "length: 25 h", "är längre än ett dygn", "25 h"),
    Wrong("shift of no length", ORG, SHIFT, "length: 0 h", "minst 1 min", "0 h"),
    Wrong(
        "shifts that change twice at once",
        ORG,
        '["07:00", "15:00", "23:00"]',
        '["07:00", "15:00", "07:00"]',
        "byts två gånger klockan 07:00",
        '"07:00"]',
    ),
    Wrong("shifts that change at no time", ORG, '["07:00",', '["7:00",', "”7:00” är inget klockslag", '"7:00"'),
    warned(
        "shifts that do not fit in a day",
        ORG,
        SHIFT + "\n      planned_within: {assume: 1 h, range: [1 h, 4 h], reason: Vanligt}\n" + CHANGES,
        "length: 7 h\n      planned_within: 1 h\n",
        "går inte jämnt upp i dygnet",
        "7 h",
        "changes_at",
    ),
    warned(
        "shift planned too late",
        ORG,
        "planned_within: {assume: 1 h, range: [1 h, 4 h], reason: Vanligt}",
        "planned_within: 9 h",
        "avlösningen kommer för sent",
        "9 h",
    ),
    warned("shift that nobody lasts", ORG, SHIFT, "length: 20 h", "går hem efter 16 h (works_at_most)", "20 h"),
    warned(
        "nobody plans shifts",
        ORG,
        "situation: [beredskap]}",
        "situation: []}",
        "ingen kan planera avlösningen (personnel)",
        "shifts:",
        "under does",
    ),
    warned(
        "nobody at home is reached",
        ORG,
        "  - {id: messenger, delay: 20 min, assumption: Någon åker}\n",
        "",
        "om electricity faller når ingen alla dem som är hemma",
        "id: phone",
        "ordonnans",
    ),
    warned(
        "only what is written reaches home when it fails",
        VOC,
        "messenger: {title: Ordonnans, meaning: Någon åker}",
        "messenger: {title: Ordonnans, meaning: Någon åker, written: true}",
        "om electricity faller når ingen alla dem som är hemma",
        "id: phone",
        "",
        ORG,
    ),
    warned(
        "no way home at all",
        ORG,
        FILES[ORG][FILES[ORG].index("channels:") :],
        "channels:\n  - {id: phone, delay: 1 min, reach: at_work, assumption: x}\n",
        "ingen sambandsväg når den som är hemma",
        "channels:",
        "reach: all",
    ),
    warned(
        "need that is never lost",
        ORG,
        "{at_least: 0.2, ",
        "{at_least: 0, ",
        "at_least: 0 säger att ”phone” fungerar också utan",
        "0, share",
    ),
    warned(
        "need at no end",
        ORG,
        "share: {assume: 0.5, range: [0.2, 1.0], reason: Halva orten}",
        "share: 0",
        "share: 0 säger att ”phone” fungerar också utan",
        "0}}",
    ),
    warned(
        "share without source of its own",
        ORG,
        "share: {assume: 0.5, range: [0.2, 1.0], reason: Halva orten}",
        "share: 0.5",
        "channels.phone.depends_on.electricity.share saknar egen källa",
        "0.5}}",
    ),
    Wrong(
        "nobody works",
        ASM,
        "works_at_most: {value: 16 h, range: [13 h, 24 h]",
        "works_at_most: {value: 0 h, range: [0 h, 24 h]",
        "ingen kan arbeta 0 timmar",
        "0 h, range: [0 h, 24",
    ),
    Wrong(
        "a whole day's rest",
        ASM,
        "daily_rest: {value: 11 h, range: [8 h, 11 h]",
        "daily_rest: {value: 24 h, range: [8 h, 24 h]",
        "lämnar ingen tid att arbeta",
        "24 h, range",
    ),
    Wrong(
        "duty over at once",
        ASM,
        "duty_ends_after: {value: 5 h, range: [3 h",
        "duty_ends_after: {value: 0 h, range: [0 h",
        "börjar om vid varje paus",
        "0 h, range: [0 h, 8",
    ),
    warned(
        "duty that rest does not end",
        ASM,
        "duty_ends_after: {value: 5 h, range: [3 h, 8 h]",
        "duty_ends_after: {value: 12 h, range: [3 h, 12 h]",
        "räknas ändå som i tjänst",
        "12 h, range: [3",
    ),
]


@pytest.mark.parametrize("wrong", CASES, ids=lambda wrong: wrong.kind)
def test_one_thing_wrong(wrong: Wrong, tmp_path: Path) -> None:
    assert_found(wrong, tmp_path)
