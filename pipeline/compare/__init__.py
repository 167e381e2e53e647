"""What follows from many documents, or from a date."""

from pipeline.compare.changes import find_changes
from pipeline.compare.comparing import compare_requirements
from pipeline.compare.counts import count_metrics
from pipeline.compare.graph import build_graph, read_graph, write_graph
from pipeline.compare.weighing import WeighedDocument, weigh_document

__all__ = [
    "WeighedDocument", "build_graph", "compare_requirements", "count_metrics", "find_changes", "read_graph",
    "weigh_document", "write_graph",
]  # fmt: skip
