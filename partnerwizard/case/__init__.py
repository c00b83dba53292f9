"""What the user said: the saved case, plain answers, and the case file."""
