"""`python -m bersinar` is `bersinar`."""

from bersinar.cli import main

if __name__ == "__main__":
    main()
