"""What a reviewer should look at twice, found by rule and ruled by a person."""
