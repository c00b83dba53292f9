"""Joins pack, case and decision: from answers to a verdict that shows its reasons."""
