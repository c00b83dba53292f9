"""Hostile input made by machine for everything that the program reads; see `__main__`."""
