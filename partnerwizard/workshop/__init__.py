"""Twenty views, kept apart until the reveal: ballots, rounds, the record, and what a group's votes say together."""
