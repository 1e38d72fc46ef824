"""A day at the bureau, played: people who wait until they are told, and an account of who was told of what, and how soon."""
