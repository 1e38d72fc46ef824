"""Pictures that no page and no paper shows (HEIC of a telephone, BMP of a scanner): each converted in a process of its own with bounded resources."""
