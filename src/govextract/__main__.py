"""``python -m govextract`` is the console script."""

from govextract.cli import main

if __name__ == "__main__":
    main()
