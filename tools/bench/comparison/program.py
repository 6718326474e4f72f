"""One of the programs that are compared."""
import dataclasses
import os
from typing import Callable, Optional


@dataclasses.dataclass(frozen=True)
class Program:
    needs: str  # whose build it needs: a key of prepare.PEERS
    name: str
    mode: str
    start: list
    environment: Optional[Callable[[], dict]] = None
    further: bool = False

    @property
    def label(self):
        return f"{self.name} ({self.mode})"

    def command(self, schedule):
        return [str(part) for part in self.start] + ["--schedule", str(schedule), "--mode", self.mode]

    def environ(self):
        return {**os.environ, **(self.environment() if self.environment else {})}
