"""Where the frozen command line starts; with one argument, the child process that fills own templates."""

import multiprocessing
import sys

if __name__ == "__main__":
    multiprocessing.freeze_support()
    if sys.argv[1:] == ["--fill-template"]:
        from partnerwizard.report.own import worker

        worker.main()
        sys.exit(0)

    from partnerwizard.cli import main

    sys.exit(main())
