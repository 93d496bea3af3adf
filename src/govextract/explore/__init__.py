"""A page to look at a run: its reports with their facts marked, tables, charts and problems.

The page needs no network, no server and no program but a browser. What it shows comes from the
tables of the run; the texts are read again from the reports.
"""

from __future__ import annotations

from govextract.explore.write import Written, write_folder, write_page

__all__ = ["Written", "write_folder", "write_page"]
