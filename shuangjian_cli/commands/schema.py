"""`shuangjian schema`: the JSON Schemas of records and of rule packs."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from shuangjian_cli.commands.screens import put


def schema(
    of: Annotated[
        Literal["indicator", "sentence", "unparsed", "pack"],
        typer.Argument(
            metavar="KIND", help="Whose schema: of a record of that kind, or of a rule pack."
        ),
    ] = "indicator",
) -> None:
    """Print the JSON Schema of records as JSON has them, or of rule packs.

    Examples:

    - `shuangjian schema`
    - `shuangjian schema pack > pack.schema.json`
    """
    import json

    from shuangjian_cli.write.schema import schemas

    put(json.dumps(schemas()[of], ensure_ascii=False, indent=2) + "\n")
