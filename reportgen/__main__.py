"""``reportgen`` and ``python -m reportgen``: the command line, where the packages that it needs are installed."""

import sys

from reportgen.errors import InstallationError, missing_package

MISUSED = 2


def main() -> None:
    """Run the command; a package that is missing is one sentence, no traceback."""
    try:
        from reportgen.cli import main as command

        command()
    except ModuleNotFoundError as error:
        missing = missing_package("reportgen", error)
        if not isinstance(missing, InstallationError):
            raise
        sys.stderr.write(f"{missing}\n")
        sys.exit(MISUSED)


if __name__ == "__main__":
    main()
