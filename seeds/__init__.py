"""The invented county: people, units, stories and scenarios for the demonstration and the tests. No real place or person."""
