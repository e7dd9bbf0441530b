"""The values of the grammar of time: a time as words name it, and the points that it has."""

from typing import NamedTuple

CALENDAR, PUBLICATION, GOVERNING, UNSAID = "calendar", "publication", "governing", "unsaid"
"""What the year of a `Point` counts from."""


class Point(NamedTuple):
    """A year, or the part of one, as it is named.

    `year` is the year itself (base CALENDAR) or how many years it lies after that of the
    publication or of the period that governs; UNSAID is a part of a year without the year, its `year` -1 for one that is over.
    `first` and `last` are months, 0 for the whole year; `day` is 0 for whole months.
    """

    base: str
    year: int = 0
    first: int = 0
    last: int = 0
    day: int = 0


class Time(NamedTuple):
    """A time named at [start, end) of a folded text.

    `kind`: point · range (from `first` to `last`) · now, month, day, yesterday (of the
    publication) · plan · years (近两年) · run (连续9年) · past_year · term · begun (入冬以来) ·
    whole (全年) · after (两年后) · vague (近年来). Those that are no period of a figure: ever (每年, 三年内), length
    (为期两个月, 三年级) and clock. `opened` is since or until where an end of the period is open.
    `word`, `part` and `number` say what a kind has instead of points: the name of a plan, the part
    of it and of how many years; the unit of a run and how many.
    """

    start: int
    end: int
    kind: str
    first: Point | None = None
    last: Point | None = None
    opened: str = ""
    word: str = ""
    part: str = ""
    number: int = 0


NO_PERIOD = frozenset(("ever", "length", "clock"))
"""The kinds that are no period of a figure."""
