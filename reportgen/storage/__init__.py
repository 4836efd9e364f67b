"""Named files in one place: a folder of this machine, or a bucket. What is derived or published goes through here."""

from reportgen.storage.folder import Folder as Folder
from reportgen.storage.opened import cached_storage as cached_storage
from reportgen.storage.opened import is_url as is_url
from reportgen.storage.opened import storage_of as storage_of
from reportgen.storage.storage import Storage as Storage
