"""What a round of inspections and its activity say to each other."""

from models.messages import Message


class Batch(Message):
    """So many matters were inspected; `after` is the last number among them, None once there are no more.

    `opened` and `closed` count the tasks over findings, `failed` the inspections that raised an error, `passed_over` the matters of batches
    that could not be inspected at all. `owing`: an alert is to be opened, brought up to date or cleared; of batches that do not say so, maybe.
    """

    after: str | None
    inspected: int = 0
    opened: int = 0
    closed: int = 0
    failed: int = 0
    passed_over: int = 0
    owing: bool = True
