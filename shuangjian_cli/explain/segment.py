"""The one door to a word segmenter: rjieba if installed, else jieba, else runs of a script.

Only for display: no record depends on which of them is installed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from itertools import accumulate, pairwise

Cut = Callable[[str], Iterable[str]]

_RUNS = re.compile(r"[0-9.,]+|[A-Za-z]+|\s+|.", re.DOTALL)


def segment(text: str) -> list[tuple[int, int]]:
    """The spans of the words of a text; they cover it without gaps, in order."""
    # A lone surrogate has no UTF-8 form, which a segmenter needs; "?" is as long.
    clean = text.encode("utf-8", "replace").decode("utf-8")
    words = list(segmenter()(clean))
    if "".join(words) != clean:
        words = _RUNS.findall(clean)
    return list(pairwise(accumulate(map(len, words), initial=0)))


@cache
def segmenter() -> Cut:
    """The installed segmenter."""
    for load in (_rjieba, _jieba):
        try:
            return load()
        except ImportError:
            continue
    return _RUNS.findall


def _rjieba() -> Cut:
    from rjieba import cut

    return cut


def _jieba() -> Cut:
    import warnings

    with warnings.catch_warnings():  # of the long outdated `pkg_resources`
        warnings.simplefilter("ignore")
        from jieba import Tokenizer

    # jieba's own start-up loads a cache from the shared temporary folder, where anyone may have
    # put it; so its dictionary is read from the package instead.
    tokenizer = Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer.cut  # type: ignore[no-any-return]
