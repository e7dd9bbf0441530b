"""`shuangjian review`: a person looks at figures, and what is decided of them counts from then on."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, Annotated

import typer

from shuangjian_cli.commands.messages import tell, wrong
from shuangjian_cli.commands.options import Filters, Inputs
from shuangjian_cli.commands.screens import put
from shuangjian_cli.language.messages import _, spoken

if TYPE_CHECKING:
    from shuangjian_cli.commands.work import Accepts
    from shuangjian_cli.correct import Correction, Corrections
    from shuangjian_cli.language import Labels
    from shuangjian_cli.review.rates import Rate
    from shuangjian_cli.review.texts import Texts

_SAMPLE = 50


def review(
    inputs: Inputs,
    filters: Filters,
    sample: Annotated[
        int,
        typer.Option(metavar="N", min=0, help="How many certain figures come up, drawn at random."),
    ] = _SAMPLE,
    seed: Annotated[int, typer.Option(metavar="N", help="Another draw of these.")] = 0,
    who: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Who decides. Default: the user's name.", show_default=False
        ),
    ] = None,
    apply: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Take over the corrections of a file, as a report saves them.",
            show_default=False,
        ),
    ] = None,
    export_gold: Annotated[
        str | None,
        typer.Option(
            metavar="DIR",
            help="Write what was reviewed as gold for `evaluate`.",
            show_default=False,
        ),
    ] = None,
    report: Annotated[
        bool,
        typer.Option(
            "--report",
            help="Show how often the rules were wrong, with the interval of the random sample, and"
            " the corrections that found no figure.",
        ),
    ] = False,
) -> int:
    """Look at figures one by one; what you decide counts in every verb from then on.

    Steps through those marked check, then likely, then a random sample of certain ones that no one
    has reviewed yet. Every key is on the screen; each decision is kept at once, so stop when you
    like and go on later. PATH is one store that `batch` made, or files.

    Decisions are lines of STORE.corrections.jsonl beside the store, for files of the nearest
    shuangjian.corrections.jsonl, or of what --corrections names. Delete a line to undo it.

    Examples:

    - `shuangjian review bulletins.db`
    - `shuangjian review bulletins.db --metric teachers --sample 200`
    - `shuangjian review bulletins.db --report`
    - `shuangjian review bulletins.db --export-gold mine/`, then `shuangjian evaluate mine/`

    Exit status: 0 done; 1 done, but some input could not be read, or corrections found no figure;
    2 wrong usage, no terminal, or a line of corrections with a mistake.
    """
    from shuangjian_cli.correct import add, beside, discover, read
    from shuangjian_cli.language import labels
    from shuangjian_cli.review.texts import Texts
    from shuangjian_cli.store import Store, StoreError, is_store

    given = inputs.given()
    stores = [path for path in given if path != "-" and is_store(path)]
    if len(given) > 1 and stores:
        raise wrong("PATH", _("one store, or files; review another store by itself"))
    if sum((apply is not None, export_gold is not None, report)) > 1:
        raise wrong("--report", _("one of --apply, --export-gold and --report at a time"))
    path = inputs.corrections or (beside(stores[0]) if stores else discover("."))
    from shuangjian_cli.commands.vocabulary import own_rules

    words = labels(spoken(), own_rules(inputs.rules, given))
    if apply is not None and not os.path.exists(apply):
        raise wrong("--apply", _("{apply}: there is no such file", apply=apply))
    if (
        apply is None
        and not (report or export_gold)
        and not (sys.stdin.isatty() and sys.stdout.isatty())
    ):
        tell(words.text("review_no_terminal"))
        return 2
    status = 0
    with ExitStack() as stack:
        texts = Texts()
        if stores:
            try:
                texts.add_store(stack.enter_context(Store.open(stores[0])))
            except StoreError as error:
                tell(str(error))
                return 2
        else:
            status = _read_files(texts, inputs)
            if status and not texts.digests():
                return status
        if export_gold is not None:
            return status or _export(texts, _decisions(path, inputs.rules), export_gold, words)
        if report:
            return max(status, _report(texts, _decisions(path, inputs.rules), path, words))
        if apply is not None:
            read(path)
            taken = [texts.completed(each) for each in read(apply)]
            add(path, taken)
            status = max(
                status, _taken_over(texts, _decisions(path, inputs.rules), taken, path, words)
            )
        else:
            tests = filters.accepts(inputs.rules)
            name = who or _user()
            own = _step_through(texts, path, inputs, tests, sample, seed, name, words)
            status = max(status, own)
    if stores:
        _settle(stores[0])
    return status


def _read_files(texts: Texts, inputs: Inputs) -> int:
    """Read the texts of files; gives 1 where one could not be."""
    from shuangjian_cli.commands.vocabulary import own_rules
    from shuangjian_cli.model import ReadError
    from shuangjian_cli.read import find
    from shuangjian_cli.read import read as read_file
    from shuangjian_cli.review.texts import analysed

    rules, options = own_rules(inputs.rules), inputs.options()
    status = 0
    for found in find(inputs.given(), tables=options.text_column is not None):
        sources = [found] if isinstance(found, ReadError) else read_file(found, options)
        for source in sources:
            if isinstance(source, ReadError):
                tell(str(source))
                status = 1
            else:
                texts.add(analysed(source, rules))
    return status


def _decisions(path: str, pack: str | None) -> Corrections:
    from shuangjian_cli.commands.vocabulary import corrections_in

    return corrections_in(path, pack)


def _user() -> str:
    import getpass

    with suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    return ""


def _settle(store: str) -> None:
    """Bring the store's tables in line, for who reads them without this program."""
    from shuangjian_cli.store import Store, StoreError

    try:
        with Store.open(store, "write") as opened:
            opened.take_corrections()
    except StoreError as error:
        tell(
            _(
                "{error}; every verb applies the corrections, the tables take them by then",
                error=error,
            )
        )


def _export(texts: Texts, corrections: Corrections, folder: str, words: Labels) -> int:
    from shuangjian_cli.review.gold import export_gold

    documents, figures, missing = export_gold(texts, corrections, folder)
    for file in missing:
        tell(f"{file}: {words.text('review_no_text')}")
    tell(words.text("review_exported", folder, documents, figures))
    return int(bool(missing))


def _taken_over(
    texts: Texts, corrections: Corrections, taken: list[Correction], path: str, words: Labels
) -> int:
    from shuangjian_cli.correct import line_of
    from shuangjian_cli.review.texts import outcome

    lines = {line_of(each) for each in taken}
    orphaned = [each for each in outcome(texts, corrections).orphaned if line_of(each) in lines]
    _list_orphaned(orphaned, path, texts, words)
    tell(words.text("review_applied", len(lines), path, len(orphaned)))
    return int(bool(orphaned))


def _list_orphaned(orphaned: list[Correction], path: str, texts: Texts, words: Labels) -> None:
    here = texts.digests()
    for each in orphaned:
        why = "review_no_figure" if each.document in here else "review_no_document"
        tell(f"{path}:{each.line}: {each.file}: {each.figure}: {words.text(why)}")


def _report(texts: Texts, corrections: Corrections, path: str, words: Labels) -> int:
    from shuangjian_cli.review.rates import rates
    from shuangjian_cli.review.texts import outcome

    found = outcome(texts, corrections)
    out = rates(found.used.values())
    lines = [words.text("review_heading")]
    for name, rate in out.by_confidence.items():
        lines.append(f"  {words.of('confidence', name)}: {_said(rate, words)}")
    lines.append(words.text("review_sample", _said(out.sample, words)))
    if out.sample.reviewed:
        lines.append(
            words.text("review_interval", f"{out.sample.low:.1%}", f"{out.sample.high:.1%}")
        )
    if out.fields:
        named = (f"{words.field(name)} {count}" for name, count in out.fields.items())
        lines.append(words.text("review_fields", _(", ").join(named)))
    lines.append(words.text("review_counts", out.deleted, out.added, len(found.orphaned)))
    put("".join(f"{line}\n" for line in lines))
    _list_orphaned(found.orphaned, path, texts, words)
    return int(bool(found.orphaned))


def _said(rate: Rate, words: Labels) -> str:
    share = f" ({rate.wrong / rate.reviewed:.1%})" if rate.reviewed else ""
    return words.text("review_rate", rate.wrong, rate.reviewed) + share


def _step_through(
    texts: Texts,
    path: str,
    inputs: Inputs,
    accepts: Accepts,
    sample: int,
    seed: int,
    who: str,
    words: Labels,
) -> int:
    """The review itself; 2 where what it needs is not installed."""
    try:
        from shuangjian_cli.review import keys
    except ImportError:
        tell(_("review needs prompt_toolkit; pip install 'shuangjian[review]'"))
        return 2
    from shuangjian_cli.commands.screens import screen
    from shuangjian_cli.commands.vocabulary import rules
    from shuangjian_cli.review.loop import Loop
    from shuangjian_cli.review.queue import queue
    from shuangjian_cli.review.session import Session

    items = queue(texts, _decisions(path, inputs.rules), accepts, sample, seed)
    if not items:
        tell(words.text("review_none"))
        return 0
    session = Session(texts, items, path, who)
    own = rules(inputs.rules)
    loop = Loop(session, screen("auto"), words, own, keys.key, keys.line)
    with keys.held():
        loop.run()
    done = session.counts
    said = _(", ").join(
        f"{words.text(f'review_{kind}')} {done[kind]}" for kind in done if done[kind]
    )
    tell(words.text("review_done", said, path) if said else words.text("review_undecided"))
    return 0
