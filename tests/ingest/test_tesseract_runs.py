"""Pages that wait for Tesseract share a run; what breaks a run is found out page by page."""

from __future__ import annotations

import threading
import time
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from pipeline.failures import DocumentFailure
from pipeline.ingest.tesseract import Manner
from pipeline.ingest.tesseract_runs import Reading, TesseractRuns
from tests.ingest.fakes import HEAD, LISTED, Faker

MANNER = Manner("Latin+swe", 300)

EACH_PAGE = """
case "$1" in *.list) pages=$(cat "$1");; *) pages=$1;; esac
echo $(echo $pages | wc -w) >> {folder}/runs
while [ ! -e {folder}/go ]; do sleep 0.02; done
printf '{head}' > "$2.tsv"
n=0
for page in $pages; do
  n=$((n + 1))
  size=$(head -n 2 "$page" | tail -n 1 | cut -d " " -f 1)
  if [ "$size" = {bad} ]; then exit 1; fi
  printf '5\\t%s\\t1\\t1\\t1\\t1\\t1\\t1\\t9\\t9\\t90\\t%s\\n' $n "$size" >> "$2.tsv"
done
"""
"""Says of each page how wide it is, one word, once it may go on; breaks on a page of the bad width."""


def read_all(fake: Faker, folder: Path, widths: range, *, at_once: int = 1, bad: int = 0) -> list[Future[Reading]]:
    """The answers for pages of these widths: the first is being read when the others ask."""
    fake(LISTED + EACH_PAGE.format(folder=folder, head=HEAD.replace("\t", "\\t").replace("\n", "\\n"), bad=bad))
    runs = TesseractRuns(at_once)
    asked = threading.Semaphore(0)

    def ask(width: int) -> Reading:
        image = Image.new("L", (width, 20), 255)
        asked.release()
        return runs.read(image, MANNER, seconds=30)

    with ThreadPoolExecutor(len(widths)) as pool:
        answers = [pool.submit(ask, width) for width in widths]
        for _ in widths:
            assert asked.acquire(timeout=20)
        threading.Timer(0.5, (folder / "go").touch).start()
    return answers


def words(answer: Future[Reading]) -> list[str]:
    return [word.text for word in answer.result().words]


@pytest.mark.parametrize("at_once", [1, 2, 4])
def test_each_page_gets_its_own_words_and_pages_share_runs(fake: Faker, tmp_path: Path, at_once: int) -> None:
    answers = read_all(fake, tmp_path, range(100, 109), at_once=at_once)
    assert [words(answer) for answer in answers] == [[str(width)] for width in range(100, 109)]
    pages = [int(line) for line in (tmp_path / "runs").read_text("utf-8").split()]
    assert sum(pages) == 9
    assert set(pages) == {1, 2}


def test_a_page_that_breaks_a_run_takes_no_other_with_it(fake: Faker, tmp_path: Path) -> None:
    answers = read_all(fake, tmp_path, range(100, 107), bad=104)
    for width, answer in zip(range(100, 107), answers, strict=True):
        if width == 104:
            with pytest.raises(DocumentFailure, match="crash"):
                answer.result()
        else:
            assert words(answer) == [str(width)]


def test_pages_to_be_read_in_other_manners_share_no_run(fake: Faker, tmp_path: Path) -> None:
    fake(LISTED + EACH_PAGE.format(folder=tmp_path, head="", bad=0))
    (tmp_path / "go").touch()
    runs = TesseractRuns(1)
    manners = [Manner("Latin+swe", resolution) for resolution in (200, 300, 400, 500)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda manner: runs.read(Image.new("L", (9, 9)), manner, seconds=30), manners))
    assert (tmp_path / "runs").read_text("utf-8").split() == ["1"] * 4


def test_what_still_waits_is_given_up_when_no_more_is_read(fake: Faker, tmp_path: Path) -> None:
    fake(LISTED + EACH_PAGE.format(folder=tmp_path, head="", bad=0))
    runs = TesseractRuns(1)
    image = Image.new("L", (9, 9))
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(runs.read, image, MANNER, seconds=30)
        while not (tmp_path / "runs").exists():
            time.sleep(0.02)
        second = pool.submit(runs.read, image, MANNER, seconds=30)
        runs.close()
        with pytest.raises(CancelledError):
            second.result(timeout=20)
        (tmp_path / "go").touch()
        assert first.result(timeout=20).words == []
    assert (tmp_path / "runs").read_text("utf-8").split() == ["1"]
