"""The chapters of the report: each turns one part of an appraisal into blocks."""
