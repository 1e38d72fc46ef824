"""What the forms of a search refuse: a number in a notice to the public, and a death told by one alone."""

import pytest
from pydantic import ValidationError

from models.forms.missing_found import TellFamilyOfDeath
from models.forms.missing_means import PublishNotice
from tests.tables import table

NOTICE = {"where": "公众号", "until": "2026-12-20"}


@table(
    "content",
    [
        "小宇，身份证号330106199001011234，走失",
        "证件号 330106 19900101 123X。",
        "旧证330106900101123，请联系",
        "330106-19900101-1234",
    ],
)
def test_a_notice_to_the_public_bears_no_citizens_number_however_it_is_typed(content: str) -> None:
    with pytest.raises(ValidationError, match="不得写公民身份号码"):
        PublishNotice.model_validate(NOTICE | {"content": content})


def test_a_notice_to_the_public_bears_the_telephone_to_call() -> None:
    assert PublishNotice.model_validate(NOTICE | {"content": "小宇走失，请拨打0571-88880000或者13900007001"})


def test_a_death_is_told_by_two() -> None:
    said = {"told": "儿子", "words": "当面告知"}
    for alone in ("刘思源", "刘思源、", "刘思源、刘思源"):
        with pytest.raises(ValidationError, match="两名以上"):
            TellFamilyOfDeath.model_validate(said | {"officers": alone})
    assert TellFamilyOfDeath.model_validate(said | {"officers": "刘思源、马朝"})
