"""Lets `python -m slidegen` run the command line."""

from slidegen.cli import main

if __name__ == "__main__":
    main()
