"""Finding, decoding and refusing: what a folder of texts from everywhere brings."""

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shuangjian_cli.model import ReadError, Source
from shuangjian_cli.read import Options, find, read, read_bytes, sources
from shuangjian_cli.read.kinds import SUFFIXES

TEXT = "一、健全协同机制\r\n全县已建立家长学校２８６所，覆盖率达到９７．５％。\r\n二、工作打算\r\n"
TRADITIONAL = "全縣學科類培訓機構壓減率達到九成，課後服務學校實現全覆蓋，家長滿意度持續提高。\n"
BOMS = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}


DEFAULT = Options()


def one(path: Path, options: Options = DEFAULT) -> Source:
    (source,) = read(path, options)
    assert isinstance(source, Source), source
    return source


def refused(path: Path | str, options: Options = DEFAULT) -> str:
    (error,) = read(path, options)
    assert isinstance(error, ReadError)
    assert error.file == os.fsdecode(path)
    assert "\n" not in error.message
    return error.message


def refused_bytes(data: bytes, name: str = "a.txt", options: Options = DEFAULT) -> str:
    (error,) = read_bytes(name, data, options)
    assert isinstance(error, ReadError)
    return error.message


# --- decoding --------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "gb18030", "utf-16-le", "utf-16-be"])
def test_an_encoding_is_told_from_the_bytes(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "通报.txt"
    path.write_bytes(TEXT.encode(encoding))
    source = one(path)
    assert source.text == TEXT  # line ends kept, widths untouched
    assert source.encoding == encoding.replace("gbk", "gb18030")
    assert source.file == str(path)


@pytest.mark.parametrize("encoding", BOMS)
def test_a_byte_order_mark_is_believed_and_removed(encoding: str) -> None:
    (source,) = read_bytes("a.txt", TEXT.encode(encoding))
    assert isinstance(source, Source)
    assert (source.text, source.encoding) == (TEXT, BOMS[encoding])


def test_traditional_texts_in_big5_and_gb18030() -> None:
    for encoding in ("big5", "gb18030", "utf-8", "utf-16-le"):
        (source,) = read_bytes("a.txt", TRADITIONAL.encode(encoding))
        assert isinstance(source, Source), (encoding, source)
        assert source.text == TRADITIONAL


@pytest.mark.parametrize("text", ["湖南省", "新增学位", "共12所", "满意度97%", "双减", "桂林市"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_few_characters_are_enough(text: str, encoding: str) -> None:
    (source,) = read_bytes("a.txt", text.encode(encoding))
    assert isinstance(source, Source)
    assert source.text == text


def test_a_stated_encoding_wins_and_a_wrong_one_is_refused() -> None:
    options = Options(encoding="big5")
    (source,) = read_bytes("a.txt", "學校".encode("big5"), options)
    assert isinstance(source, Source)
    assert source.text == "學校"
    assert "is not UTF-8" in refused_bytes(TEXT.encode("gbk"), options=Options(encoding="utf-8"))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
def test_a_pipe_that_ends_inside_a_character(encoding: str) -> None:
    data = (TEXT + "全").encode(encoding)[:-1]
    assert "cut short" in refused_bytes(data, "-")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16-le", "utf-16"])
@pytest.mark.parametrize("filler", ["", "<script>var a = 1;</script>" * 4000])
def test_damaged_bytes_are_replaced_and_counted(encoding: str, filler: str) -> None:
    """A changed byte spoils a character, and nothing else is lost."""
    before, after = filler + "全县共有学校45所，覆盖率", "达到97.5%，家长满意。\n"
    surrogate = b"\x00\xdc" if encoding.startswith("utf-16") else b"\xff"
    data = before.encode(encoding) + surrogate
    data += after.encode("utf-16-le" if encoding == "utf-16" else encoding.replace("-sig", ""))
    (source,) = read_bytes("a.txt", data)
    assert isinstance(source, Source), source
    assert source.text == before + "\ufffd" * len(surrogate) + after
    (note,) = source.notes
    assert note.startswith(f"{len(surrogate)} damaged byte")
    assert source.encoding is not None and source.encoding.upper() in note


def test_any_byte_may_be_damaged() -> None:
    data = TEXT.encode()
    for at in range(len(data)):
        (source,) = read_bytes("a.txt", data[:at] + b"\xff" + data[at + 1 :])
        assert isinstance(source, Source), at
        assert len(set(TEXT) - set(source.text)) <= 1


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5"])
def test_a_nul_is_a_damaged_byte(encoding: str) -> None:
    (source,) = read_bytes("a.txt", TRADITIONAL.replace("，", "\0").encode(encoding))
    assert isinstance(source, Source), source
    assert source.text == TRADITIONAL.replace("，", "\ufffd")
    assert source.notes[0].startswith("2 damaged bytes")


def test_a_byte_order_mark_may_stand_twice() -> None:
    for encoding in ("utf-8", "utf-16-le", "gb18030"):
        (source,) = read_bytes("a.txt", ("\ufeff\ufeff" + TEXT).encode(encoding))
        assert isinstance(source, Source)
        assert source.text == TEXT


def test_bytes_that_are_no_text() -> None:
    assert "fits neither" in refused_bytes(b"abc " + b"\x80\xff" * 99)
    assert "binary" in refused_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)
    assert "binary" in refused_bytes(b"\x7fELF\x02\x01\x01\0\0\0\0\0" * 9)
    assert "binary" in refused_bytes(b"\1\2\3\4\5 abc" * 9)


@pytest.mark.parametrize("data", [b"", b" \r\n\t", "\u3000\u3000\n".encode(), b"\xef\xbb\xbf"])
def test_an_empty_file(data: bytes) -> None:
    assert "empty" in refused_bytes(data)


def test_terminal_escapes_and_markup_are_text() -> None:
    text = "[red]学校[/]\x1b[31m共有45所[12]\n"
    (source,) = read_bytes("a.txt", text.encode())
    assert isinstance(source, Source)
    assert source.text == text


def test_one_long_line() -> None:
    text = "新建学校45所，" * 500_000
    (source,) = read_bytes("a.txt", text.encode("gb18030"))
    assert isinstance(source, Source)
    assert source.text == text


# --- files -----------------------------------------------------------------------------------


def test_a_folder_in_order_of_names(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a/z.md",
        "a/y.html",
        "c.TXT",
        ".hidden.txt",
        "d.exe",
        "e.csv",
        ".git/f.txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("文")
    found = [os.path.relpath(str(each), tmp_path) for each in find([tmp_path])]
    assert found == ["a/y.html", "a/z.md", "b.txt", "c.TXT", "e.csv"]
    assert list(find([tmp_path], tables=False)) == [
        os.path.join(tmp_path, *each.split("/")) for each in found if each != "e.csv"
    ]


def test_what_is_named_is_always_read(tmp_path: Path) -> None:
    for name in ("无后缀", ".hidden", "a.dat"):
        (tmp_path / name).write_text(TEXT, newline="")
        assert one(tmp_path / name).text == TEXT


def test_links_that_lead_in_circles(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "t.txt").write_text("文")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "b").symlink_to(tmp_path / "a")
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing")
    found = [os.path.relpath(str(each), tmp_path) for each in find([tmp_path])]
    assert found == ["a/t.txt", "gone.txt"]
    assert "no such file" in refused(tmp_path / "gone.txt")


def test_names_with_line_breaks_or_in_no_encoding(tmp_path: Path) -> None:
    (tmp_path / "two\nlines.txt").write_text("文")
    (tmp_path / os.fsdecode(b"\xc1\xaa.txt")).write_text("文")
    names = [each.file for each in sources([tmp_path])]
    assert [os.path.basename(name) for name in names] == ["two\nlines.txt", "\udcc1\udcaa.txt"]


def test_paths_that_cannot_be_read(tmp_path: Path) -> None:
    assert "no such file" in refused(tmp_path / "nothing.txt")
    assert "folder" in refused(tmp_path)
    assert "not a possible" in refused("a\0b.txt")
    (tmp_path / "a.txt").write_text("文" * 100)
    assert "--max-bytes" in refused(tmp_path / "a.txt", Options(max_bytes=299))
    assert one(tmp_path / "a.txt", Options(max_bytes=300))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("文")
    path.chmod(0)
    assert "permission" in refused(path)
    (tmp_path / "locked").mkdir(0)
    errors = [each for each in find([tmp_path]) if isinstance(each, ReadError)]
    assert [error.file for error in errors] == [str(tmp_path / "locked")]


def test_an_unreadable_folder_does_not_stop_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "locked").mkdir()
    (tmp_path / "z.txt").write_text("文")
    scan = os.scandir

    def deny(path):
        if os.path.basename(path) == "locked":
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", deny)
    error, path = find([tmp_path])
    assert isinstance(error, ReadError)
    assert "permission" in error.message
    assert path == str(tmp_path / "z.txt")


def test_standard_input_and_named_pipes(tmp_path: Path) -> None:
    script = (
        "from shuangjian_cli.read import *\n"
        "for each in sources(['-']): print(ascii(each.file), ascii(each.text))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], input=TEXT.encode("gbk"), capture_output=True, check=True
    )
    assert done.stdout.decode().strip() == f"'-' {TEXT!a}"
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = subprocess.Popen(["sh", "-c", f"printf '文件' > '{pipe}'"])
    assert one(pipe).text == "文件"
    writer.wait()


def test_a_file_that_changes_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("文")
    from shuangjian_cli.read import kinds

    tell = kinds.tell

    def append(name, file):
        with path.open("a") as more:
            more.write("件")
        return tell(name, file)

    monkeypatch.setattr(kinds, "tell", append)
    assert "changed while" in refused(path)


def test_options_that_make_no_sense() -> None:
    for wrong in ({"max_bytes": 0}, {"columns": {"colour": "x"}}, {"encoding": "klingon"}):
        with pytest.raises(ValueError):
            Options(**wrong)


# --- kinds -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "mend"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".docx"),
        ("a.wps", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "WPS"),
        ("a.txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".docx"),
        (
            "a.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "without one",
        ),
        ("a.rtf", rb"{\rtf1\ansi text}", ".docx"),
        (
            "a.xls",
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            ".xlsx",
        ),
        (
            "a.doc",
            b'<?xml version="1.0"?><w:x xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"/>',
            ".docx",
        ),
        ("a.mht", b"MIME-Version: 1.0\nContent-Type: multipart/related\n", ".html"),
    ],
)
def test_a_kind_that_must_be_converted(name: str, data: bytes, mend: str) -> None:
    assert mend in refused_bytes(data, name)


@pytest.mark.parametrize(
    ("part", "mend"), [("OFD.xml", ".pdf"), ("xl/workbook.bin", ".xlsx"), ("content.xml", ".docx")]
)
def test_a_package_that_must_be_converted(part: str, mend: str) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr(part, "<x/>")
    assert mend in refused_bytes(packed.getvalue(), "a.zip")


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.doc", "a.html", "a.parquet", "a.zip"])
def test_a_text_under_a_wrong_suffix_is_a_text(name: str) -> None:
    (source,) = read_bytes(name, TEXT.encode("gbk"))
    assert isinstance(source, Source)
    assert (source.kind, source.text) == ("text", TEXT)


@pytest.mark.parametrize(
    ("name", "module", "extra"),
    [
        ("a.html", "trafilatura", "office"),
        ("a.docx", "docx", "office"),
        ("a.pdf", "pypdfium2", "office"),
        ("a.parquet", "pyarrow.parquet", "parquet"),
    ],
)
def test_a_missing_extra_is_named(
    name: str, module: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("word/document.xml", "<x/>")
    data = {
        "a.html": b"<html><p>1</p></html>",
        "a.docx": packed.getvalue(),
        "a.pdf": b"%PDF-1.4 %%EOF",
        "a.parquet": b"PAR1....PAR1",
    }[name]
    monkeypatch.setitem(sys.modules, module, None)
    assert f"pip install 'shuangjian[{extra}]'" in refused_bytes(data, name)


@given(st.sampled_from([*SUFFIXES, ""]), st.one_of(st.binary(), st.text().map(str.encode)))
@settings(max_examples=100)
def test_nothing_makes_it_raise(suffix: str, data: bytes) -> None:
    for each in read_bytes(f"a{suffix}", data, Options(text_column="text")):
        assert isinstance(each, (Source, ReadError))
        if isinstance(each, ReadError):
            assert len(each.message.splitlines()) == 1
