"""Every foreign format, both ways: review workbook, REFI-QDA, annotations, training data, a database."""

from pipeline.exchange.refi_answers import import_project
from pipeline.exchange.refi_qda import write_project
from pipeline.exchange.review_workbook import ImportReport, export_review, import_review

__all__ = ["ImportReport", "export_review", "import_project", "import_review", "write_project"]
