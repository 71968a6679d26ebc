"""Django's own way in, for those who look for it; `bersinar` does the same."""

from bersinar.cli import main

if __name__ == "__main__":
    main()
