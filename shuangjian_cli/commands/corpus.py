"""What comparison and report read: the documents of files, folders and stores."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from shuangjian_cli.commands.messages import tell
from shuangjian_cli.commands.options import Inputs
from shuangjian_cli.commands.run import NothingRead
from shuangjian_cli.commands.vocabulary import DECISIONS, corrections_in
from shuangjian_cli.commands.work import Accepts, PickText, Text
from shuangjian_cli.language.messages import _

if TYPE_CHECKING:
    from shuangjian_cli.compare import Measures
    from shuangjian_cli.correct import Corrections
    from shuangjian_cli.store import Store


class Corpus:
    """The documents of files, folders and stores; a store's reprints are left out.

    Once it has been read, `reprints` counts their figures and `status` is the exit status: 1 if
    some input could not be used, of which standard error has been told. Raises BadParameter for
    inputs that make no sense.
    """

    def __init__(self, inputs: Inputs, *, texts: bool) -> None:
        from shuangjian_cli.store import is_store

        self.reprints = 0
        self._failed = False
        self._read = 0
        self._told: set[str] = set()
        given = inputs.given()
        self._rules = inputs.rules
        self._corrections: dict[str, Corrections] = {}
        self._texts = texts
        self._stores = [path for path in given if path != "-" and is_store(path)]
        files = [path for path in given if path not in self._stores]
        self._run = replace(inputs, paths=files).run(Accepts({})) if files else None

    @property
    def status(self) -> int:
        """The exit status so far."""
        return int(self._failed or (self._run is not None and self._run.status > 0))

    def require(self, path: str | None) -> None:
        """Once it has been read: raises NothingRead where that is for a file and gave nothing."""
        if path is not None and self.status and not self._read:
            raise NothingRead

    def __iter__(self) -> Iterator[Text]:
        from shuangjian_cli.store import StoreError

        for path in self._stores:
            try:
                for text in self._stored(path):
                    self._read += 1
                    yield text
            except StoreError as error:
                self._failed = True
                tell(str(error))
        if self._run is not None:
            for rows in self._run.results(PickText(texts=self._texts)):
                self._read += 1
                yield from (row["text"] for row in rows["texts"])

    @contextmanager
    def store(self) -> Iterator[Store]:
        """A store of all its figures: the one that was given, where it is all there is, else a temporary
        one. Raises as `given_store`."""
        from shuangjian_cli.store import Store

        with self.given_store() as only:
            if only is not None:
                yield only
                return
            with Store.temporary() as made:
                for text in self:
                    # What set the fields is larger than all the rest of a figure.
                    made.add(text.document, [each._replace(rules={}) for each in text.indicators])
                yield made

    @contextmanager
    def given_store(self) -> Iterator[Store | None]:
        """The store that was given, where it is all there is and holds what a person corrected; else None.
        A StoreError is told and ends what is done with it: raises NothingRead."""
        from shuangjian_cli.store import StoreError

        try:
            if self._run is None and len(self._stores) == 1:
                with self._open(self._stores[0]) as only:
                    if only.is_current:
                        self._read = only.counts()[0]
                        yield only
                        return
                self.reprints = 0
            yield None
        except StoreError as error:
            self._failed = True
            tell(str(error))
            raise NothingRead from None

    def tell_of_decisions(self, measures: Measures) -> None:
        """Tells standard error of decisions beside the stores that no figure is concerned by."""
        for path in self._stores:
            tell_of_decisions(f"{path}{DECISIONS}", measures)

    @contextmanager
    def _open(self, path: str) -> Iterator[Store]:
        """A store, of which standard error is told what is not in it."""
        from shuangjian_cli.correct import beside
        from shuangjian_cli.store import Store

        if path not in self._corrections:
            self._corrections[path] = corrections_in(beside(path), self._rules)
        with Store.open(path, corrections=self._corrections[path]) as store:
            if path not in self._told:
                self._told.add(path)
                if unread := sum(1 for _error in store.errors()):
                    tell(
                        _(
                            "{path}: {unread} inputs could not be read when it was made and are not"
                            " in it; 'shuangjian export {path} --table errors' lists them",
                            path=path,
                            unread=unread,
                        )
                    )
                if not store.finished:
                    tell(
                        _(
                            "{path}: its last run was stopped; run 'shuangjian batch' again to read"
                            " the rest",
                            path=path,
                        )
                    )
            self.reprints += store.counts()[1]
            yield store

    def _stored(self, path: str) -> Iterator[Text]:
        with self._open(path) as store:
            if not self._texts:
                self._read += store.counts()[0]
                for info, group in groupby(store.indicators(once=True), lambda each: each.document):
                    yield Text(info, None, tuple(group), ())
                return
            from shuangjian_cli.report.tables import tables_of

            for stored in store.contents(once=True):
                info, text, indicators = stored.document.info, stored.text, stored.indicators
                yield Text(info, text, indicators, tables_of(info.file, text, indicators))


def tell_of_decisions(path: str, measures: Measures) -> None:
    """Tells standard error of the lines of a file of decisions that concern no figure."""
    from shuangjian_cli.compare.decisions import unmatched

    for line, named, is_measure in unmatched(path, measures):
        if is_measure:
            tell(
                _(
                    "{path}:{line}: no figure is of the measure {id}; if it is called otherwise now"
                    " (the column row of 'compare -f csv'), write that, else delete the line",
                    path=path,
                    line=line,
                    id=named,
                )
            )
        else:
            tell(
                _(
                    "{path}:{line}: no figure of the metric is put in the words {words}; write those"
                    " of a figure, else delete the line",
                    path=path,
                    line=line,
                    words=named,
                )
            )
