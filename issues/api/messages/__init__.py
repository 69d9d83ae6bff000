"""What a person is told, for programs: their deadlines as a calendar."""
