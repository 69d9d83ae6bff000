"""The rules of colour and of counted days: pure, standard library only, no database, no clock."""
