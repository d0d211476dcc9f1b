"""`python -m reportpack`."""

from reportpack.cli.main import main

main()
