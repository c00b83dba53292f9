"""`python -m partnerwizard`: the command line."""

import sys

from partnerwizard.cli import main

if __name__ == "__main__":
    sys.exit(main())
