"""What a workshop hands out: ballots, the facilitator's guide and its wall page."""
