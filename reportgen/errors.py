"""Errors that a person caused and can mend. Bad data is never an error: it is a `model.Problem` on what it spoils."""


class ReportgenError(Exception):
    """What went wrong, where, and what to do about it, in words for the person at the terminal.

    Attributes:
        slug: the anchor of this error in ``docs/reference/errors.md``.
    """

    slug = "error"

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        super().__init__(str(self))

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head}\n  {self.remedy}" if self.remedy else head


class UsageError(ReportgenError):
    """A call or command that cannot mean anything, such as logging something that is no dict."""

    slug = "usage"


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


class PublishError(ReportgenError):
    """Publishing failed: no repository, no remote, or the push was refused."""

    slug = "publish"
