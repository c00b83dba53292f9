"""The pages of the workshop: an area of its own, in the step list only once a case has a workshop."""

from __future__ import annotations

from ui.places import Place

SET_UP = "workshop"
ROUND = "workshop-round"
RESULTS = "workshop-results"
RECORD = "workshop-record"

WORKSHOP_PLACES = (
    Place(SET_UP, "Set up the workshop", False),
    Place(ROUND, "Rounds", False),
    Place(RESULTS, "What the votes say", False),
    Place(RECORD, "Record of the workshop", False),
)
