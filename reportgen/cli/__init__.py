"""The command line: ``reportgen <command>``. One file for each command, imported when it is used."""

import importlib

import click

from reportgen.errors import ReportgenError

COMMANDS = {
    "build": "reportgen.cli.build:build",
    "new": "reportgen.cli.new:new",
    "publish": "reportgen.cli.publish:publish",
    "runs": "reportgen.cli.runs:runs",
    "serve": "reportgen.cli.serve:serve",
}
"""Name of a command -> where it is."""

EXAMPLES = """\b
Examples:
  reportgen build                 the site of this folder goes to site/
  reportgen runs --sort -val/acc  list the runs, the best first
  reportgen build study --strict  fail when anything in the data is wrong
  reportgen publish gh-pages      push the built site to GitHub Pages
"""


class Failure(click.ClickException):
    """A mistake that a person can mend: a message without a traceback, and exit code 2."""

    exit_code = 2


class Commands(click.Group):
    """The commands in `COMMANDS`, each imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        """The names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 (likewise)
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; what a person did wrong becomes a message."""
        try:
            return super().invoke(ctx)
        except ReportgenError as error:
            raise Failure(str(error)) from error


@click.command(cls=Commands, epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="reportgen", prog_name="reportgen", message="%(prog)s %(version)s")
def main() -> None:
    """Turn the run logs of machine-learning experiments into a static web site."""
