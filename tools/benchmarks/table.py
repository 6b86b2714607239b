"""Rows of what was measured, as a table for people or as JSON."""

import dataclasses


@dataclasses.dataclass
class Row:
    """One piece of work. `ours` and `reference` are in `unit`, and `ratio` is ours to the reference's."""

    work: str
    ours: float
    unit: str
    reference: float | None = None
    by: str = ""
    aim: str = ""
    met: bool | None = None
    # Why there is no reference, where one was wanted.
    note: str = ""
    # Every round, and what else was counted.
    details: dict = dataclasses.field(default_factory=dict)

    @property
    def ratio(self):
        return self.ours / self.reference if self.reference else None

    def cells(self):
        reference = f"{number(self.reference, self.unit)} {self.by}" if self.reference else self.note or "-"
        met = {None: "-", True: "met", False: "missed"}[self.met]
        ratio = f"{self.ratio:.2f}" if self.ratio else "-"
        return [self.work, number(self.ours, self.unit), reference, ratio, self.aim or "-", met]

    def json(self):
        return {**dataclasses.asdict(self), "ratio": self.ratio}


def number(value, unit):
    precise = {"s": ".2f", "MB": ".0f"}.get(unit, ",.0f")
    return f"{value:{precise}} {unit}"


def lines(rows):
    """The table, aligned."""
    cells = [["work", "ours", "reference", "ratio", "aim", "met"]] + [row.cells() for row in rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in cells]
