"""The words of decisions, notices and requests (决定书、通知书、意见书) beyond the first."""

DECISIONS: dict[str, object] = {}
