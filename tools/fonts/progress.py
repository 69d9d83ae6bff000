"""How far a step is: one line that renews itself on a terminal, a line each quarter elsewhere."""

import sys

QUARTERS = 4
WHOLE = 100


class Progress:
    def __init__(self, label: str, total: int) -> None:
        self.label, self.total, self.done = label, total, 0
        self._told = 0

    def step(self, count: int = 1) -> None:
        self.done += count
        if sys.stdout.isatty():
            share = WHOLE * self.done // self.total
            end = "\n" if self.done >= self.total else ""
            print(f"\r    {self.label} {share}%", end=end, flush=True)
            return
        quarter = QUARTERS * self.done // self.total
        if quarter > self._told:
            self._told = quarter
            print(f"    {self.label} {WHOLE * quarter // QUARTERS}%", flush=True)
