"""Named files in one place: a folder of this machine, or a bucket. What is derived or published goes through here."""

from reportgen.storage.folder import Folder as Folder
from reportgen.storage.storage import Storage as Storage
