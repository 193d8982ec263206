# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Figures with their limits, as one aligned table."""


class Table:
    """Collects figures. LIMITS: name to (unit, limit); a limit of None is for information."""

    def __init__(self, limits):
        self._limits = limits
        self._rows = []
        self.missed = []

    def add(self, name, value, what, runs=None):
        """One figure; RUNS are the single measurements it is the median of."""
        unit, limit = self._limits[name]
        missed = limit is not None and value > limit
        if missed:
            self.missed.append(name)
        self._rows.append((what, _number(value), unit, "" if limit is None else f"<= {limit:g}",
                           "MISSED" if missed else "" if limit is None else "ok",
                           " ".join(_number(run) for run in runs or ())))
        print("  ".join(part for part in self._rows[-1] if part), flush=True)

    def text(self):
        rows = [("figure", "", "unit", "limit", "", "runs"), *self._rows]
        widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
        lines = []
        for row in rows:
            cells = [cell.rjust(width) if i == 1 else cell.ljust(width)
                     for i, (cell, width) in enumerate(zip(row, widths))]
            lines.append("  ".join(cells).rstrip())
        lines.insert(1, "-" * max(map(len, lines)))
        return "\n".join(lines)


def _number(value):
    if isinstance(value, int):
        return str(value)
    decimals = 0 if abs(value) >= 1000 else 2 if abs(value) < 10 else 1
    return f"{value:.{decimals}f}"
