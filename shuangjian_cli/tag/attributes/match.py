"""What gave an attribute: the rule and the words that it used."""

from typing import NamedTuple

from shuangjian_cli.model import Rejected


class Match(NamedTuple):
    """The rule that set an attribute, with the words of the subject that it used, if any."""

    rule: str
    words: tuple[str, ...] = ()
    rejected: tuple[Rejected, ...] = ()
