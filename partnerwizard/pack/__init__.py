"""What the guidance says: the pack's models, its conditions on facts, loading and checking."""
