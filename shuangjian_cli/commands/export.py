"""`shuangjian export`: the tables of a store in every output format."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from shuangjian_cli.commands.messages import tell, wrong
from shuangjian_cli.commands.metrics import catalogue
from shuangjian_cli.commands.options import FigureFilters, Output
from shuangjian_cli.commands.vocabulary import corrections_in, own_rules
from shuangjian_cli.commands.work import Accepts
from shuangjian_cli.language.messages import _, spoken
from shuangjian_cli.write import ERRORS, INDICATORS, SENTENCES, Column, Row, Table, write

if TYPE_CHECKING:
    from shuangjian_cli.store import Store

_ID = Column("id", "code")
_DOCUMENTS = Table(
    "documents",
    (
        _ID,
        *map(Column, ("file", "title")),
        *(Column(name, "code") for name in ("province", "published")),
        *map(Column, ("issuer", "document_number", "source_url", "external_id")),
        *(Column(name, "code") for name in ("kind", "encoding")),
        *(Column(name, "integer") for name in ("characters", "sentences", "indicators")),
        *(Column(name, "code") for name in ("status", "reprint_of", "sha256")),
    ),
)


def export(
    store: Annotated[str, typer.Argument(metavar="STORE", help="A store that `batch` made.")],
    output: Output,
    filters: FigureFilters,
    table: Annotated[
        Literal["indicators", "sentences", "documents", "errors"],
        typer.Option("--table", help="Which table; its rows come in the order of the files."),
    ] = "indicators",
    once: Annotated[
        bool, typer.Option("--once", help="Leave out what reprints of a document repeat.")
    ] = False,
    metadata: Annotated[
        str | None,
        typer.Option(
            metavar="FILE.json",
            help="Write there what Datasette shows beside the store's tables instead: titles, what"
            " columns mean, labels, facets.",
            show_default=False,
        ),
    ] = None,
    pack: Annotated[
        str | None,
        typer.Option(
            "--rules", metavar="FILE", help="The rule pack (TOML) that the store was made with."
        ),
    ] = None,
) -> int:
    """Write a table of a store to a file or a pipe.

    Rows are those of `extract` and `tag`, each with an `id` made from the document's content.
    Documents that have vanished are in the table of documents alone, inputs that the last run could
    not read in that of errors.

    Examples:

    - `shuangjian export bulletins.db -o figures.xlsx`
    - `shuangjian export bulletins.db --metric teachers --once --format jsonl`
    - `shuangjian export bulletins.db --table documents -o documents.csv`
    - `shuangjian export bulletins.db --metadata metadata.json`, then
      `datasette bulletins.db --metadata metadata.json`

    Exit status: 0 done, also with nothing found; 2 wrong usage, no such store, or the output
    could not be written.
    """
    from shuangjian_cli.correct import beside
    from shuangjian_cli.store import Store, StoreError

    if metadata is not None:
        return _write_metadata(store, metadata, output)
    accepts = _meant_for(table, filters, pack)
    chosen = output.select(_TABLES[table])
    destination = output.destination([store], own_rules(pack, [store]))
    try:
        with Store.open(store, corrections=corrections_in(beside(store), pack)) as opened:
            rows = chosen.over(_rows(opened, table, accepts, once))
            if destination.format == "xlsx" and table == "indicators":
                sentences = _TABLES["sentences"]
                accepted = _rows(opened, "sentences", accepts, once)
                write(destination, rows, sentences.over(accepted), catalogue(pack))
            else:
                write(destination, rows)
    except StoreError as error:
        tell(str(error))
        return 2
    return 0


def _write_metadata(store: str, path: str, output: Output) -> int:
    from shuangjian_cli.commands.destination import refuse_input
    from shuangjian_cli.commands.screens import report
    from shuangjian_cli.language import labels
    from shuangjian_cli.store import Store, StoreError
    from shuangjian_cli.store import metadata as metadata_of
    from shuangjian_cli.write import replacing

    refuse_input(path, [store])
    try:
        Store.open(store).close()
    except StoreError as error:
        tell(str(error))
        return 2
    text = report(metadata_of(store, labels(spoken())))
    with replacing(path) as file:
        file.write(text.encode())
    return 0


_TABLES = {
    "indicators": Table(INDICATORS.name, (_ID, *INDICATORS.columns)),
    "sentences": Table(SENTENCES.name, (_ID, *SENTENCES.columns)),
    "documents": _DOCUMENTS,
    "errors": ERRORS,
}


def _meant_for(table: str, filters: FigureFilters, pack: str | None) -> Accepts:
    """The filters as a test of the table's rows. Raises BadParameter for those it has not."""
    accepts = filters.accepts(pack)
    if table != "indicators":
        known = {"sentences": set(SENTENCES.names()), "documents": {"province"}}.get(table, set())
        for name in accepts.tests.keys() - known:
            option = {"area_level": "level"}.get(name, name)
            raise wrong(f"--{option}", _("it is not for {table}; leave it out", table=table))
    return accepts


def _rows(store: Store, table: str, accepts: Accepts, once: bool) -> Iterator[Row]:
    if table == "documents":
        documents = store.documents(once=once, vanished=True)
        return (row for each in documents if accepts(row := each.to_dict()))
    if table == "errors":
        return ({"file": file, "message": message} for file, message in store.errors())
    if table == "sentences":
        sentences = store.identified_sentences(once=once)
        return (row for id, each in sentences if accepts(row := {"id": id, **each.to_dict()}))
    indicators = store.identified_indicators(accepts.tests, once=once)
    return ({"id": id, **each.to_dict()} for id, each in indicators)
