"""What a person left unsent: one's own list, and where pages keep it while somebody types."""
