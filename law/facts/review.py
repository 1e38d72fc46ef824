"""Case review (案件评查): files are drawn by lot, scored twice, and told to the unit, which may object."""

from law.facts.area import Area
from law.facts.declaration import MATTER, SUBJECT, fact


class ReviewFacts:
    """Case review (案件评查)."""

    # The round.
    REVIEW_ROUND_OPENED = fact("review.round-opened", "制定评查计划", scope=MATTER, area=Area.OWN_RULES)
    REVIEW_DRAWN = fact("review.drawn", "抽取案卷", scope=MATTER, area=Area.OWN_RULES, after="review.round-opened")
    REVIEW_PUBLISHED = fact("review.published", "公布评查结果", scope=MATTER, area=Area.OWN_RULES, after="review.drawn")
    REVIEW_REVIEWERS_NAMED = fact("review.reviewers-named", "分派评查人员", scope=MATTER, area=Area.OWN_RULES, after="review.drawn")
    # A seat of a file (about it: `1`, `2`): given to somebody, given back or taken away, and its sheet filled in.
    REVIEW_ASSIGNED = fact("review.assigned", "分派评查席位", scope=SUBJECT, area=Area.OWN_RULES)
    REVIEW_RELEASED = fact("review.released", "解除评查席位", scope=SUBJECT, area=Area.OWN_RULES)
    REVIEW_SCORED = fact("review.scored", "评查打分", scope=SUBJECT, area=Area.OWN_RULES)
    # One file.
    REVIEW_BEGUN = fact("review.begun", "列入评查", scope=MATTER, area=Area.OWN_RULES)
    REVIEW_SETTLED = fact("review.settled", "评查定分", scope=MATTER, area=Area.OWN_RULES, after="review.begun")
    REVIEW_TOLD = fact("review.told", "反馈评查结果", scope=MATTER, area=Area.OWN_RULES, after="review.settled")
    REVIEW_OBJECTED = fact("review.objected", "申请评查复核", scope=MATTER, area=Area.OWN_RULES, after="review.told")
    REVIEW_RECHECKED = fact("review.rechecked", "评查复核", scope=MATTER, area=Area.OWN_RULES, after="review.objected")
    REVIEW_SENT_BACK = fact("review.sent-back", "退查", scope=MATTER, area=Area.OWN_RULES, after="review.told")
    REVIEW_CLOSED = fact("review.closed", "评查办结", scope=MATTER, area=Area.OWN_RULES, after="review.told")
