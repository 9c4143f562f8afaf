"""Forms of audits, made from the records: one declaration for the workbook and the page."""
