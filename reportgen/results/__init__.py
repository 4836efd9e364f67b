"""Results for notebooks and scripts: ``reportgen.load`` of a project folder, a site's folder or a site's address."""

from reportgen.results.files import LoadedFile as LoadedFile
from reportgen.results.loading import load as load
from reportgen.results.results import Results as Results
from reportgen.results.run import LoadedRun as LoadedRun
