"""The manual inside: what docs/manual says, who reads which of it, and how it is searched.

The texts stand in docs/manual and nowhere else; what a rule, a paper or a word means is told by
its own record. Read once a process.
"""
