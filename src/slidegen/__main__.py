"""`python -m slidegen` is the console script."""

from slidegen.cli import main

if __name__ == "__main__":
    main()
