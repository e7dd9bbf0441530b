"""`shuangjian report`: one HTML file to look at, click through and hand on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from shuangjian_cli.commands.destination import refuse_input
from shuangjian_cli.commands.messages import tell, wrong
from shuangjian_cli.commands.options import WRITE_TO, Inputs
from shuangjian_cli.language.messages import _, spoken

if TYPE_CHECKING:
    from shuangjian_cli.language import Labels
    from shuangjian_cli.report import Payload

_OUT = "Output"


def report(
    inputs: Inputs,
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE.html",
            help=WRITE_TO,
            rich_help_panel=_OUT,
        ),
    ],
    title: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT", help="The report's heading.", rich_help_panel=_OUT, show_default=False
        ),
    ] = None,
    lead: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT",
            help="What the report says first: for whom it is, what it shows.",
            rich_help_panel=_OUT,
            show_default=False,
        ),
    ] = None,
) -> int:
    """Write one HTML file with overview, comparison, charts, figures and sources.

    It needs no network and opens from disk and from a mail. The comparison and its charts are of
    one period and status at a time; what they show is kept in the page's address, so that a view
    can be sent. Charts can be saved as pictures (PNG) and tables (CSV). A click on a figure goes
    to its sentence; a figure in the text shows its record and the rules that read it. Texts of more than
    4,000,000 characters in all are carried as their paragraphs with figures only, which the
    report says. PATH may also be a store that `shuangjian batch` made.

    Examples:

    - `shuangjian report reports/ -o report.html`
    - `shuangjian report corpus.sqlite -o report.html --title 2023年对比 --lead 供厅务会参考`

    Exit status: 0 done, also with no figures; 1 done, but some input could not be read; 2 wrong
    usage, or the output could not be written.
    """
    from shuangjian_cli.commands.corpus import Corpus
    from shuangjian_cli.commands.run import sparing
    from shuangjian_cli.commands.vocabulary import own_rules
    from shuangjian_cli.language import labels
    from shuangjian_cli.report import gather, gather_stored, write_page

    if output == "-":
        raise wrong("-o", _("a report is a file; name it"))
    refuse_input(output, inputs.given())
    rules = own_rules(inputs.rules, inputs.given())
    language = spoken()
    corpus = Corpus(inputs, texts=True)
    with sparing(output):
        with corpus.given_store() as store:
            options: dict[str, Any] = {"rules": rules, "title": title, "lead": lead}
            payload = (
                gather(corpus, language, reprints=lambda: corpus.reprints, **options)
                if store is None
                else gather_stored(store, language, reprints=corpus.reprints, **options)
            )
        corpus.require(output)
        write_page(output, payload, language)
        words = labels(language, rules)
        if not payload.figures:
            tell(words.of("report", "no_figures"))
        else:
            for note in _left_out(payload, words):
                tell(note)
        corpus.tell_of_decisions(payload.measures)
    return corpus.status


def _left_out(payload: Payload, words: Labels) -> Iterator[str]:
    """What the report does not carry, in sentences."""
    from shuangjian_cli.report import WHOLE_TEXTS

    counted = payload.left_out
    if counted["figures"]:
        yield words.text("picked", f"{counted['figures']:,}", f"{counted['documents']:,}")
    if not payload.whole:
        yield words.text("partial", f"{WHOLE_TEXTS:,}", f"{counted['characters']:,}")
    if counted["tables"]:
        yield words.text("undrawn", f"{counted['tables']:,}")
    if counted["texts"]:
        yield words.text("no_texts", f"{counted['texts']:,}")
