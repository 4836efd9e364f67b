"""Telling a person: recorded in the run, posted to an address if there is one."""
