"""`python -m schedules` is `fuhan`: how the daemon starts its crawls."""

from schedules.cli import main

main()
