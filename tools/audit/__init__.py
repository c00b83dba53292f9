"""What the program is built on: each package pinned, licensed, explained, and without a known weakness."""
