"""Documents in stores: S3 from a real server on this machine, and fsspec's own memory; nothing there is trusted."""

from __future__ import annotations

import io
import urllib.request
import zipfile
from collections.abc import Iterator
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

import pytest

from pipeline.executor import open_executor
from pipeline.failures import DocumentFailure, RunFailure
from pipeline.ingest import find_sources, opened_source
from pipeline.params import LimitSettings, Params
from pipeline.records.reading import SourceFile
from pipeline.stages import Work, run_stage
from pipeline.tables import read_table

TEXT = "Riktlinjer för sociala medier i Ale kommun\n\nKontoansvarig ska bevaka kontot varje dag.\n".encode()
SMALL = LimitSettings(bytes=2_000)


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A bucket on a local server, and a client to fill it."""
    import boto3
    import s3fs
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    for name, said in {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}", "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "eu-north-1",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, said)
    s3fs.S3FileSystem.clear_instance_cache()
    client = boto3.client("s3")
    urllib.request.urlopen(urllib.request.Request(f"http://{host}:{port}/moto-api/reset", method="POST")).close()
    client.create_bucket(Bucket="dokument", CreateBucketConfiguration={"LocationConstraint": "eu-north-1"})
    yield client
    server.stop()
    s3fs.S3FileSystem.clear_instance_cache()


def zipped(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return packed.getvalue()


HOSTILE = {
    "ut/a.txt": TEXT,
    "ut/kopia.txt": TEXT,
    "ut/=cmd|' /C calc'!A1.txt": TEXT + b"1",
    "ut/x::file:///etc/passwd": TEXT + b"2",
    "ut/rad brytning*[a].txt": TEXT + b"3",
    "ut/../../upp.txt": TEXT + b"4",
    "ut/.git/config": b"x",
    "ut/~$lock.docx": b"x",
    "ut/tom.txt": b"",
    "ut/stor.txt": b"x" * 3_000,
    "ut/paket.zip": zipped({"inne/b.txt": TEXT + b"5", "../../c.txt": TEXT + b"6"}),
    "ut/mapp/": b"",
    "annat/d.txt": TEXT,
}


def test_what_lies_in_a_bucket_is_listed_by_the_rules_for_folders(s3: Any) -> None:
    for key, data in HOSTILE.items():
        s3.put_object(Bucket="dokument", Key=key, Body=data)
    entries = find_sources(["s3://dokument/ut"], limits=SMALL)
    assert {e.file_name: e.failure.code if e.failure else "" for e in entries} == {
        "=cmd|' /C calc'!A1.txt": "", "a.txt": "", "kopia.txt": "", "paket.zip/c.txt": "", "paket.zip/inne/b.txt": "",
        "rad brytning*[a].txt": "", "stor.txt": "too_large", "tom.txt": "", "upp.txt": "", "x::file:/etc/passwd": "",
    }  # fmt: skip
    assert [e.duplicate_of != "" for e in entries if e.file_name == "kopia.txt"] == [True]
    for entry in entries:
        if entry.failure is None:
            with opened_source(entry, limit=SMALL.bytes) as path:
                data = path.read_bytes()
            assert data in HOSTILE.values() or data in (TEXT + b"5", TEXT + b"6")


def test_a_bucket_gives_what_a_folder_gives(s3: Any, executor: Executor, tmp_path: Path) -> None:
    files = {
        "a.txt": TEXT,
        "sub/b.txt": TEXT.replace(b"Ale", b"Habo"),
        "tom.txt": b"",
        "p.zip": zipped({"c.txt": b"C"}),
    }
    for name, data in files.items():
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_bytes(data)
        s3.put_object(Bucket="dokument", Key=f"alla/{name}", Body=data)
    for source, name in ((tmp_path / "in", "folder"), ("s3://dokument/alla/", "bucket")):
        root = tmp_path / name
        run_stage(Work((source,), root / "out", root / "parts", Params(), executor), "ingest")
    rows = [
        [row for part in sorted((tmp_path / n).rglob("sources.parquet")) for row in read_table(SourceFile, part)]
        for n in ("folder", "bucket")
    ]
    assert rows[0] == rows[1]
    assert sorted(row.file_name for row in rows[0]) == ["a.txt", "p.zip/c.txt", "sub/b.txt", "tom.txt"]
    texts = [{p.name: p.read_bytes() for p in (tmp_path / n / "out" / "raw").iterdir()} for n in ("folder", "bucket")]
    assert texts[0] == texts[1]


def test_one_object_given_by_name_and_one_that_changes_meanwhile(s3: Any) -> None:
    s3.put_object(Bucket="dokument", Key="en/a.txt", Body=TEXT)
    (entry,) = find_sources(["s3://dokument/en/a.txt", "s3://dokument/en"])
    assert entry.file_name == "a.txt"
    s3.put_object(Bucket="dokument", Key="en/a.txt", Body=TEXT + b"mer")
    with pytest.raises(DocumentFailure) as changed, opened_source(entry):
        pass
    s3.delete_object(Bucket="dokument", Key="en/a.txt")
    with pytest.raises(DocumentFailure) as gone, opened_source(entry):
        pass
    assert (changed.value.code, gone.value.code) == ("changed", "unreadable")


@pytest.mark.parametrize("address", ["s3://finns-inte/mapp", "memory://finns/inte", "okant://x/y"])
def test_stores_that_are_not_there_end_the_run(s3: Any, address: str) -> None:
    with pytest.raises(RunFailure) as caught:
        find_sources([address])
    assert caught.value.status == 2
    assert address in caught.value.message.sv


def test_without_fsspec_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "fsspec", None)
    with pytest.raises(RunFailure, match="jamka\\[store\\]") as caught:
        find_sources(["s3://dokument/ut"])
    assert caught.value.status == 3


def test_names_that_no_file_system_has_and_sizes_that_lie() -> None:
    import fsspec

    store = fsspec.filesystem("memory")
    names = ["rad\nbrytning.txt", "=1+1.txt", "a\u030a.txt", "två ord?.txt", "x::memory://hemlig/b.txt"]
    for n, name in enumerate(names):
        store.pipe(f"/namn/{name}", TEXT + bytes([48 + n]))
    try:
        entries = find_sources(["memory://namn"])
        assert {e.file_name for e in entries} == {
            "rad\nbrytning.txt", "=1+1.txt", "å.txt", "två ord?.txt", "x::memory:/hemlig/b.txt",
        }  # fmt: skip
        for entry in entries:
            with opened_source(entry) as path:
                assert path.read_bytes().startswith(TEXT)
                assert path.name == "object.txt"
            with pytest.raises(DocumentFailure) as caught, opened_source(entry, limit=len(TEXT)):
                pass
            assert caught.value.code == "too_large"
    finally:
        store.rm("/namn", recursive=True)


def test_a_file_address_is_its_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT)
    (tmp_path / "link.txt").symlink_to("a.txt")
    names = [[(e.file_name, e.path, e.failure and e.failure.code) for e in find_sources([source])]
             for source in (f"file://{tmp_path}", tmp_path)]  # fmt: skip
    assert names[0] == names[1]
    assert [code for _, _, code in names[0]] == [None, "not_a_file"]
    with pytest.raises(RunFailure):
        find_sources([f"file://{tmp_path}/saknas"])


@pytest.fixture(scope="module")
def executor() -> Iterator[Executor]:
    with open_executor(workers=1) as found:
        yield found
