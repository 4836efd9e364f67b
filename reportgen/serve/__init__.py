"""A server for one's own machine: it builds a project again whenever something changes, and its pages follow."""

from reportgen.serve.session import Session as Session
