"""govextract: Chinese government reports to one normalised table of facts."""

__version__ = "0.1.0"
