"""Where the frozen command line starts."""

import multiprocessing
import sys

from partnerwizard.cli import main

if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
