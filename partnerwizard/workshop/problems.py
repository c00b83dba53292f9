"""What cannot be done in a workshop, in words."""

from __future__ import annotations

from partnerwizard.files import FileProblem


class Refused(FileProblem):
    """Nothing was changed; `problems` holds one line for each reason: what is wrong, and what to do."""
