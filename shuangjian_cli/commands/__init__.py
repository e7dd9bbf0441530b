"""The command line: one file for each verb, over the Python API.

To add a verb, write `commands/NAME.py` with a function `NAME` and put NAME in `VERBS`. The
function's docstring is its help; its parameters are Typer's, and a parameter whose type is a
group of options (see `options`) brings all of the group's options. It returns the exit status
or None for 0. A verb's file is imported only when the verb is used.
"""

from __future__ import annotations

VERBS = (
    "extract",
    "tag",
    "text",
    "explain",
    "compare",
    "check",
    "reconcile",
    "review",
    "report",
    "batch",
    "export",
    "evaluate",
    "metrics",
    "rules",
    "schema",
)
"""The verbs, in the order of `--help`. A `-` in a name is a `_` in its file and function."""
