"""What the modules may import: no circle, not even through an import inside a function."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "shuangjian_cli"


def imports(tree: ast.AST, module: str) -> Iterator[str]:
    """The names that a module imports; those for type checkers alone are left out."""
    for node in ast.iter_child_nodes(tree):
        match node:
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                continue
            case ast.Import(names=names):
                yield from (each.name for each in names)
            case ast.ImportFrom(module=source, names=names, level=level):
                folder = module.split(".")
                base = folder[: len(folder) - level] if level else []
                path = ".".join([*base, *([source] if source else [])])
                yield path
                yield from (f"{path}.{each.name}" for each in names)
        yield from imports(node, module)


def test_modules_import_one_another_without_a_circle() -> None:
    files = {
        ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts): path
        for path in PACKAGE.rglob("*.py")
        if path.name != "__init__.py"
    }
    graph = {
        module: {
            name
            for name in imports(ast.parse(path.read_text("utf-8")), module)
            if name in files and name != module
        }
        for module, path in files.items()
    }
    assert graph["shuangjian_cli.commands.options"]
    TopologicalSorter(graph).prepare()  # raises CycleError


def test_no_file_of_the_rules_is_long() -> None:
    """A longer one holds two ideas."""
    sizes = {path: path.read_text("utf-8").count("\n") for path in (PACKAGE / "tag").rglob("*.py")}
    assert [path.name for path, lines in sizes.items() if lines > 400] == []
