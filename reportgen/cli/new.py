"""``reportgen new``: writes files that a project starts with."""

from pathlib import Path, PurePosixPath

import click


@click.command()
@click.argument("path", type=click.Path(exists=True, file_okay=False, path_type=Path), default=".")
@click.option("--github", is_flag=True, help="Write a workflow that builds and deploys the site with GitHub Actions.")
@click.option("--branch", help="A push to this branch publishes.  [default: the current branch]")
@click.option("--install", metavar="REQUIREMENT", help="What pip installs there.  [default: where this one came from]")
@click.option("--force", is_flag=True, help="Replace a file that is there already.")
@click.pass_context
def new(context: click.Context, path: Path, github: bool, branch: str | None, install: str | None, force: bool) -> None:
    """Write files that a project starts with, and say what to do with them.

    PATH is the project folder; a workflow goes into the repository that holds it.
    """
    if not github:
        click.echo("Say what to write: `reportgen new --github` for a workflow that publishes the site.", err=True)
        context.exit(2)
    from reportgen.publish import Workflow, installed_requirement, write_workflow
    from reportgen.publish.git import answer, repository_root

    root = repository_root(path) or path.resolve()
    folder = PurePosixPath(path.resolve().relative_to(root.resolve()).as_posix())
    branch = branch or answer(path, "symbolic-ref", "--short", "HEAD") or "main"
    requirement = installed_requirement() if install is None else install
    written = write_workflow(root, Workflow(folder, branch, requirement), force=force)
    click.echo(f"Wrote {written}.")
    if not requirement:
        click.echo(
            "Nothing says where GitHub can install this reportgen from: set the repository's variable REPORTGEN to a "
            "requirement for pip, or write the workflow again with --install."
        )
    click.echo(f"Commit it with the run logs, push {branch}, and choose Settings > Pages > Source: GitHub Actions.")
