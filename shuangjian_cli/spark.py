"""Figures of documents on Apache Spark (`shuangjian[spark]`).

    rows = indicators(spark.read.parquet("texts"), text="正文", id="编号")
    rows.write.partitionBy("kind").parquet("out")     # out/kind=figure, out/kind=document

The rows are those of `arrow.RECORDS`: figures, and for each document one that tells what became of it.
The program must be installed where the workers run; rule packs travel with the job.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from pyspark.sql import functions as F
from pyspark.sql.pandas.types import from_arrow_schema
from pyspark.sql.types import ArrayType, LongType, StructField, StructType

from shuangjian_cli.arrow import (
    DOCUMENT,
    DOCUMENT_INFO,
    FIGURE,
    RECORDS,
    TIMEOUT,
    Extraction,
    files,
    records_schema,
    texts,
)
from shuangjian_cli.read.options import Options
from shuangjian_cli.store.reprints import Counts, Sketch, meeting, same
from shuangjian_cli.write.parquet import schema
from shuangjian_cli.write.table import INDICATORS

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession


def indicators(
    df: DataFrame,
    text: str | None = None,
    *,
    rules: Sequence[str | Path] = (),
    timeout: float = TIMEOUT,
    **columns: str,
) -> DataFrame:
    """The figures of a DataFrame with a text in each row, and a row for each document.

    Columns are named as for `arrow.texts`; those that are not named are not read. Nothing is
    shuffled: each partition gives its own rows. Raises ValueError for a column that is missing,
    OSError and `PackError` for a rule pack.
    """
    return extracted(df, texts(text, rules=rules, timeout=timeout, **columns))


def read(
    spark: SparkSession,
    path: str | Sequence[str],
    *,
    rules: Sequence[str | Path] = (),
    timeout: float = TIMEOUT,
    options: Options | None = None,
) -> DataFrame:
    """The figures of all files under a path, of any kind that is read, with a row for each
    document, in archives and tables too.

    `path` is any that Spark reads, or several. Files are packed into partitions by their size, as
    `spark.sql.files.maxPartitionBytes` says; those whose names begin with `_` or `.` Spark leaves
    out. Those larger than `options` allow are not loaded. The driver lists all names.
    Raises OSError and `PackError` for a rule pack.
    """
    extraction = files(rules=rules, timeout=timeout, options=options)
    found = spark.read.format("binaryFile").option("recursiveFileLookup", "true")
    listed = found.load(path if isinstance(path, str) else list(path))
    # Spark ends a job over a file of 2 GiB, and passes over empty ones.
    most = extraction.options.max_bytes
    loaded = listed.where(F.col("length") <= most).select("path", "content")
    large = listed.where(F.col("length") > most).select("path", _bytes(None))
    names = [(unquote(each).replace("file:///", "file:/", 1),) for each in listed.inputFiles()]
    named = spark.createDataFrame(names, "path string")
    empty = named.join(listed.select("path"), "path", "left_anti").select("path", _bytes(""))
    return extracted(loaded.unionByName(large).unionByName(empty), extraction)


def _bytes(value: str | None) -> Column:
    return F.lit(value).cast("binary").alias("content")


def figures(rows: DataFrame) -> DataFrame:
    """Of the rows that `indicators` and `read` give: the figures, with the columns of Parquet
    output."""
    return rows.where(F.col("kind") == FIGURE).select(*schema(INDICATORS).names)


def documents(rows: DataFrame) -> DataFrame:
    """Of the rows that `indicators` and `read` give: what became of each document."""
    names = [
        name for name in RECORDS.names() if name not in INDICATORS.names() or name in DOCUMENT_INFO
    ]
    return rows.where(F.col("kind") == DOCUMENT).select(*names).drop("kind")


# --- reprints -----------------------------------------------------------------------------------

_SAMPLE = 100_000
"""The most documents by which elements are counted."""
_MANY = 100
"""So many documents meet by a figure alone; where more have it, they meet by a clause too."""


def reprints(documents: DataFrame) -> DataFrame:
    """The documents that repeat another, `file`, with that other, `reprint_of`.

    `documents` is as the function of that name gives it; it is read several times, so read it from
    where it was written. The rule is that of the store (`store/reprints.py`), and so is the result,
    where documents of one day are ordered by `file`. No pair is missed.
    """
    order = F.struct(F.col("published").isNull().alias("undated"), "published", "file")
    known = documents.where(F.col("clause_hashes").isNotNull()).select(
        order.alias("document"), *map(F.col, _SKETCH)
    )
    # Whole copies are found by their equal sketches and have the same original as the first.
    alike = known.groupBy(*_SKETCH).agg(F.min("document").alias("document")).localCheckpoint()
    original = _resolved(_edges(alike))
    copies = known.join(alike.withColumnRenamed("document", "first"), [*_SKETCH])
    found = copies.join(original, F.col("first") == F.col("later"), "left")
    of = F.coalesce("earlier", "first")
    return found.where(F.col("document") != of).select(
        F.col("document.file").alias("file"), of["file"].alias("reprint_of")
    )


_SKETCH = ("clause_hashes", "figure_hashes")


def _edges(alike: DataFrame) -> DataFrame:
    """The pairs of documents that are the same, `earlier` and `later`."""
    number = alike.count()
    counts = Counts(number)
    some = alike.sample(_SAMPLE / number, seed=1) if number > _SAMPLE else alike
    for row in some.select(*_SKETCH).toLocalIterator():
        for hashes in row:
            counts.add(array("I", bytes(hashes)))
    document = alike.schema["document"]
    met = alike.mapInArrow(
        partial(_meeting, counts=counts),
        StructType(
            [
                document,
                StructField("figure", LongType()),
                StructField("clauses", ArrayType(LongType())),
            ]
        ),
    ).localCheckpoint()
    often = met.groupBy("figure").count().where("count > 1")
    shared = met.join(often, "figure")
    few, many = shared.where(F.col("count") <= _MANY), shared.where(F.col("count") > _MANY)
    keyed = (
        few.withColumn("clause", F.lit(-1).cast("long"))
        .unionByName(many.withColumn("clause", F.explode("clauses")))
        .select("document", "figure", "clause")
    )
    one, other = keyed.alias("one"), keyed.alias("other")
    pairs = one.join(
        other,
        (F.col("one.figure") == F.col("other.figure"))
        & (F.col("one.clause") == F.col("other.clause"))
        & (F.col("one.document") < F.col("other.document")),
    )
    distinct = pairs.select(
        F.col("one.document").alias("earlier"), F.col("other.document").alias("later")
    ).distinct()
    for name in ("earlier", "later"):
        sketches = alike.select(
            F.col("document").alias(name), F.struct(*_SKETCH).alias(f"{name}_sketch")
        )
        distinct = distinct.join(sketches, name)
    pair = distinct.select("earlier", "later").schema
    return distinct.mapInArrow(_same_pairs, pair).localCheckpoint()


def _meeting(batches: Iterable[Any], counts: Counts) -> Iterator[Any]:
    """What each document is looked up by, a row for each figure."""
    import pyarrow as pa

    for batch in batches:
        rows: list[int] = []
        found: list[int] = []
        words: list[list[int]] = []
        for at, sketch in enumerate(_sketches(batch)):
            of_figures, of_clauses = meeting(sketch, counts)
            rows += [at] * len(of_figures)
            found += of_figures
            words += [of_clauses] * len(of_figures)
        arrays = [
            batch.column("document").take(pa.array(rows, pa.int64())),
            pa.array(found, pa.int64()),
            pa.array(words, pa.list_(pa.int64())),
        ]
        yield pa.RecordBatch.from_arrays(arrays, ["document", "figure", "clauses"])


def _same_pairs(batches: Iterable[Any]) -> Iterator[Any]:
    """Those pairs that are the same."""
    import pyarrow as pa

    for batch in batches:
        both = (batch.column(f"{name}_sketch").to_pylist() for name in ("earlier", "later"))
        kept = [
            same(Sketch(*one.values()), Sketch(*other.values()))
            for one, other in zip(*both, strict=True)
        ]
        yield batch.filter(pa.array(kept, pa.bool_())).select(["earlier", "later"])


def _sketches(batch: Any) -> Iterator[Sketch]:
    columns = (batch.column(name).to_pylist() for name in _SKETCH)
    return map(Sketch, *columns)


def _resolved(edges: DataFrame) -> DataFrame:
    """For each reprint, `later`, the earliest original that it is the same as, `earlier`.

    A document is a reprint if it is the same as an original before it. So what has no pair with an
    earlier one is an original, what is the same as an original is none, and without the pairs of
    the latter there are others that have no pair with an earlier one.
    """
    reprints = edges.select("later").limit(0)
    left = edges
    while not left.isEmpty():
        later = left.select(F.col("later").alias("earlier")).distinct()
        originals = left.select("earlier").distinct().join(later, "earlier", "left_anti")
        found = left.join(originals, "earlier").select("later").distinct().localCheckpoint()
        reprints = reprints.unionByName(found)
        for name in ("earlier", "later"):
            left = left.join(found.select(F.col("later").alias(name)), name, "left_anti")
        left = left.localCheckpoint()
    of = edges.join(reprints.select(F.col("later").alias("earlier")), "earlier", "left_anti")
    return of.groupBy("later").agg(F.min("earlier").alias("earlier"))


def extracted(df: DataFrame, extraction: Extraction) -> DataFrame:
    """What an extraction gives for the rows of a DataFrame.

    Raises ValueError for a column that is missing, or has a name that Spark does not hand on.
    """
    used = extraction.columns(df.columns)
    for name in used:
        if "." in name or "`" in name:
            raise ValueError(f"column {name!r}: Spark hands on no name with a dot; rename it")
    types = from_arrow_schema(records_schema())
    return df.select(*used).mapInArrow(extraction.__call__, types)
