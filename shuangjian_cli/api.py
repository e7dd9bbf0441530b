"""The one place that joins the packages: read → structure → tag.

`analyse` is a pure function of a source and the rules: no clock, no files, no state, so the same
call serves a terminal, a worker process and a cluster.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

from shuangjian_cli.model import Analysis, Metadata, ReadError, Source, TaggedSentence
from shuangjian_cli.structure import structure
from shuangjian_cli.tag.analyser import Analyser
from shuangjian_cli.tag.pack import Rules, load_builtin
from shuangjian_cli.tag.place import gazetteer

if TYPE_CHECKING:
    from pathlib import Path

    from shuangjian_cli.correct import Corrections
    from shuangjian_cli.read import Options
    from shuangjian_cli.records import Records


def analyse(
    source: Source,
    rules: Rules | None = None,
    *,
    corrections: Corrections | None = None,
    sentences: bool = True,
    unparsed: bool = True,
    explain: bool = False,
) -> Analysis:
    """Everything that one text gives: indicators, tagged sentences, numerals that are no figures.

    `rules` is the built-in catalogue unless given; `corrections`, a person's, are laid over what
    the rules read. `sentences=False` leaves `Analysis.sentences`
    empty and saves their tagging, `unparsed=False` leaves out the numerals that are no figures;
    `explain=True` has each decision list what it passed over.
    Never raises on any text.
    """
    analyser = _analyser(source, rules, explain)
    if corrections is None or not _concern(corrections, source):
        return analyser.run(sentences=sentences, unparsed=unparsed)
    from shuangjian_cli.correct import corrected

    # An added figure stands in a sentence, even where these are not asked for.
    analysis = corrected(analyser.run(sentences=True, unparsed=unparsed), corrections)
    return analysis if sentences else analysis._replace(sentences=())


def analyse_pieces(
    source: Source,
    rules: Rules | None = None,
    *,
    corrections: Corrections | None = None,
    sentences: bool = True,
    unparsed: bool = True,
) -> Iterator[Analysis]:
    """What `analyse` gives, in one or more pieces in the order of the text.

    The records of a long text are many times as large as itself; here they need not all be in
    memory. A text with corrections comes in one piece.
    """
    if corrections is not None and _concern(corrections, source):
        yield analyse(
            source, rules, corrections=corrections, sentences=sentences, unparsed=unparsed
        )
        return
    yield from _analyser(source, rules, False).pieces(sentences=sentences, unparsed=unparsed)


def _concern(corrections: Corrections, source: Source) -> bool:
    if not corrections:
        return False
    from shuangjian_cli.correct import content_hash

    return bool(corrections.of(source.file, lambda: content_hash(source.text)))


def _analyser(source: Source, rules: Rules | None, explain: bool) -> Analyser:
    known = source.metadata.province
    if known:
        area = gazetteer().province(known)
        if area is not None:
            metadata = source.metadata._replace(province=area.name)
            source = source._replace(metadata=metadata)
    return Analyser(structure(source), rules or load_builtin(), explain=explain)


def extract(
    text: str,
    *,
    file: str = "-",
    metadata: Metadata | None = None,
    rules: Rules | None = None,
) -> Records:
    """The indicators of a text, in its order. `text[r.start:r.end] == r.figure` for each."""
    from shuangjian_cli.records import Records

    source = Source(file, text, metadata or Metadata())
    return Records(analyse(source, rules, sentences=False, unparsed=False).indicators)


def tag(
    text: str,
    *,
    file: str = "-",
    metadata: Metadata | None = None,
    rules: Rules | None = None,
) -> list[TaggedSentence]:
    """Every sentence of a text with its province, pillar and metrics, in its order."""
    return list(analyse(Source(file, text, metadata or Metadata()), rules).sentences)


def sources_of(path: str | Path, options: Options | None = None) -> Iterator[Source]:
    """The texts of one file of any kind that `read` knows. Raises `ReadError` at a bad one."""
    from shuangjian_cli.read import Options, read

    for one in read(str(path), options or Options()):
        if isinstance(one, ReadError):
            raise one
        yield one


def extract_file(
    path: str | Path, options: Options | None = None, *, rules: Rules | None = None
) -> Records:
    """The indicators of a file of any kind that `read` knows. Raises `ReadError`; what could not be
    read as it was is a `UserWarning`."""
    from shuangjian_cli.records import Records

    records = Records()
    for source in sources_of(path, options):
        analysis = analyse(source, rules, sentences=False, unparsed=False)
        for note in (*source.notes, *analysis.notes):
            warnings.warn(f"{source.file}: {note}", stacklevel=2)
        records += analysis.indicators
    return records


def load_rules(*packs: str | Path) -> Rules:
    """The built-in rules with packs laid over them, in order. Raises `tag.pack.form.PackError`."""
    if not packs:
        return load_builtin()
    from shuangjian_cli.tag.pack.merge import merge
    from shuangjian_cli.tag.pack.reader import load_pack

    return merge(load_builtin(), *(load_pack(pack) for pack in packs))
