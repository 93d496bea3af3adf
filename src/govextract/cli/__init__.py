"""The command line: arguments and printing, no logic. One module a group of commands."""


def main() -> None:
    """Run the command line."""
