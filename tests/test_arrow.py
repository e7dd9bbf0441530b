"""Record batches in, record batches out: rows of figures, and one row for each document."""

from __future__ import annotations

import io
import pickle
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import arrow_fakes
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import work_fakes
from arrow_fakes import PACK, TEXT

from shuangjian_cli.api import extract
from shuangjian_cli.arrow import RECORDS, Extraction, files, records_schema, texts
from shuangjian_cli.model import Metadata
from shuangjian_cli.pool import Pool
from shuangjian_cli.tag.pack.form import PackError
from shuangjian_cli.write import INDICATORS, Destination, write


def rows(extraction: Extraction, *batches: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """What batches of rows give."""
    made = (pa.RecordBatch.from_pylist(list(batch)) for batch in batches)
    found = pa.Table.from_batches(extraction(made), records_schema())
    return found.to_pylist(maps_as_pydicts="strict")


def documents(found: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The rows of documents by file, after each is found to tell its figures rightly."""
    figures = Counter(each["file"] for each in found if each["kind"] == "figure")
    told = {each["file"]: each for each in found if each["kind"] == "document"}
    assert all(each["figures"] == figures[name] for name, each in told.items())
    assert set(figures) <= set(told)
    return told


def test_figures_are_those_of_a_parquet_file(tmp_path: Path) -> None:
    found = rows(texts(), [{"id": 7, "text": TEXT, "province": "湖南"}, {"id": 8, "text": TEXT}])
    names = [*INDICATORS.names(), "value_float", "value_max_float"]
    figures = [{name: each[name] for name in names} for each in found if each["file"] == "7"][:-1]
    records = extract(TEXT, file="7", metadata=Metadata(id="7", province="湖南省"))
    path = tmp_path / "a.parquet"
    write(Destination("parquet", str(path)), INDICATORS.over(each.to_dict() for each in records))
    written = pq.read_table(path)
    assert figures == written.to_pylist(maps_as_pydicts="strict")
    assert [records_schema().field(name) for name in names] == [*written.schema]
    told = documents(found)
    assert list(told) == ["7", "8"]
    assert told["7"]["characters"] == len(TEXT) and told["7"]["seconds"] > 0
    assert told["7"]["error"] is None and told["7"]["id"] == told["7"]["input"] == "7"


def test_each_document_is_told_of_whatever_is_wrong_with_it(tmp_path: Path) -> None:
    pack = tmp_path / "mine.toml"
    pack.write_text(PACK, encoding="utf-8")
    extraction = texts("正文", file="篇", rules=[pack])
    sent = pickle.dumps(replace(extraction, analyse=arrow_fakes.pieces))
    pack.unlink()  # it travels with the function
    contents = {
        "好": TEXT,
        "崩": TEXT + "☠",
        "错": TEXT + "✗",
        "大": TEXT + "∞",
        "空": " \n",
        "无": None,
        "末": "全县学校灯笼30盏。",
    }
    batch = [{"篇": name, "正文": content} for name, content in contents.items()]
    found = rows(pickle.loads(sent), batch, [{"篇": None, "正文": TEXT}])
    told = documents(found)
    assert list(told) == [*contents, ""]
    assert [each["metric"] for each in found if each["file"] == "末"] == ["lanterns", None]
    errors = {name: each["error"] for name, each in told.items() if each["error"]}
    assert errors.pop("崩").startswith("its reader died of SIGKILL")
    assert "a bug of ours" in errors.pop("错")
    assert "does not fit decimal128" in errors.pop("大")
    assert errors.pop("空") == errors.pop("无") == "the row has no text; check it"
    assert errors == {"": "the row has no name; give each document one"}
    figures = [each["figures"] for each in told.values()]
    assert figures == [3, 3, 3, 2, 0, 0, 1, 0]


def test_a_document_that_takes_too_long_is_left() -> None:
    hanging = replace(texts(timeout=0.01), analyse=arrow_fakes.pieces)
    told = documents(rows(hanging, [{"id": "慢", "text": "⌛"}]))
    assert told["慢"]["error"].startswith("took longer than 0.01 s")
    assert told["慢"]["seconds"] > 0


def test_files_of_any_kind_and_what_is_in_them() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("甲.txt", TEXT)
        made.writestr("乙.txt", "☠")
        made.writestr("丙.md", f"# 标题\n\n{TEXT}")
    contents = {
        "a.txt": TEXT.encode("gb18030"),
        "b.zip": archive.getvalue(),
        "c.pdf": b"%PDF-1.7 broken",
        "d.csv": f"id,text\n1,{TEXT.splitlines()[1]}\n2,\n".encode(),
        "e.txt": b"",
        "f.docx": None,
    }
    reader = replace(files(), analyse=arrow_fakes.pieces)
    found = rows(reader, [{"path": name, "content": each} for name, each in contents.items()])
    told = documents(found)
    assert set(contents) == {each["input"] for each in told.values()}
    assert {name: each["figures"] for name, each in told.items() if each["error"] is None} == {
        "a.txt": 3,
        "b.zip!甲.txt": 3,
        "b.zip!丙.md": 3,
        "d.csv!1": 3,
    }
    errors = {name: each["error"] for name, each in told.items() if each["error"]}
    assert list(errors) == ["b.zip!乙.txt", "c.pdf", "d.csv", "e.txt", "f.docx"]
    assert errors["b.zip!乙.txt"].startswith("its reader died of SIGKILL")
    assert errors["f.docx"].startswith("larger than 67108864 bytes")


def test_a_bad_rule_pack_is_said_before_anything_is_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("[[metric]]\nid = 3\n", encoding="utf-8")
    with pytest.raises(PackError, match=r"mine\.toml:1"):
        texts(rules=[path])


def test_a_reader_serves_one_call_after_another() -> None:
    with Pool(work_fakes.process, 1, lambda task: 60) as pool:
        answers = [[message for _, message in pool.run(["a", "b"])][::2] for _ in range(2)]
    assert len({process for each in answers for process in each}) == 1


def test_what_is_asked_for_wrongly_is_said() -> None:
    with pytest.raises(ValueError, match="unknown field 'author'"):
        texts(author="a")
    with pytest.raises(ValueError, match="no column tells documents apart among text"):
        texts().columns(["text"])
    with pytest.raises(ValueError, match="no column '正文' among id, text"):
        texts("正文").columns(["id", "text"])
    with pytest.raises(ValueError, match="no column '标题' among id, text"):
        texts(title="标题").columns(["id", "text"])
    with pytest.raises(ValueError, match="no column 'content' among path"):
        files().columns(["path"])


def test_names_of_columns_are_of_one_kind() -> None:
    names = RECORDS.names()
    assert len(set(names)) == len(names)
