"""Any decision table as a file, and the decision engine's answer as a document."""
