"""The child process that fills an organisation's own template."""

from partnerwizard.report.own.worker import main

main()
