"""The chapters of a course, a file for each kind of matter: what people do, told from the instant `at` of its decisive fact."""
