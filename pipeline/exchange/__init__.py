"""Both directions of every foreign format: the review workbook, REFI-QDA."""

from pipeline.exchange.refi_qda import write_project
from pipeline.exchange.review_workbook import ImportReport, export_review, import_review

__all__ = ["ImportReport", "export_review", "import_review", "write_project"]
