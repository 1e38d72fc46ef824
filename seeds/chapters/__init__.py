"""The chapters of the demonstration, a file for each kind of matter: what people do, told from the instant `at` of its decisive fact."""
