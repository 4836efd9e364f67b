"""``reportgen publish``: takes the built site to where others can read it."""

from pathlib import Path

import click

CHOICES = """\
Say where the site goes:

  reportgen publish gh-pages [PATH]   push it to the gh-pages branch of the project's git repository
  reportgen new --github [PATH]       let GitHub Actions build and deploy it after every push
  any web server or bucket            copy the folder PATH/site there: it is plain files
"""


@click.group(invoke_without_command=True)
@click.pass_context
def publish(context: click.Context) -> None:
    """Take the built site to where others can read it."""
    if context.invoked_subcommand is None:
        click.echo(CHOICES, err=True, nl=False)
        context.exit(2)


@publish.command("gh-pages")
@click.argument("path", type=click.Path(path_type=Path), default=".")
@click.option("--remote", default="origin", show_default=True, help="Git remote to push to.")
@click.option("--branch", default="gh-pages", show_default=True, help="Branch that holds nothing but the site.")
@click.option("--message", default="Publish the site with reportgen", show_default=True, help="Message of the commit.")
@click.option("--site-dir", type=click.Path(path_type=Path), help="Folder of the built site.  [default: PATH/site]")
@click.option("--build/--no-build", default=False, show_default=True, help="Build the site first.")
@click.pass_context
def gh_pages(
    context: click.Context, path: Path, remote: str, branch: str, message: str, site_dir: Path | None, build: bool
) -> None:
    """Push the built site to the branch that GitHub Pages serves.

    PATH is the project folder. The site becomes one new commit on the branch, with .nojekyll; neither your working tree
    nor your current branch changes.
    """
    from reportgen.publish import PagesBranch, check_site, pages_warnings, publish_branch

    if build:
        from reportgen.cli.build import build as build_command

        context.invoke(build_command, path=path, site_dir=site_dir)
    site = site_dir or path / "site"
    check_site(site)
    for warning in pages_warnings(site):
        click.echo(f"warning: {warning}", err=True)
    published = publish_branch(site, path, PagesBranch(remote, branch, message))
    if published.changed:
        click.echo(f"Pushed {site} to {branch} of {remote} as {published.commit[:10]}.")
    else:
        click.echo(f"{branch} of {remote} already has this site; nothing was pushed.")
    if published.address:
        click.echo(f"GitHub Pages shows it at {published.address} when it serves this branch (Settings > Pages).")
