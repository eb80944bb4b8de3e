"""Designs beside each other: ``comparison.json``, its tables, figures and page."""
