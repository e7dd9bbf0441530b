"""What the report's page is given: records in columns, paragraphs, matrices, labels.

Strings are pooled and named by their place in the pool, -1 for none. Offsets count UTF-16 code
units within a paragraph, as JavaScript does.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, Any

from shuangjian_cli.compare import (
    ALL,
    BOTH,
    LEVELS,
    Comparison,
    Finding,
    Measure,
    Measures,
    Row,
    Tally,
    View,
    coverage,
    findings,
    hosts,
    matrix,
    notes,
    of_status,
    told,
)
from shuangjian_cli.compare.check import of_sentences as wrong_in_sentences
from shuangjian_cli.compare.matrix import newest_first, sums, usual_level, whole_row
from shuangjian_cli.compare.tally import Reversed, Slot, SlotKey, Slots, contradiction
from shuangjian_cli.compare.values import signed
from shuangjian_cli.correct import content_hash
from shuangjian_cli.language import LANGUAGES, Language, labels, provinces
from shuangjian_cli.model import DocumentInfo, Indicator
from shuangjian_cli.read.kinds import by_suffix
from shuangjian_cli.report.tables import Drawn, tables_of
from shuangjian_cli.store import Store
from shuangjian_cli.write.values import plain

if TYPE_CHECKING:
    from shuangjian_cli.tag.pack import Rules

WHOLE_TEXTS = 4_000_000
"""Up to this many characters in all, a report carries the texts whole; above it, paragraphs."""

MOST_FIGURES = 60_000
"""A report carries no more figures."""

Text = tuple[DocumentInfo, str | None, Sequence[Indicator], Sequence[Drawn]]
"""A document, its text as read (None: not at hand), its indicators and tables."""
Tables = Callable[[int, str, str | None, Sequence[Indicator]], Sequence[Drawn]]
"""The tables of a document, by its number, file, text and indicators."""

_OF_COMMANDS = re.compile(r"\s?[（(][^（）()]*(?:--|shuangjian )[^（）()]*[）)]")
"""What notes say of the command line, which whoever reads the page may not have."""
_PAIR = re.compile("[\U00010000-\U0010ffff]")

_STRINGS = (
    "figure",
    "unit",
    "bound",
    "role",
    "trend",
    "subject",
    "metric",
    "pillar",
    "stage",
    "measure",
    "province",
    "area",
    "area_level",
    "period",
    "status",
    "confidence",
    "section",
)
"""The fields of a record that the page gets as strings of the pool."""

_OTHERS = (
    "document",
    "paragraph",
    "start",
    "end",
    "sentence_start",
    "sentence_end",
    "line",
    "value",
    "value_max",
    "implied",
    "per_year",
    "groups",
    "reasons",
    "rules",
    "cell",
)
"""The others: places, literals of values, and lists."""


@dataclass(slots=True)
class _Pool:
    strings: list[str] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)

    def __call__(self, text: str | None) -> int:
        if text is None:
            return -1
        place = self.places.setdefault(text, len(self.strings))
        if place == len(self.strings):
            self.strings.append(text)
        return place


@dataclass(frozen=True, slots=True)
class Payload:
    """What the page shows. `whole` tells whether it carries the texts whole; `left_out` counts what
    it does not carry: characters of paragraphs without figures and tables as they are drawn, where
    texts are too many, texts that were not at hand, and figures and documents beyond the most that it carries.
    `measures` are those of all figures."""

    data: Mapping[str, Any]
    documents: int
    figures: int
    whole: bool
    left_out: Mapping[str, int]
    measures: Measures


def gather(
    texts: Iterable[Text],
    language: Language = "en",
    *,
    reprints: Callable[[], int] = lambda: 0,
    whole_up_to: int = WHOLE_TEXTS,
    **options: Any,
) -> Payload:
    """The payload of the texts, in whatever order. `reprints` tells, once the texts have been read, how many
    figures were left out as reprints; the other options are those of `gather_stored`."""
    size = 0
    tables: dict[int, Sequence[Drawn]] = {}
    with Store.temporary("file, coalesce(external_id, ''), number") as store:
        for info, text, indicators, drawn in texts:
            number = store.add(info, sorted(indicators, key=_in_text), text)
            size += len(text or "")
            if size > whole_up_to:
                tables.clear()
            else:
                tables[number] = drawn
        return gather_stored(
            store,
            language,
            reprints=reprints(),
            whole_up_to=whole_up_to,
            tables=lambda number, *_: tables[number],
            **options,
        )


def gather_stored(
    store: Store,
    language: Language = "en",
    *,
    rules: Rules | None = None,
    reprints: int = 0,
    whole_up_to: int = WHOLE_TEXTS,
    most: int = MOST_FIGURES,
    title: str | None = None,
    lead: str | None = None,
    tables: Tables = lambda _, *document: tables_of(*document),
) -> Payload:
    """The payload of a store. `title` and `lead` are the report's heading and first words, `reprints` how many
    figures were left out as such.

    Documents come sorted by file. Of texts that have more than `whole_up_to` characters in all,
    only the paragraphs with figures are carried. Of more than `most` figures those of the measures and periods
    are that the most places report, with the documents that hold any of them. No other document is read.
    """
    documents_of_all, count, size = store.sizes()
    whole = size <= whole_up_to
    tally = Tally(rules, store=store)
    measures = tally.known.measures
    chosen = None
    if count > most:
        tally = Tally(rules, store=store, only=_most_reported(tally, most))
        chosen = tally.chosen()
    carried = [
        (number, document.info)
        for number, document in store.numbered()
        if chosen is None or number in chosen
    ]
    carried.sort(key=lambda each: (each[1].file, each[1].id or ""))
    left_out = Counter(documents=documents_of_all - len(carried), characters=0, tables=0, texts=0)
    names = _names({info.file for _, info in carried})

    pool = _Pool()
    documents = []
    columns = _Columns(pool)
    places: dict[tuple[int, int], int] = {}
    wrong: list[Finding] = []
    for at, (number, info) in enumerate(carried):
        records = sorted(tally.document(number), key=lambda each: _in_text(each[1]))
        indicators = [record for _, record in records]
        text = store.text(number)
        paragraphs = _sentences(indicators) if text is None else _paragraphs(text)
        drawn: Sequence[Drawn] = ()
        if whole:
            drawn = tables(number, info.file, text, indicators)
        else:
            left_out["tables"] += len({each.cell.number for each in indicators if each.cell})
            characters = _characters(paragraphs)
            paragraphs = _with_figures(paragraphs, (each.start for each in indicators))
            if text is not None:
                left_out["characters"] += characters - _characters(paragraphs)
        left_out["texts"] += text is None
        documents.append(
            {
                "file": names[info.file],
                "title": info.title,
                "published": info.published,
                "issuer": info.issuer,
                "number": info.document_number,
                "url": info.source_url,
                "whole": whole and text is not None,
                # By it, and by where paragraphs start, corrections name figures.
                "hash": None if text is None else content_hash(text),
                "starts": [paragraph.start for paragraph in paragraphs],
                "lines": [paragraph.line for paragraph in paragraphs],
                "texts": [paragraph.text for paragraph in paragraphs],
                "tables": [_table(paragraphs, table) for table in drawn],
            }
        )
        of_sentences = groupby(records, key=lambda each: each[1].sentence_start)
        wrong += wrong_in_sentences(tally, ((number, [*group]) for _, group in of_sentences))
        if chosen is not None:
            records = [record for record in records if record[0] in chosen[number]]
        columns.add(at, paragraphs, [record for _, record in records])
        for position, _ in records:
            places[number, position] = len(places)

    left_out["figures"] = count - len(places)
    matrices: list[dict[str, Any]] = []
    units = {pool.strings[each] for each in columns.columns["unit"] if each >= 0} - {""}
    for level in (*LEVELS, ALL):
        whole_level = matrix(tally, View(level=level, status=BOTH, at_least=1, beside=False))
        if not whole_level.figures or (level == ALL and len(matrices) < 2):
            continue
        units |= {row.unit for row in whole_level.rows if row.unit}
        shown = matrix(tally, View(level=level))
        matrices.append(
            {
                "level": level,
                "columns": list(whole_level.columns),
                "rows": _rows(whole_level, tally, places, pool),
                "notes": {
                    lang: [
                        _OF_COMMANDS.sub("", note)
                        for note in notes(shown, labels(lang, rules), reprints)
                    ]
                    for lang in LANGUAGES
                },
            }
        )
    covered = coverage(tally)
    data = {
        "language": language,
        "whole": whole,
        "limit": whole_up_to,
        "left_out": left_out,
        "labels": {lang: _labels(lang, rules, covered.pillars, units) for lang in LANGUAGES},
        "provinces": [
            {
                "name": each.name,
                "short": each.short,
                "en": each.en,
                "iso": each.iso,
                "tile": each.tile,
            }
            for each in provinces().values()
        ],
        "pillars": [pillar for pillar in covered.pillars if pillar is not None],
        "places": list(covered.places),
        "documents": documents,
        "indicators": columns.columns,
        "decided": columns.fields,
        "matrices": matrices,
        "level": usual_level(tally),
        "findings": [
            _finding(each, tally, places)
            for each in findings(tally, wrong)
            if all(figure in places for figure in each.at)
        ],
        "title": title,
        "lead": lead,
        "strings": pool.strings,
    }
    return Payload(data, len(documents), len(places), whole, left_out, measures)


def _in_text(record: Indicator) -> tuple[object, ...]:
    """Where a record comes in its text."""
    return record.start, record.end, record.subject


def _most_reported(tally: Tally, most: int) -> frozenset[tuple[int, str | None]]:
    """Quantities and periods of at most so many figures: those of the measures and periods that the most
    places report, the latest of them first."""
    reported: dict[tuple[Measure, str | None], tuple[set[str], set[tuple[int, str | None]]]] = {}
    counts: Counter[tuple[Measure, str | None]] = Counter()
    for of, quantity, period, answers, column, count in tally.counted():
        columns, own = reported.setdefault((of, answers), (set(), set()))
        columns.add(column)
        own.add((quantity, period))
        counts[of, answers] += count

    def order(key: tuple[Measure, str | None]) -> tuple[object, ...]:
        of, period = key
        return -len(reported[key][0]), Reversed(period or ""), of.id

    picked: set[tuple[int, str | None]] = set()
    for key in sorted(reported, key=order):
        if counts[key] <= most:
            most -= counts[key]
            picked |= reported[key][1]
    return frozenset(picked)


def _names(files: Collection[str]) -> dict[str, str]:
    """Files as the page names them: below the folder that holds them all, of which it says nothing.

    A report is handed on, and whose machine it was made on is nobody's business.
    """
    containers = {file: _container(file) for file in files}
    full = {file: os.path.abspath(path) for file, path in containers.items() if file != "-"}
    try:
        common = os.path.commonpath([os.path.dirname(path) for path in full.values()])
    except ValueError:  # on several drives, or no file at all
        common = ""
    names = {"-": "-"}
    for file, path in full.items():
        name = os.path.relpath(path, common) if common else os.path.basename(path)
        names[file] = name.replace(os.sep, "/") + file[len(containers[file]) :]
    return names


def _container(file: str) -> str:
    """The file on disk that holds a text: a.zip of a.zip!b.txt."""
    ends = (at for at, char in enumerate(file) if char == "!" and by_suffix(file[:at]))
    return file[: next(ends, None)]


# --- texts -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A line of a text that is not blank: its number, its offset in the text, its words."""

    line: int
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def _paragraphs(text: str) -> list[_Paragraph]:
    lines = text.split("\n")
    starts = accumulate((len(line) + 1 for line in lines), initial=0)
    return [
        _Paragraph(number, start, line)
        for number, (line, start) in enumerate(zip(lines, starts, strict=False), 1)
        if line.strip()
    ]


def _characters(paragraphs: Iterable[_Paragraph]) -> int:
    return sum(len(paragraph.text) for paragraph in paragraphs)


def _with_figures(paragraphs: Sequence[_Paragraph], figures: Iterable[int]) -> list[_Paragraph]:
    """The paragraphs in which figures start."""
    starts = [paragraph.start for paragraph in paragraphs]
    wanted = {bisect_right(starts, start) - 1 for start in figures}
    return [paragraphs[place] for place in sorted(wanted) if place >= 0]


def _sentences(indicators: Sequence[Indicator]) -> list[_Paragraph]:
    """The sentences of the indicators, where their text is not at hand."""
    found = {
        (each.sentence_start, each.sentence): _Paragraph(
            each.line, each.sentence_start, each.sentence
        )
        for each in indicators
    }
    return [found[key] for key in sorted(found)]


def _table(paragraphs: Sequence[_Paragraph], table: Drawn) -> list[Any]:
    """A table for the page: its first and last paragraph, and its rows of cells [rows, columns, head,
    stretches]; a stretch is a part of a paragraph [paragraph, start, end]."""
    first = bisect_right(paragraphs, table.start, key=_start) - 1
    last = bisect_left(paragraphs, table.end, key=_start) - 1
    rows = [
        [
            [
                cell.rows,
                cell.columns,
                int(cell.is_head),
                _stretches(paragraphs, cell.start, cell.end),
            ]
            for cell in row
        ]
        for row in table.rows
    ]
    return [max(first, 0), last, rows]


def _stretches(paragraphs: Sequence[_Paragraph], start: int, end: int) -> list[list[int]]:
    """The parts of paragraphs that make up [start, end) of the text."""
    out: list[list[int]] = []
    place = max(0, bisect_right(paragraphs, start, key=_start) - 1)
    while start < end and place < len(paragraphs) and paragraphs[place].start < end:
        paragraph = paragraphs[place]
        pairs = _pairs(paragraph.text)
        low = max(start - paragraph.start, 0)
        high = min(end - paragraph.start, len(paragraph.text))
        if low < high:
            out.append([place, low + bisect_left(pairs, low), high + bisect_left(pairs, high)])
        place += 1
    return out


def _start(paragraph: _Paragraph) -> int:
    return paragraph.start


# --- records -----------------------------------------------------------------------------------


class _Columns:
    """The records in columns, one list for each field."""

    def __init__(self, pool: _Pool) -> None:
        self._pool = pool
        self.columns: dict[str, list[Any]] = {name: [] for name in (*_OTHERS, *_STRINGS)}
        self.fields: list[str] = []
        """The fields that rules have set, in the order of a record's `rules`."""

    def add(
        self, document: int, paragraphs: Sequence[_Paragraph], indicators: Sequence[Indicator]
    ) -> None:
        """Add the records of a document, which come in the order of the text."""
        pool, columns = self._pool, self.columns
        place, pairs = 0, _pairs(paragraphs[0].text if paragraphs else "")
        for each in indicators:
            while place + 1 < len(paragraphs) and paragraphs[place + 1].start <= each.start:
                place += 1
                pairs = _pairs(paragraphs[place].text)
            paragraph = paragraphs[place]
            spans = (each.start, each.end, each.sentence_start, each.sentence_end)
            start, end, sentence_start, sentence_end = (
                offset + bisect_left(pairs, offset)
                for offset in (
                    min(max(offset - paragraph.start, 0), len(paragraph.text)) for offset in spans
                )
            )
            columns["document"].append(document)
            columns["paragraph"].append(place)
            columns["start"].append(start)
            columns["end"].append(end)
            columns["sentence_start"].append(sentence_start)
            columns["sentence_end"].append(sentence_end)
            columns["line"].append(each.line)
            columns["value"].append(plain(each.value))
            columns["value_max"].append(None if each.value_max is None else plain(each.value_max))
            columns["implied"].append(int(each.implied))
            columns["per_year"].append(int(each.per_year))
            columns["groups"].append([pool(group) for group in each.groups])
            columns["reasons"].append([pool(reason) for reason in each.reasons])
            columns["rules"].append(self._rules(paragraphs, each))
            cell = each.cell
            columns["cell"].append(
                None
                if cell is None
                else [cell.number, *map(pool, (cell.title, cell.row_head, cell.column_head))]
            )
            for name in _STRINGS:
                columns[name].append(pool(getattr(each, name)))

    def _rules(self, paragraphs: Sequence[_Paragraph], record: Indicator) -> list[int]:
        """For each decision three numbers: the field, the rule, the words that it used."""
        out: list[int] = []
        for name, decision in record.rules.items():
            if name not in self.fields:
                self.fields.append(name)
            words = _words(paragraphs, decision.start, decision.end)
            out += (self.fields.index(name), self._pool(decision.rule), self._pool(words))
        return out


def _pairs(text: str) -> list[int]:
    """Where the characters stand that take two UTF-16 code units."""
    return [found.start() for found in _PAIR.finditer(text)]


def _words(paragraphs: Sequence[_Paragraph], start: int, end: int) -> str | None:
    """The words at an offset, where a paragraph at hand has them."""
    if start < 0:
        return None
    place = bisect_right(paragraphs, start, key=lambda paragraph: paragraph.start) - 1
    if place < 0 or end > paragraphs[place].end:
        return None
    return paragraphs[place].text[start - paragraphs[place].start : end - paragraphs[place].start]


# --- matrices and labels -----------------------------------------------------------------------


def _rows(
    comparison: Comparison,
    tally: Tally,
    places: Mapping[tuple[int, int], int],
    pool: _Pool,
) -> list[dict[str, Any]]:
    """The measures of a level, each with the places of those in whose row it is shown, -1: none; by the achieved
    figures, by targets, by both. Wholes that no place reports come last."""
    at = {row.measure: place for place, row in enumerate(comparison.rows)}
    made: dict[int, dict[str, Any]] = {}
    for group in tally.groups(comparison.level):
        rows = group.of(comparison.level)
        into = [hosts(of_status(rows, status), tally.measures) for status in ("achieved", "target")]
        into.append(hosts(rows, tally.measures))
        for whole in sorted(
            {each for found in into for each in found.values()} - rows.keys(),
            key=lambda each: each.id,
        ):
            at[whole] = len(at)
            rows = {**rows, whole: {}}
        for measure, slots in rows.items():
            place = at[measure]
            row = (
                comparison.rows[place]
                if slots
                else whole_row(tally, measure, None, comparison.period)
            )
            made[place] = _row(row, comparison, slots, places, pool) | {
                "hosts": [at[found[measure]] if measure in found else -1 for found in into]
            }
    return [made[place] for place in range(len(made))]


def _row(
    row: Row,
    comparison: Comparison,
    slots: Mapping[str, Slots],
    places: Mapping[tuple[int, int], int],
    pool: _Pool,
) -> dict[str, Any]:
    """A measure with all its figures, of which the page picks those of its filters.

    An entry is [column, record, value, its upper end, the period that it answers, wording, how many
    there are, two records that contradict one another or none], values in the row's unit.
    `wordings` are the subjects of the wordings, those of fewest words first. Entries of a place come
    in the order in which they are shown where the filters leave several.
    """
    measure, measures = row.measure, comparison.measures
    family = measures.families.named(measure.family)
    subjects: dict[tuple[int, tuple[str, ...]], str] = {}
    for each in slots.values():
        for key, slot in each.items():
            subjects.setdefault((len(key.wording), key.wording), slot.subject)
    wordings = {wording: at for at, (_, wording) in enumerate(sorted(subjects))}
    adds_up = sums(measures, measure)

    def order(each: tuple[SlotKey, Slot]) -> tuple[object, ...]:
        return (*newest_first(each, adds_up), each[0].status)

    entries = []
    for column, place in enumerate(comparison.columns):
        for key, slot in sorted(slots.get(place, {}).items(), key=order):
            best = slot.best
            value, value_max = (
                None if each is None else plain(each)
                for each in (
                    signed(best, slot.family, row.unit, number)
                    for number in (best.value, best.value_max)
                )
            )
            entries.append(
                [
                    column,
                    places[best.document, best.position],
                    value,
                    value_max,
                    pool(key.period),
                    wordings[key.wording],
                    slot.count,
                    [
                        places[rival.document, rival.position]
                        for rival in contradiction(measure, key, slot) or ()
                    ],
                ]
            )
    return {
        "pillar": row.pillar,
        "metric": measure.metric,
        "role": measure.role,
        "stage": measure.stage,
        "groups": list(measure.groups),
        "per_year": measure.per_year,
        "scope": measure.scope or None,
        "mixed": row.mixed,
        "moved": measure.moved,
        "kind": {
            lang: measures.kind_name(measure, labels(lang, measures.rules)) for lang in LANGUAGES
        }
        if measure.kind
        else None,
        "family": pool(measure.family),
        "base": pool(family.common({row.unit or "": 1, "": 1}, mixed=True)),
        "scale": plain(family.in_base(Decimal(1), row.unit)),
        "names": {
            lang: measures.name(measure, labels(lang, measures.rules), row.subject)
            for lang in LANGUAGES
        },
        "unit": pool(row.unit),
        "key": pool(measure.id),
        "sums": adds_up,
        "flows": measures.flows(measure),
        "wordings": [pool(subjects[each]) for each in sorted(subjects)],
        "words": [[pool(word) for word in wording] for _, wording in sorted(subjects)],
        "entries": entries,
    }


def _finding(
    finding: Finding, tally: Tally, places: Mapping[tuple[int, int], int]
) -> dict[str, Any]:
    return {
        "kind": finding.kind,
        "place": finding.place,
        "text": {
            lang: told(finding, tally.measures, labels(lang, tally.rules)) for lang in LANGUAGES
        },
        "figures": [places[each] for each in finding.at],
    }


_KINDS = (
    "field",
    "role",
    "trend",
    "status",
    "confidence",
    "area_level",
    "stage",
    "groups",
    "measure",
    "scope",
    "finding",
    "report",
)


def _labels(
    language: Language, rules: Rules | None, pillars: Iterable[str | None], units: Iterable[str]
) -> dict[str, Any]:
    from shuangjian_cli.tag.pack import define, load_builtin

    words = labels(language, rules)
    metrics = (rules or load_builtin()).metrics
    return {kind: words.table(kind) for kind in _KINDS} | {
        "unit": {unit: words.unit(unit) for unit in sorted(units)},
        "pillar": {pillar or "": words.pillar(pillar) for pillar in pillars},
        "metric": {metric: words.metric(metric) for metric in metrics} | {"": words.metric(None)},
        "metric_short": {
            name: words.pick(define(metric).short) for name, metric in metrics.items()
        },
    }
