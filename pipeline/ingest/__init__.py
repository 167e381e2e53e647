"""Ingest: files in, readings out. `find_sources` lists what is there, `read_document` reads one."""

from pipeline.ingest.reader import read_document
from pipeline.ingest.shingles import ALIKE, compare_texts, sign
from pipeline.ingest.sources import SourceEntry, find_sources, opened_source

__all__ = ["ALIKE", "SourceEntry", "compare_texts", "find_sources", "opened_source", "read_document", "sign"]
