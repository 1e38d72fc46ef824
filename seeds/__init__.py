"""The invented county: people, units, stories and courses for the demonstration and the tests. No real place or person."""
