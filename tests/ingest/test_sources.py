"""What lies in a folder: each file once, nothing that is no file opened, archives unpacked without trust."""

from __future__ import annotations

import os
import socket
import zipfile
from pathlib import Path

import psutil
import pytest

from pipeline.executor import Task
from pipeline.failures import DocumentFailure, RunFailure
from pipeline.ingest import SourceEntry, find_sources, opened_source, sources
from pipeline.params import LimitSettings


def codes(entries: list[SourceEntry]) -> dict[str, str]:
    return {e.file_name: e.failure.code if e.failure else "" for e in entries}


def zipped(path: Path, members: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_files_in_order_without_hidden_ones(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.txt", ".gitignore", ".dvc/config", "Thumbs.db", "~$b.docx", "a/.DS_Store"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, "utf-8")
    assert [e.file_name for e in find_sources([tmp_path])] == ["a/c.txt", "b.txt"]


def test_the_same_bytes_point_to_the_first(tmp_path: Path) -> None:
    for name in ("c.txt", "a.txt", "b.txt"):
        (tmp_path / name).write_text("samma", "utf-8")
    first, second, third = find_sources([tmp_path])
    assert (first.file_name, first.duplicate_of) == ("a.txt", "")
    assert [e.duplicate_of for e in (second, third)] == [first.document_id] * 2
    assert [e.document_id for e in (second, third)] == [f"{first.document_id}-2", f"{first.document_id}-3"]


def test_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text", "utf-8")
    assert [e.file_name for e in find_sources([tmp_path, tmp_path / "a.txt"])] == ["a.txt"]


def test_what_is_no_file_is_named_and_never_opened(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("text", "utf-8")
    (tmp_path / "link.txt").symlink_to("real.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "mapp.pdf").mkdir()
    (tmp_path / "mapp.pdf" / "inre.txt").write_text("inre", "utf-8")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s.pdf"))
        entries = find_sources([tmp_path])
    assert codes(entries) == {
        "link.txt": "not_a_file", "loop": "not_a_file", "mapp.pdf": "not_a_file", "mapp.pdf/inre.txt": "",
        "pipe.txt": "not_a_file", "real.txt": "", "s.pdf": "not_a_file",
    }  # fmt: skip
    assert len({e.document_id for e in entries}) == len(entries)
    with pytest.raises(DocumentFailure), opened_source(next(e for e in entries if e.failure)):
        pass


def test_names_of_all_kinds(tmp_path: Path) -> None:
    names = ["-rf.txt", "rad\nbrytning.txt", "a\u030a.txt", "två ord.txt", "=1+1.txt"]
    for n, name in enumerate(names):
        (tmp_path / name).write_text(str(n), "utf-8")
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xe5.txt"))).write_text("latin", "utf-8")
    found = [e.file_name for e in find_sources([tmp_path])]
    assert sorted(found) == found
    assert set(found) == {"-rf.txt", "rad\nbrytning.txt", "å.txt", "två ord.txt", "=1+1.txt", "\ufffd.txt"}


def test_a_missing_source_ends_the_run(tmp_path: Path) -> None:
    with pytest.raises(RunFailure):
        find_sources([tmp_path / "saknas"])


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x" * 100, "utf-8")
    (entry,) = find_sources([tmp_path], limits=LimitSettings(bytes=99))
    assert codes([entry]) == {"a.txt": "too_large"}
    assert entry.document_id


def test_members_of_an_archive_are_files(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", {"x.txt": b"inre", ".hidden": b"nej"}).read_bytes()
    zipped(
        tmp_path / "a.zip",
        {"b.txt": b"text", "mapp/": b"", "mapp/c.md": b"mer", "inner.zip": inner, "__MACOSX/b.txt": b"nej"},
    )
    (tmp_path / "inner.zip").unlink()
    entries = find_sources([tmp_path])
    assert codes(entries) == {"a.zip/b.txt": "", "a.zip/inner.zip/x.txt": "", "a.zip/mapp/c.md": ""}
    contents = {}
    for entry in entries:
        with opened_source(entry) as path:
            contents[entry.file_name] = (path.read_bytes(), path.suffix)
    assert contents == {
        "a.zip/b.txt": (b"text", ".txt"), "a.zip/inner.zip/x.txt": (b"inre", ".txt"),
        "a.zip/mapp/c.md": (b"mer", ".md"),
    }  # fmt: skip


def test_a_members_name_is_never_a_path(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    zipped(tmp_path / "in/a.zip", {"../../evil.txt": b"x", "/abs.txt": b"y", "c:\\win.txt": b"z"})
    entries = find_sources([tmp_path / "in"])
    assert [e.file_name for e in entries] == ["a.zip/abs.txt", "a.zip/c:/win.txt", "a.zip/evil.txt"]
    for entry in entries:
        with opened_source(entry) as path:
            assert path.stem == "member"
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["a.zip", "in"]


def test_a_bomb_is_one_failure_and_never_unpacked(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.txt": b"0" * 50_000_000, "b.txt": b"text"})
    assert path.stat().st_size < 100_000
    assert codes(find_sources([path])) == {"a.zip": "archive_too_large"}


def test_the_members_together_have_a_limit(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {f"{n}.txt": b"x" * 5_000 for n in range(100)})
    size = path.stat().st_size
    assert 10 * size < 500_000
    assert set(codes(find_sources([path], limits=LimitSettings(bytes=50_000))).values()) == {""}
    assert codes(find_sources([path], limits=LimitSettings(bytes=size))) == {"a.zip": "archive_too_large"}


def test_an_empty_archive_says_so(tmp_path: Path) -> None:
    assert codes(find_sources([zipped(tmp_path / "a.zip", {})])) == {"a.zip": "empty"}


def test_archives_in_archives_end(tmp_path: Path) -> None:
    data = b"text"
    for n in range(6):
        data = zipped(tmp_path / "x.zip", {f"{n}.zip" if n else "a.txt": data}).read_bytes()
    (entry,) = find_sources([tmp_path / "x.zip"])
    assert entry.failure is not None
    assert entry.failure.code == "unsupported"


def test_broken_and_encrypted_members_are_rows(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.txt": b"hela texten" * 50, "b.txt": b"den andra"}, method=zipfile.ZIP_STORED)
    data = path.read_bytes()
    path.write_bytes(data.replace(b"hela texten", b"HELA texten", 1))
    assert codes(find_sources([path])) == {"a.zip/a.txt": "malformed", "a.zip/b.txt": ""}
    locked = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = locked.index(mark)
        locked[at + offset] |= 1
    path.write_bytes(locked)
    assert codes(find_sources([path])) == {"a.zip/a.txt": "encrypted", "a.zip/b.txt": ""}
    path.write_bytes(data[:-30])
    assert codes(find_sources([path])) == {"a.zip": "malformed"}


def test_a_word_file_is_a_document_and_no_archive(make_docx: object, tmp_path: Path) -> None:
    path = make_docx("<w:p/>")  # type: ignore[operator]
    assert [e.file_name for e in find_sources([path])] == ["a.docx"]


@pytest.mark.parametrize("code", ["time", "memory", "crash"])
def test_an_archive_that_harms_whoever_looks_into_it_is_one_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    zipped(tmp_path / "a.zip", {"a.txt": b"text"})
    (tmp_path / "b.txt").write_text("text")
    looked: list[str] = []

    def harmed(task: Task, limits: LimitSettings) -> None:
        looked.append(task.key)
        raise DocumentFailure(code, seconds=limits.seconds, megabytes=limits.megabytes)

    monkeypatch.setattr(sources, "run_guarded", harmed)
    assert codes(find_sources([tmp_path])) == {"a.zip": code, "b.txt": ""}
    assert looked == ["a.zip"]


@pytest.mark.parametrize("name", [b"", b"/", b"..", b"."])
def test_members_without_a_name_are_documents(tmp_path: Path, name: bytes) -> None:
    # zipfile itself breaks on an empty name.
    path = zipped(tmp_path / "a.zip", {"#" * len(name) or "#": b"text"})
    data = path.read_bytes()
    if name:
        path.write_bytes(data.replace(b"#" * len(name), name))
    else:
        listed = data.index(b"PK\x01\x02")
        head, entry, end = data[:listed], data[listed:].partition(b"#")[0], data[listed:].partition(b"#")[2]
        empty = entry[:28] + b"\x00\x00" + entry[30:]
        head = head[:26] + b"\x00\x00" + head[28:30] + head[31:]
        end = end[:12] + (len(empty)).to_bytes(4, "little") + len(head).to_bytes(4, "little") + end[20:]
        path.write_bytes(head + empty + end)
    if name == b"/":
        assert codes(find_sources([path])) == {"a.zip": "empty"}
        return
    (entry_found,) = find_sources([path])
    assert (entry_found.file_name, entry_found.failure) == ("a.zip/utan namn", None)
    with opened_source(entry_found) as unpacked:
        assert unpacked.read_bytes() == b"text"


def test_a_folder_that_may_not_be_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").mkdir()
    real = os.scandir

    def closed(path: Path) -> object:
        if Path(path).name == "a":
            raise PermissionError
        return real(path)

    monkeypatch.setattr(os, "scandir", closed)
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert codes(find_sources([tmp_path])) == {"a": "unreadable"}


def test_who_looked_into_archives_is_gone_when_all_are_listed(tmp_path: Path) -> None:
    zipped(tmp_path / "a.zip", {"a.txt": b"text"})
    before = {p.pid for p in psutil.Process().children()}
    assert codes(find_sources([tmp_path])) == {"a.zip/a.txt": ""}
    assert {p.pid for p in psutil.Process().children()} <= before
