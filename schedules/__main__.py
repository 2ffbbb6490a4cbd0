"""`python -m schedules` is `fuhan`: how the daemon starts its crawls."""

from schedules.cli.cli import main

main()
