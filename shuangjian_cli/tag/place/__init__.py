"""Places: which division of China a text speaks of."""

from functools import cache

from .gazetteer import Gazetteer, Mention

__all__ = ["Gazetteer", "Mention", "gazetteer"]


@cache
def gazetteer() -> Gazetteer:
    """The places, loaded once a process."""
    return Gazetteer()
