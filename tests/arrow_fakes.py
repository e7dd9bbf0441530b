"""A text, a rule pack, and an `analyse_pieces` for which some texts are poison."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from shuangjian_cli.api import analyse_pieces
from shuangjian_cli.model import Analysis, Source

TEXT = "甲省教育厅通报\n2022年，全省新增学位5.8万个、增长12%，新建学校30所。"
PACK = """
[[metric]]
id = "lanterns"
name = "灯笼"
name_en = "Lanterns"
pillar = "quality"
subject = '''灯笼'''
"""


def pieces(source: Source, *given: Any, **wanted: Any) -> Iterator[Analysis]:
    """A text with ∞ has a figure that is too large, one with ✗ comes before a bug; one with ☠ gives
    its figures and dies while it gives more."""
    if "⌛" in source.text:
        signal.pause()
    for piece in analyse_pieces(source, *given, **wanted):
        if "∞" in source.text:
            large = (each._replace(value=Decimal("1E+28")) for each in piece.indicators[:1])
            piece = piece._replace(indicators=(*large, *piece.indicators[1:]))
        yield piece
        if "☠" in source.text:
            yield piece
            os.kill(os.getpid(), signal.SIGKILL)
    if "✗" in source.text:
        raise ValueError("a bug of ours")
