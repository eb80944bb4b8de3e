"""The tables of a run, as words whose numbers know their places: printed in the terminal and set in the report."""

from ovning.report.tables.consequences import flows, services, stocks
from ovning.report.tables.injects import injects, mandates
from ovning.report.tables.levels import levels, path
from ovning.report.tables.objectives import limits, objectives
from ovning.report.tables.remedies import changed_criteria, remedies
from ovning.report.tables.starts import starts, starts_criteria
from ovning.report.tables.strain import endurance, loads, strain, unmanned
from ovning.report.tables.table import Table
from ovning.report.tables.waiting import waited_for, waited_why

__all__ = [
    "Table",
    "changed_criteria",
    "endurance",
    "flows",
    "injects",
    "levels",
    "limits",
    "loads",
    "mandates",
    "objectives",
    "path",
    "remedies",
    "services",
    "starts",
    "starts_criteria",
    "stocks",
    "strain",
    "unmanned",
    "waited_for",
    "waited_why",
]
