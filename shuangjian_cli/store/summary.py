"""What comparisons count of all figures, once for each change of the store.

`counted` holds how many figures that count there are of each quantity, place, status and period, and the
`first` of them: the rank of its document among those that count, and its position there. A figure counts where its
document is present and no reprint, and no earlier figure has the same words about it: such are `repeated`.

Both are made at the end of a run and empty until then. Who reads a store in which they are empty makes them in
temporary tables of the same names, which hide these.
"""

from __future__ import annotations

import sqlite3

SUMMARY = """
CREATE TABLE repeated (
  document INTEGER NOT NULL, position INTEGER NOT NULL, place INTEGER NOT NULL,
  PRIMARY KEY (document, position)
) WITHOUT ROWID;
CREATE TABLE counted (
  quantity INTEGER NOT NULL, place INTEGER NOT NULL, status TEXT NOT NULL, period TEXT NOT NULL,
  figures INTEGER NOT NULL, first INTEGER NOT NULL,
  PRIMARY KEY (quantity, place, status, period)
) WITHOUT ROWID;
"""

GONE = "(status <> 'present' OR reprint_of IS NOT NULL)"
POSITIONS = 32
"""The bits of `first` that are the position."""

_INDEXED = "indicators i INDEXED BY indicators_by_quantity"


def forget(db: sqlite3.Connection) -> None:
    """Empties the tables, where they are not, before figures come or go."""
    if db.execute("SELECT 1 FROM counted LIMIT 1").fetchone():
        db.execute("DELETE FROM counted")
        db.execute("DELETE FROM repeated")


def summarise(db: sqlite3.Connection, order: str, *, beside: bool) -> None:
    """Fills the tables where they are empty, of documents in an order; `beside`: in temporary tables."""
    if db.execute("SELECT 1 FROM counted LIMIT 1").fetchone():
        return
    if beside:
        for table in SUMMARY.split(";"):
            db.execute(table.replace("CREATE TABLE", "CREATE TEMP TABLE IF NOT EXISTS"))
    db.execute("CREATE TEMP TABLE ranked (document INTEGER PRIMARY KEY, rank INTEGER NOT NULL)")
    db.execute(
        f"INSERT INTO ranked SELECT number, row_number() OVER (ORDER BY {order})"
        f" FROM documents WHERE NOT {GONE}"
    )
    db.execute("DELETE FROM repeated")
    db.execute(
        "INSERT INTO repeated SELECT document, position, place FROM"
        " (SELECT document, position, place,"
        " row_number() OVER (PARTITION BY same ORDER BY rank, position) AS at"
        f" FROM {_INDEXED} JOIN ranked USING (document)"
        f" WHERE same IN (SELECT same FROM {_INDEXED} GROUP BY 1 HAVING count(*) > 1))"
        " WHERE at > 1"
    )
    db.execute(
        "INSERT INTO counted SELECT quantity, place, status, coalesce(period, ''), count(*),"
        f" min(rank << {POSITIONS} | position) FROM {_INDEXED} CROSS JOIN ranked USING (document)"
        " WHERE NOT EXISTS (SELECT 1 FROM repeated r"
        " WHERE r.document = i.document AND r.position = i.position)"
        " GROUP BY quantity, place, status, period"
    )
    db.execute("DROP TABLE ranked")
