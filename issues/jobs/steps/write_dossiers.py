"""Write the dossiers that people asked for in batches, one archive a unit."""

from issues.dossiers import batches
from issues.jobs.job import Tools


def find(tools: Tools) -> list[str]:
    """None where this process has no fonts to draw with, or no key."""
    return [str(id_) for id_ in batches.waiting()] if tools.faces and tools.seal else []


def do(tools: Tools, unit: str) -> bool:
    if tools.faces is None or tools.seal is None:
        return False
    return batches.write(int(unit), tools.store, tools.faces, tools.seal)
