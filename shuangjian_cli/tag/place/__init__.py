"""Places: which division of China a text speaks of."""

from .gazetteer import Gazetteer, Mention

__all__ = ["Gazetteer", "Mention"]
