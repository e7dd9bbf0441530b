"""`shuangjian batch`: whole folders into one store, kept up to date run by run."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from shuangjian_cli.commands.messages import tell, wrong
from shuangjian_cli.commands.options import Inputs
from shuangjian_cli.commands.vocabulary import corrections_in, own_rules
from shuangjian_cli.language.messages import _
from shuangjian_cli.write import ERRORS, Destination, format_of, write

if TYPE_CHECKING:
    from shuangjian_cli.store import Store, Tally

_INTERRUPTED = 130
_LINES = 10  # seconds between lines where there is no bar
_FRAMES = 0.1  # seconds between looks of the bar
_WITH_BAR = 100  # columns of a terminal in which a bar has place beside the words


@dataclass(frozen=True, slots=True)
class Sources(Inputs):
    """Which files a store is made of, and how they are read."""

    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE...",
            help="Files and folders (with all in them).",
            show_default=False,
        ),
    ] = None
    jobs: Annotated[
        int,
        typer.Option(
            "--jobs",
            "-j",
            metavar="N",
            min=0,
            help="Worker processes; 0: one a core.",
            rich_help_panel="Input",
        ),
    ] = 0

    def given(self) -> list[str]:
        """The paths; a stream has no name by which a later run could know it."""
        if not self.paths:
            raise wrong("SOURCE", _("name a file or a folder"))
        if "-" in self.paths:
            raise wrong("SOURCE", _("a store needs files; save standard input as one"))
        return self.paths


def batch(
    sources: Sources,
    into: Annotated[
        str,
        typer.Option(
            "--into", metavar="STORE", help="The store, an SQLite file; made where missing."
        ),
    ],
    errors: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help="List the inputs that gave nothing there: .csv, .jsonl or others."
        ),
    ] = None,
    no_text: Annotated[
        bool, typer.Option("--no-text", help="Do not keep the texts themselves in the store.")
    ] = False,
) -> int:
    """Read whole folders into a store, or bring it up to date.

    Files that have not changed since the last run are skipped, changed ones replaced, and those
    that are gone marked. A run may be stopped at any moment; the same command goes on from there.
    The store is one SQLite file, for `export`, `compare` and `report` and for any SQLite client.

    Examples:

    - `shuangjian batch bulletins/ --into bulletins.db`
    - `shuangjian batch 2022/ 2023/ --into all.db --jobs 4 --errors errors.csv`
    - `shuangjian batch rows.csv --text-column 正文 --into rows.db`

    Exit status: 0 done; 1 done, but some input could not be read; 2 wrong usage, or the store
    could not be written; 130 stopped.
    """
    from shuangjian_cli.compare.keys import keep
    from shuangjian_cli.correct import beside
    from shuangjian_cli.store import Store, StoreError, fill, labels_of
    from shuangjian_cli.tag.pack import load_builtin

    paths, options, rules = sources.given(), sources.options(), own_rules(sources.rules)
    if errors is not None and format_of(errors) is None:
        raise wrong(
            "--errors", _("the suffix of {errors} names no format; end it in .csv", errors=errors)
        )
    try:
        with Store.open(into, "write", corrections_in(beside(into), sources.rules)) as store:
            try:
                with _shown() as watch:
                    tally = fill(
                        store,
                        paths,
                        options,
                        rules=rules,
                        rules_files=_packs(sources.rules) if rules else [],
                        jobs=sources.jobs,
                        timeout=sources.timeout or float("inf"),
                        keep_text=not no_text,
                        watch=watch,
                        complain=lambda file, message: tell(f"{file}: {message}"),
                    )
                store.write_labels(*labels_of(rules or load_builtin()))
                keep(store, rules)
            finally:
                if errors is not None:
                    _list_errors(store, errors)
    except KeyboardInterrupt:
        tell(
            _("stopped; to go on, run the same command again: {into} has what was read", into=into)
        )
        return _INTERRUPTED
    except StoreError as error:
        tell(str(error))
        return 2
    tell(_summary(tally, into))
    return 1 if tally.errors else 0


def _packs(rules: str | None) -> list[str | Path]:
    from shuangjian_cli.tag.pack import discover

    found = rules or discover(".")
    return [found] if found else []


def _list_errors(store: Store, path: str) -> None:
    rows = ({"file": file, "message": message} for file, message in store.errors())
    write(Destination(format_of(path) or "csv", path), ERRORS.over(rows))


def _summary(tally: Tally, store: str) -> str:
    counts = {
        _("unchanged {count}"): tally.unchanged,
        _("documents {count}"): tally.documents,
        _("figures {count}"): tally.indicators,
        _("vanished {count}"): tally.vanished,
        _("reprints {count}"): tally.reprints,
        _("errors {count}"): tally.errors,
        _("orphaned corrections {count}"): tally.orphaned,
    }
    said = (name.format(count=f"{count:,}") for name, count in counts.items() if count)
    files = _("{store}: files {count}", store=store, count=f"{tally.files:,}")
    return _(", ").join((files, *said))


# --- how far it is ------------------------------------------------------------------------------


@contextmanager
def _shown() -> Iterator[Callable[[Tally], None]]:
    """Shows a tally on standard error: a bar on a terminal, else a line now and then."""
    if not sys.stderr.isatty():
        yield _now_and_then(_LINES, lambda tally, spent: tell(_line(tally, spent)))
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, ProgressColumn, TaskProgressColumn, TextColumn
    from rich.table import Column as Fold

    console = Console(stderr=True)
    words = TextColumn("{task.description}", markup=False, table_column=Fold(overflow="fold"))
    columns: tuple[ProgressColumn, ...] = (TaskProgressColumn(), words)
    if console.width >= _WITH_BAR:
        columns = (BarColumn(), *columns)
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(_("counting files"), total=None)

        def show(tally: Tally, spent: float) -> None:
            line = _line(tally, spent)
            bar.update(task, total=tally.total, completed=tally.files, description=line)

        yield _now_and_then(_FRAMES, show)


def _now_and_then(seconds: float, show: Callable[[Tally, float], None]) -> Callable[[Tally], None]:
    """Passes a tally on, at most every so many seconds, with the seconds since the beginning."""
    begun = shown = time.monotonic()

    def watch(tally: Tally) -> None:
        nonlocal shown
        now = time.monotonic()
        if now - shown >= seconds:
            shown = now
            show(tally, now - begun)

    return watch


def _line(tally: Tally, spent: float) -> str:
    total = tally.total or tally.files
    rate = tally.files / spent
    left = int((total - tally.files) / rate) if rate else 0
    return _(
        "files {files} of {total}, {rate}/s, {left} left, figures {figures}, errors {errors}",
        files=f"{tally.files:,}",
        total=f"{total:,}",
        rate=f"{rate:.1f}",
        left=f"{left // 3600}:{left // 60 % 60:02}:{left % 60:02}",
        figures=f"{tally.indicators:,}",
        errors=f"{tally.errors:,}",
    )
