"""Tests of the plug-in; the judge runs them before it asks the plug-in."""

from ekscc_moto import server  # noqa: F401  sets up the environment before moto reads it
