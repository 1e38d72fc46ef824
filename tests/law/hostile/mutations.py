"""Ways to break the product, each of which the hostile officer must find."""


def tried(seed: str, stories: int, workers: int) -> int:
    return 0
