"""Rule packs: the catalogue of metrics, the pillars, the units and the topic, as words in TOML.

The built-in catalogue is itself such a pack, in five files: `metric/catalogue.toml`,
`metric/spoken.toml` (what names a metric in sentences without figures), `metric/definitions.toml` (read
when asked for), `pillar/pillars.toml` and `quantity/units.toml`. A user's pack (`--rules FILE`, or the
`shuangjian.toml` nearest upward of the working directory) adds to it, overrides it, or with
`extends = false` brings a taxonomy of its own:

    extends = true

    [topic]                       # what counts as being about the field
    words = '''学校 教师'''        # words are separated by white space, or an array of strings
    other = '''医院 医疗'''        # words of other fields: what holds one is not of this alone
    never = '''养老床位'''         # words of other fields that stay so in documents about this one
    without = '''深入学习'''       # words of no field in which topic words do not count

    [[pillar]]
    id = "resources"              # the id of a known pillar or metric replaces it;
    extends = true                # with this, it is added to instead
    name = "资源"
    name_en = "Resources"
    title = '''师资 办学条件'''    # words by which a title names the pillar
    title_without = '''资源税'''   # words in which the title words do not count
    about = '''大班额'''           # what a sentence that fits the pillar speaks of

    [[metric]]
    id = "courses"
    name = "课程、课例、教材"
    name_en = "Courses"
    pillar = "resources"
    subject = '''课程 精品+课例'''  # any of these terms must be in the figure's subject
    clause = '''开设'''            # and any of these in its clause
    sentence = '''课表'''          # and any of these in its sentence
    units = '''things lessons 台'''  # and its unit must be of these families or units
    without = '''培训课程'''        # and none of these may be there
    never = '''教材循环使用'''      # nor may these, whatever way of the metric knows it
    last = false                  # true: speaks only where no other metric does
    figures = false               # true: for figures only, names nothing in a sentence without
    spoken = false                # true: names it in sentences without figures, and says nothing of one
    [[metric.also]]               # another way to know the metric, with the same keys
    clause = '''教材'''
    definition = "…"              # what it counts, in a sentence; also definition_en
    standard = "…"                # the official indicator it corresponds to; also standard_en
    short = "课程"                 # the noun that names it in comparisons; also short_en
    natural = "total"             # the measure that the noun says already
    named.new = ["新开课程", "new courses"]  # the name of another measure, where not by rule
    stage = "school"              # the stage of education that goes without saying
    flow = true                   # its totals accumulate: only whole years compare
    mixed = '''total'''           # measures of which, outside its kinds, figures are of unlike things
    [[metric.kind]]               # what it counts apart, in rows of its own
    id = "textbooks"
    name = "教材"
    name_en = "Textbooks"
    words = '''教材 教科书 学习+手册'''   # terms: a+b needs both
    stage = "school"              # and groups: what goes without saying of this kind
    part = true                   # figures outside the kinds count it, too

    [[same]]                      # wordings that are one thing in a comparison, of a metric or any
    metric = "courses"
    words = ["开设课程", "课程数"]
    [[different]]                 # … and that are not: not proposed again by `reconcile`
    words = ["课程", "课例"]
    [[joined]]                    # measures that are one row, by the ids that `compare` gives
    measures = ["…", "…"]
    [[apart]]                     # … and that are not
    measures = ["…", "…"]

    [[none]]                      # figures that no metric covers, known in the same way
    subject = '''大班额'''

    [carried]                     # words that hand a figure on to what its sentence spoke of before
    words = '''惠及'''

    [[unit]]
    name = "小时"                  # as written out; without it each word is its own name
    words = '''小时 钟头'''
    family = "time"               # figures of one family can be compared; `things.cases` is a part
    scale = 60                    # of `things`, `things.` makes a part of each unit; scale: to the
    additive = false              # family's base; false: the family's figures are not added up

    [not_before]                  # words before which a unit is none: 5名校 is no 5名
    "名" = '''校'''

    [alike]                       # families of which figures may share a row of a comparison
    "institutions" = "things"

    [beside]                      # families whose figures a row of another shows beside its own
    "person-times" = "people"

    [per]                         # what a compound unit is per: 元/生 is 元/人
    "生" = "人"

    [aliases]                     # other spellings of a word, wherever words are looked for
    "课后服务" = '''延时服务'''

    [[example]]                   # proof, run by `rules check`
    metric = "courses"            # or pillar = …, title = …
    subject = "课程"
    figure = "12门"
    sentence = "学校开设课程12门。"
    counter = false               # true: the sentence must not give this metric

`subject`, `clause`, `sentence`, `title` and `about` hold terms, which may join words with `+` and
offer alternatives with `|` (see `words.py`); all else holds plain words.
"""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

from shuangjian_cli.derived import DERIVED, content_key
from shuangjian_cli.tag.packed import packed, unpacked
from shuangjian_cli.tag.rules import Rules, Topic

if TYPE_CHECKING:
    from pathlib import Path

    from shuangjian_cli.tag.catalogue import Metric
    from shuangjian_cli.tag.definition import Definition

__all__ = [
    "FILE_NAME",
    "Rules",
    "define",
    "discover",
    "load_builtin",
]

FILE_NAME = "shuangjian.toml"
"""A pack that is found by itself, which may hold defaults of options, too."""
_TAG = os.path.dirname(os.path.dirname(__file__))
# A metric names a pillar that is there already.
_BUILT_IN = (
    "pillar/pillars.toml",
    "metric/catalogue.toml",
    "metric/spoken.toml",
    "quantity/units.toml",
)
_READ_BY = (
    *("pack/__init__.py", "pack/form.py", "pack/fields.py", "pack/reader.py", "pack/merge.py"),
    *("catalogue.py", "packed.py", "rules.py", "words.py"),
)


@cache
def load_builtin() -> Rules:
    """The built-in rules; read once in a process."""
    key = content_key("rules", os.path.join(_TAG, "pack"), *_BUILT_IN, *_READ_BY)
    kept = None if key is None else DERIVED.get(key)
    if kept is not None:
        return unpacked(kept)
    # A start whose rules are kept reads no pack.
    from shuangjian_cli.tag.pack.merge import merge
    from shuangjian_cli.tag.pack.reader import read_pack, sound

    none = Rules({}, {}, (), (), {}, Topic(), {}, {}, {}, {}, {})
    rules = merge(
        none, *(sound(*read_pack(os.path.join(_TAG, name), fold=False)) for name in _BUILT_IN)
    )
    if key is not None:
        DERIVED.add(key, lambda: packed(rules))
    return rules


def define(metric: Metric) -> Definition:
    """What a metric means: as its pack has it, over the built-in definition of its id and name."""
    from shuangjian_cli.tag.definition import Definition, added_definition

    return added_definition(
        _builtin_definitions().get((metric.id, metric.name)), metric.definition
    ) or (Definition(short=(metric.name, metric.name_en)))


@cache
def _builtin_definitions() -> dict[tuple[str, str], Definition]:
    from shuangjian_cli.tag.pack.reader import read_pack, sound

    pack = sound(*read_pack(os.path.join(_TAG, "metric/definitions.toml"), fold=False))
    known = load_builtin().metrics
    return {
        (each.id, known[each.id].name): each.definition for each in pack.metrics if each.definition
    }


def discover(directory: str | Path) -> Path | None:
    """The `shuangjian.toml` of the directory or of the nearest one above it."""
    folder = os.path.abspath(directory)
    while not os.path.isfile(path := os.path.join(folder, FILE_NAME)):
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above
    from pathlib import Path

    return Path(path)
