"""The options that verbs share, each said once.

A group is a dataclass whose fields are Typer parameters. A verb takes a group as one
parameter: `def tag(inputs: Inputs, output: Output)`. Typer is imported when `spread` asks for its
parameters, so that the plain `extract` does without.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar, get_type_hints

from shuangjian_cli.commands import vocabulary
from shuangjian_cli.commands.destination import destination
from shuangjian_cli.commands.messages import close_to, one_of, wrong
from shuangjian_cli.commands.run import JOBS, TIMEOUT, Run, given
from shuangjian_cli.commands.work import Accepts
from shuangjian_cli.language.messages import _
from shuangjian_cli.model import AREA_LEVELS, CONFIDENCES, STATUSES

if TYPE_CHECKING:
    import typer

    from shuangjian_cli.read import Options
    from shuangjian_cli.tag.pack import Rules
    from shuangjian_cli.write import Destination, Table

Result = TypeVar("Result")

_IN, _OUT, _WHICH = "Input", "Output", "Which rows"
WRITE_TO = (
    "Write to a file. It is replaced as a whole, and not at all where writing fails or nothing"
    " could be read."
)
HEADINGS = (
    "Of CSV, TSV and XLSX: the names that programs know, or words for people, and the same for"
    " codes (province: 省份, achieved: 已实现)."
)


def spread(verb: Callable[..., Result]) -> Callable[..., Result]:
    """The verb with the groups among its parameters spread into their options, for Typer to see."""
    import inspect
    from functools import wraps

    import typer

    names = {"typer": typer}
    hints = get_type_hints(verb, localns=names, include_extras=True)
    groups: dict[str, tuple[type, list[str]]] = {}
    parameters = []
    for name, parameter in inspect.signature(verb).parameters.items():
        kind = hints[name]
        if not is_dataclass(kind):
            parameters.append(parameter.replace(annotation=kind))
            continue
        assert isinstance(kind, type)
        groups[name] = kind, [field.name for field in fields(kind)]
        own = get_type_hints(kind, localns=names, include_extras=True)
        parameters += [
            inspect.Parameter(
                field.name,
                inspect.Parameter.KEYWORD_ONLY,
                default=field.default,
                annotation=own[field.name],
            )
            for field in fields(kind)
        ]

    parameters.append(
        inspect.Parameter(
            "lang", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=language_option(typer)
        )
    )

    @wraps(verb)
    def call(**values: Any) -> Result:
        del values["lang"]  # it was heeded before anything was said
        for name, (kind, own) in groups.items():
            values[name] = kind(**{each: values.pop(each) for each in own})
        return verb(**values)

    call.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in parameters]
    )
    call.__annotations__ = {each.name: each.annotation for each in parameters}
    return call


def language_option(typer: Any) -> Any:
    """The language of all that is said, an option of every verb."""
    return Annotated[
        Literal["zh", "en"] | None,
        typer.Option(
            help="Of what is said: help, messages, tables. Default: SHUANGJIAN_LANG, or the"
            " locale's.",
            show_default=False,
        ),
    ]


# --- what is read ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Inputs:
    """Which texts are read, and how."""

    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH",
            help="Files, folders (with all in them) or - for standard input, which is also"
            " read when there is no PATH and something is piped in.",
            show_default=False,
        ),
    ] = None
    text_column: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="The column (CSV, Parquet) or key (JSON Lines) that holds the texts.",
            rich_help_panel=_IN,
        ),
    ] = None
    column: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FIELD=NAME",
            help="The column that holds a field of each text: province, published, title, id,"
            " issuer or source_url. Repeatable.",
            rich_help_panel=_IN,
            show_default=False,
        ),
    ] = None
    input_encoding: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="The encoding of the texts, instead of telling it.",
            rich_help_panel=_IN,
        ),
    ] = None
    max_bytes: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, help="The largest file to read.", rich_help_panel=_IN),
    ] = None
    rules: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="A rule pack of your own (TOML), over the built-in rules.",
            rich_help_panel=_IN,
        ),
    ] = None
    corrections: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="What `review` corrected in texts of no store. Default: the nearest"
            " shuangjian.corrections.jsonl.",
            rich_help_panel=_IN,
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
            rich_help_panel=_IN,
        ),
    ] = JOBS
    timeout: Annotated[
        float,
        typer.Option(
            metavar="SECONDS",
            min=0,
            help="The most time for one text of a file, or for each megabyte of a longer one;"
            " more is an error. 0: no limit.",
            rich_help_panel=_IN,
        ),
    ] = TIMEOUT

    def given(self) -> list[str]:
        """The paths; standard input where there are none and it is no terminal."""
        return given(self.paths)

    def options(self) -> Options:
        """How to read them."""
        from shuangjian_cli.read import MAX_BYTES, Options
        from shuangjian_cli.read.options import METADATA_FIELDS

        columns = {}
        for pair in self.column or ():
            field, equals, name = pair.partition("=")
            if not (field and equals and name):
                raise wrong("--column", _("{pair} is not FIELD=NAME", pair=repr(pair)))
            columns[field] = name
        try:
            return Options(
                max_bytes=self.max_bytes or MAX_BYTES,
                text_column=self.text_column,
                columns=columns,
                encoding=self.input_encoding,
            )
        except ValueError as error:
            hint = "--column" if columns.keys() - set(METADATA_FIELDS) else "--input-encoding"
            raise wrong(hint, str(error)) from None

    def run(self, accepts: Accepts) -> Run:
        """A run over them."""
        return Run(
            self.given(),
            self.options(),
            accepts,
            pack=self.rules,
            corrections=self.corrections,
            jobs=self.jobs,
            timeout=self.timeout,
        )


# --- what is written ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Output:
    """Where rows go and how they look."""

    format: Annotated[
        Literal["table", "csv", "tsv", "json", "jsonl", "xlsx", "parquet", "dta", "sav"] | None,
        typer.Option(
            "--format",
            "-f",
            help="Default: by the suffix of -o, else a table on a terminal and CSV in a pipe.",
            rich_help_panel=_OUT,
        ),
    ] = None
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help=WRITE_TO,
            rich_help_panel=_OUT,
        ),
    ] = None
    columns: Annotated[
        str | None,
        typer.Option(
            metavar="A,B,...", help="Only these columns, in this order.", rich_help_panel=_OUT
        ),
    ] = None
    encoding: Annotated[
        Literal["utf-8", "utf-8-sig", "gb18030"] | None,
        typer.Option(
            help="Of the text formats. Default: utf-8, and utf-8-sig for a CSV file (for Excel).",
            rich_help_panel=_OUT,
        ),
    ] = None
    headings: Annotated[
        Literal["names", "zh", "en"],
        typer.Option(help=HEADINGS, rich_help_panel=_OUT),
    ] = "names"
    color: Annotated[
        Literal["auto", "always", "never"],
        typer.Option(
            help="auto heeds NO_COLOR, CLICOLOR_FORCE and FORCE_COLOR.", rich_help_panel=_OUT
        ),
    ] = "auto"

    def destination(
        self, inputs: list[str] | None = None, rules: Rules | None = None
    ) -> Destination:
        """Where to write, under the rules' names. An output that is an input is refused."""
        return destination(
            self.format,
            self.output,
            inputs or [],
            rules,
            encoding=self.encoding,
            headings=None if self.headings == "names" else self.headings,
            color=self.color,
        )

    def select(self, table: Table) -> Table:
        """The table with the columns asked for."""
        if self.columns is None:
            return table
        names = [name.strip() for name in self.columns.replace("，", ",").split(",")]
        for name in names:
            if name not in table.names():
                raise wrong(
                    "--columns",
                    _(
                        "no column {name}{close_to}",
                        name=repr(name),
                        close_to=close_to(name, table.names()),
                    ),
                )
        return table.select(names)


# --- which rows --------------------------------------------------------------------------------


def _pillars() -> list[str]:
    return list(vocabulary.pillars())


def _metrics() -> list[str]:
    return list(vocabulary.metrics())


def _provinces() -> list[str]:
    return list(dict.fromkeys(vocabulary.provinces().values()))


Repeated = list[str] | None


@dataclass(frozen=True, slots=True)
class Filters:
    """Which rows are kept: those that meet every option, in any of its values."""

    province: Annotated[
        Repeated,
        typer.Option(
            metavar="NAME",
            help="Full or short name (湖南省, 湖南, 湘), or 全国. Repeatable, as the next four are.",
            autocompletion=_provinces,
            rich_help_panel=_WHICH,
            show_default=False,
        ),
    ] = None
    pillar: Annotated[
        Repeated,
        typer.Option(
            metavar="NAME",
            help="guarantees, coordination, resources, quality or services.",
            autocompletion=_pillars,
            rich_help_panel=_WHICH,
            show_default=False,
        ),
    ] = None
    metric: Annotated[
        Repeated,
        typer.Option(
            metavar="ID",
            help="An id that `shuangjian metrics` lists.",
            autocompletion=_metrics,
            rich_help_panel=_WHICH,
            show_default=False,
        ),
    ] = None
    level: Annotated[
        Repeated,
        typer.Option(
            metavar="|".join(AREA_LEVELS),
            help="Whose figures: the country's, a province's, a city's or a county's.",
            rich_help_panel=_WHICH,
            show_default=False,
        ),
    ] = None

    def accepts(self, rules: str | None) -> Accepts:
        """The filters as a test of rows. Raises BadParameter for values that do not exist."""
        tests: dict[str, frozenset[str]] = {}
        if self.province:
            tests["province"] = one_of("--province", self.province, vocabulary.provinces())
        if self.pillar:
            tests["pillar"] = one_of("--pillar", self.pillar, vocabulary.pillars(rules))
        if self.metric:
            tests["metric"] = one_of("--metric", self.metric, vocabulary.metrics(rules))
        if self.level:
            tests["area_level"] = one_of(
                "--level", self.level, {each: each for each in AREA_LEVELS}
            )
        return Accepts(tests)


@dataclass(frozen=True, slots=True)
class FigureFilters(Filters):
    """Which figures are kept."""

    status: Annotated[
        Repeated,
        typer.Option(
            metavar="|".join(STATUSES),
            help="Reported as done, or planned.",
            rich_help_panel=_WHICH,
            show_default=False,
        ),
    ] = None
    confidence: Annotated[
        Literal["check", "likely", "certain", "confirmed"] | None,
        typer.Option(help="At least this sure.", rich_help_panel=_WHICH, show_default=False),
    ] = None

    def accepts(self, rules: str | None) -> Accepts:
        """The filters as a test of rows. Raises BadParameter for values that do not exist."""
        tests = dict(Filters.accepts(self, rules).tests)
        if self.status:
            tests["status"] = one_of("--status", self.status, {each: each for each in STATUSES})
        if self.confidence:
            surest = CONFIDENCES[: CONFIDENCES.index(self.confidence) + 1]
            tests["confidence"] = frozenset(surest)
        return Accepts(tests)
