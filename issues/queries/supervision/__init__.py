"""Look-backs and the leader's week."""
