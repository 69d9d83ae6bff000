"""What a person typed into a form and has not sent: kept sealed, for that person alone, for days.

No fact of the record stands here. Decision 0076.
"""
