"""Errors that a person caused and can mend. Bad data is never an error: it is a `model.Problem` on what it spoils."""


class ReportgenError(Exception):
    """What went wrong, where, and what to do about it, in words for the person at the terminal.

    Attributes:
        slug: the anchor of this error in ``docs/reference/errors.md``.
        message: all of it, under wandb's name.
    """

    slug = "error"

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        self.message = str(self)
        super().__init__(self.message)

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head}\n  {self.remedy}" if self.remedy else head


Error = ReportgenError
"""The name that scripts written for wandb catch."""


class UsageError(ReportgenError):
    """A call or command that cannot mean anything, such as logging something that is no dict."""

    slug = "usage"


class ConfigError(UsageError):
    """A value of a run's configuration changed without permission. Told, and raised only when strict."""

    slug = "config"


class UnsupportedError(UsageError):
    """A call that cannot be done here, under wandb's name."""


class ServerError(UnsupportedError):
    """A call that only a tracking server could answer."""

    slug = "server"


class InstallationError(ReportgenError, ImportError):
    """A package is missing that this part of reportgen needs."""

    slug = "installation"


class CommError(ReportgenError):
    """What was asked for by name cannot be had. The name is wandb's, which asks its server for it."""

    slug = "missing"


class AuthenticationError(CommError):
    """Never raised, as there is no account: a name for scripts that catch it."""


class MissingError(UsageError, CommError):
    """There is no project, run or file of this name."""

    slug = "missing"


class ArtifactError(UsageError, CommError):
    """An artifact that is not there, or whose contents are missing or damaged."""

    slug = "artifact"


class ResultsError(CommError):
    """Results that `reportgen.load` cannot have: nothing there is a project or a site, or it cannot be read."""

    slug = "results"


class ProjectError(ReportgenError):
    """The folder given is no project, or its configuration does not fit."""

    slug = "project"


class QueryError(ReportgenError):
    """A filter or expression that does not parse or cannot be computed."""

    slug = "query"


class BlockError(ReportgenError):
    """A block of a report whose body is wrong: unknown key, missing metric, no run selected."""

    slug = "block"


class AssetsError(ReportgenError):
    """The browser code was not built into the installation."""

    slug = "assets"


class ExecutorError(ReportgenError):
    """Workers that were asked for cannot be used: nobody answers there, or their packages are others."""

    slug = "executor"


class StorageError(ReportgenError):
    """A place that was named by URL cannot be used: it is not there, or does not let us in."""

    slug = "storage"


class PublishError(ReportgenError):
    """Publishing failed: no repository, no remote, or the push was refused."""

    slug = "publish"


def missing_package(what: str, error: ModuleNotFoundError) -> ImportError:
    """The error of a package that is not installed, in words; one of our own modules missing stays what it is."""
    package = (error.name or "").partition(".")[0]
    if package in {"", "reportgen"}:
        return error
    remedy = "pip install reportgen   (without --no-deps: logging needs no packages, building a site does)"
    return InstallationError(f"the package {package} is not installed", where=what, remedy=remedy)
