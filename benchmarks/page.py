"""The measured part of docs/benchmarks.md and its Chinese twin, which share it: tables of the last run, and a line for
each run that was kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGES = (ROOT / "docs" / "benchmarks.md", ROOT / "docs" / "zh" / "benchmarks.md")
BEGIN, END = "<!-- measured -->\n", "<!-- /measured -->\n"
STAGES = {
    "read": "read · 读取",
    "structure": "structure · 分析结构",
    "tag": "tag · 标注",
    "write": "write CSV · 写 CSV",
    "all": "**all of these · 以上合计**",
    "jieba.cut": "jieba.cut",
    "rjieba.cut": "rjieba.cut",
    "jionlp": "JioNLP, money and times of each sentence · 每句的金额与时间",
}
STARTS = {
    "yardstick": '`python -c "import typer, rich.table"`',
    "line": "`extract`, a line · 一行",
    "page": "`extract`, {kilobytes:.0f} kB",
}
_MEGA = 1e6

Run = dict[str, Any]


def write(runs: Sequence[Run]) -> None:
    """Put the block into the pages."""
    block = "".join(f"{line}\n" for line in lines(runs))
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        before, _, rest = text.partition(BEGIN)
        page.write_text(before + BEGIN + block + END + rest.partition(END)[2], encoding="utf-8")


def lines(runs: Sequence[Run]) -> Iterator[str]:
    """The lines of the block."""
    for part in (_throughput, _starts, _processes, _memory):
        if said := list(part(runs)):
            yield from said
            yield ""
    yield from _kept(runs)


def _last(runs: Sequence[Run], part: str) -> Run:
    """What the last run measured that measured a part, empty where none did."""
    return next((run[part] for run in reversed(runs) if part in run), {})


def _said(run: Run) -> str:
    versions = ", ".join(f"{name} {each or 'absent'}" for name, each in run["versions"].items())
    load = "–".join(map(str, run["load"]))
    return f"{_at(run)}, {run['machine']}, load · 负载 {load}; {versions}."


def _at(run: Run) -> str:
    """When a run began, to the minute."""
    return str(run["at"])[:16].replace("T", " ")


def _throughput(runs: Sequence[Run]) -> Iterator[str]:
    run = next((run for run in reversed(runs) if "stages" in run), None)
    if run is None:
        return
    part, counted = run["stages"], _last(runs, "instructions")
    jieba, size = part["cpu"]["jieba.cut"], part["bytes"] / _MEGA
    yield _said(run)
    yield ""
    yield f"{part['files']} bulletins · 份通报, {size:.2f} MB, {part['figures']:,} figures · 个数据:"
    yield ""
    yield "| | CPU s · 秒 | MB/s | × jieba.cut | instructions · 指令, 10⁶ |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for name, label in STAGES.items():
        if name not in part["cpu"]:
            yield f"| {label} | not installed · 未安装 | | | |"
            continue
        cpu = part["cpu"][name]
        count = _counted(counted.get("extract" if name == "all" else name))
        yield f"| {label} | {cpu:.3f} | {size / cpu:.2f} | {jieba / cpu:.2f} | {count} |"


def _counted(instructions: int | None) -> str:
    return "" if instructions is None else f"{instructions / _MEGA:,.0f}"


def _starts(runs: Sequence[Run]) -> Iterator[str]:
    part = _last(runs, "starts")
    if not part:
        return
    cpu, counted = part["cpu"], part["instructions"]
    yield "| start · 启动 | CPU s · 秒 | × | instructions · 指令, 10⁶ | × |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for name, label in STARTS.items():
        label = label.format(kilobytes=part["bytes"] / 1000)
        times = cpu[name] / cpu["yardstick"]
        if counted[name] is None:
            more = "no valgrind · 没有 valgrind | "
        else:
            more = f"{_counted(counted[name])} | {counted[name] / counted['yardstick']:.2f}"
        yield f"| {label} | {cpu[name]:.3f} | {times:.2f} | {more} |"


def _processes(runs: Sequence[Run]) -> Iterator[str]:
    measured = [_last(runs, part) for part in ("processes", "compare", "sheet")]
    if not any(measured):
        return
    yield "| process · 进程 | CPU s · 秒 | s · 秒 | largest · 最大, MB | together · 合计, MB |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    named = {
        f"{name}, {_of(part)}": run
        for part in measured
        for name, run in part.get("runs", {}).items()
    }
    for name, run in named.items():
        yield f"| {name} | {run['cpu']:.1f} | {run['seconds']:.1f} | {_memory_of(run)} |"


def _of(part: Run) -> str:
    """How much a part of a run was made to read."""
    if "rows" in part:
        return f"{part['rows']:,} × 20 cells · 格"
    return (
        f"{part['figures']:,} figures · 个数据"
        if "figures" in part
        else f"{part['bytes'] / _MEGA:.1f} MB"
    )


def _memory_of(run: Run) -> str:
    return f"{run['largest'] / _MEGA:.0f} | {run['together'] / _MEGA:.0f}"


def _memory(runs: Sequence[Run]) -> Iterator[str]:
    part = _last(runs, "memory")
    if not part:
        return
    yield f"Peak memory, {part['documents']:,} documents, one worker · 最大内存，一个工作进程:"
    yield ""
    yield "| | largest · 最大, MB | together · 合计, MB |"
    yield "| --- | ---: | ---: |"
    for name, run in part["runs"].items():
        yield f"| {name} | {_memory_of(run)} |"


def _kept(runs: Sequence[Run]) -> Iterator[str]:
    """A line for each run: benchmarks/runs has all that it measured."""
    yield "| run · 运行 | load · 负载 | × jieba.cut | line · 一行 × | page · 一份 × | two workers · 两个进程 × |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for run in runs:
        cells = [_at(run), "–".join(map(str, run["load"]))]
        stages = run.get("stages", {}).get("cpu")
        cells.append(f"{stages['jieba.cut'] / stages['all']:.2f}" if stages else "")
        starts = run.get("starts", {}).get("cpu")
        cells += [
            f"{starts[each] / starts['yardstick']:.2f}" if starts else ""
            for each in ("line", "page")
        ]
        runs_ = run.get("processes", {}).get("runs")
        one, two = (runs_[f"batch --jobs {jobs}"]["seconds"] if runs_ else 0 for jobs in (1, 2))
        cells.append(f"{one / two:.2f}" if two else "")
        yield f"| {' | '.join(cells)} |"
