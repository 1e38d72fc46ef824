"""Drives (专项清查): old cases, or identities in doubt, are gone through one by one; each is answered for, and looked at by somebody else."""

from law.facts.area import Area
from law.facts.declaration import MATTER, fact


class DriveFacts:
    """Drives (专项清查)."""

    # The drive, which is a round of its own purpose.
    DRIVE_LAUNCHED = fact("drive.launched", "启动清查", scope=MATTER, area=Area.OWN_RULES, after="review.round-opened")
    DRIVE_CONCLUDED = fact("drive.concluded", "清查总结", scope=MATTER, area=Area.OWN_RULES, after="drive.launched")
    # One item; that it is about an identity decides by which form it is answered.
    DRIVE_ITEM_BEGUN = fact("drive.item-begun", "列入清查", scope=MATTER, area=Area.OWN_RULES)
    DRIVE_ITEM_OF_IDENTITY = fact("drive.item-of-identity", "列入身份信息核查", scope=MATTER, area=Area.OWN_RULES)
    DRIVE_ITEM_ANSWERED = fact("drive.item-answered", "反馈清查结果", scope=MATTER, area=Area.OWN_RULES, after="drive.item-begun")
    DRIVE_ITEM_VERIFIED = fact(
        "drive.item-verified", "核验清查结果", scope=MATTER, area=Area.OWN_RULES, after="drive.item-answered"
    )
    DRIVE_ITEM_RETURNED = fact(
        "drive.item-returned", "退回重新清查", scope=MATTER, area=Area.OWN_RULES, after="drive.item-answered"
    )
