"""Pictures of a workbook on their way to evidence: found, offered, proven, kept with their cell."""
