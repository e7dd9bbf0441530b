"""The samples: bulletins of our own with the records that a careful reader found in them.

The annotations were made without looking at the rules, so they measure them; a floor rises when
the rules have passed it, and never falls.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import shuangjian_cli as sj
from shuangjian_cli.evaluate import evaluate

SAMPLES = Path(__file__).parent.parent / "samples"
FLOORS = {
    "detection_f1": 0.99,
    "quantity_f1": 0.99,
    "record_f1": 0.94,
    "subject": 0.97,
    "metric": 0.97,
    "province": 1.0,
    "period": 0.99,
    "status": 1.0,
    "certain_right": 0.97,
}


def test_the_samples_stay_above_their_floors() -> None:
    reached = evaluate(SAMPLES).total()
    low = {name: reached[name] for name, floor in FLOORS.items() if reached[name] < floor}
    assert low == {}


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_every_figure_is_where_its_record_says(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    records = sj.extract_file(path)
    assert records == sj.extract(text, file=str(path))
    for record in records:
        assert text[record.start : record.end] == record.figure
        assert text[record.sentence_start : record.sentence_end] == record.sentence
        assert record.sentence_start <= record.start < record.end <= record.sentence_end
        assert text.count("\n", 0, record.start) + 1 == record.line
