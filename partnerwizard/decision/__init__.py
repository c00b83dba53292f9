"""Numbers only: sets of weights, intervals of ratings, and what they say together about the options."""
