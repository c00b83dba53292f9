"""Partner Wizard: which partnering model fits a trust, how firmly, and why."""

__version__ = "0.1.0"
