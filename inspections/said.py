"""When what a step tells of happened (时间): as its form says, else when it was entered."""

from datetime import datetime

from inspections.snapshot import RecordedStep


def get_event_time(step: RecordedStep) -> datetime:
    """The instant that the form gives, else that of the entry."""
    said = step.values.get("at")
    return datetime.fromisoformat(said) if isinstance(said, str) and said else step.recorded_at
