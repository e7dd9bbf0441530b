"""What gave an attribute: the rule and the words that it used."""

from shuangjian_cli.model import Rejected
from shuangjian_cli.named import NamedTuple


class Match(NamedTuple):
    """The rule that set an attribute, with the words of the subject that it used, if any."""

    rule: str
    words: tuple[str, ...] = ()
    rejected: tuple[Rejected, ...] = ()
