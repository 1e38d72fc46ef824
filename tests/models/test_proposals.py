"""What a matter knows is proposed, and not asked again."""

from typing import Any

from law.facts import Fact
from models.forms.criminal_case import FileCase, NameSuspect
from models.forms.custody import DiscoverNewCrime, StartEvaluation
from models.forms.detention import ExecuteDetention
from models.forms.form import Form
from models.forms.harmed import RecordHarmed
from models.forms.incident import ClassifyIncident, FileAdministrativeCase
from models.forms.incident_questioning import SummonForInquiry
from models.forms.public_order_case import NameOffender
from models.forms.public_order_hearing import AppointHearing, NotifyPenalty
from models.forms.public_order_penalty import DecidePenalty
from models.forms.suspect import NotifyFamily
from models.readmodel.known_values import Known, build_proposals, fill_schema
from tests.tables import table

OFFENDER = {"id": "person-1", "role": "offender", "name": "王立", "citizen_id": "11010519491231002X"}


def _values(form: Any, known: Known) -> dict[str, Any]:
    return {name: each.value for name, each in build_proposals(form, known).items()}


def test_the_words_of_the_report_propose_what_nobody_has_answered_yet() -> None:
    assert _values(ClassifyIncident, Known(words="一人头部流血")) == {"injured": True, "filed": True}
    assert _values(ClassifyIncident, Known(words="无人受伤")) == {"filed": True}
    answered = Known(words="一人头部流血", entries=[("classify-incident", {"injured": False, "violation": "za-51-1"})])
    assert _values(FileAdministrativeCase, answered) == {"injured": False, "violation": "za-51-1"}


def test_a_decision_takes_over_what_the_case_and_the_notice_said() -> None:
    said = [
        ("file-public-order-case", {"violation": "za-51-1", "injured": True}),
        ("notify-penalty", {"penalty": "行政拘留五日并处罚款二百元", "minor": False}),
    ]
    facts = frozenset({str(Fact.HEARING_RIGHT_TOLD), str(Fact.LEGAL_REVIEW_DONE)})
    proposed = _values(DecidePenalty, Known(facts=facts, entries=said))
    assert (proposed["violation"], proposed["penalty"]) == ("za-51-1", "detention-and-fine")
    assert (proposed["detention_days"], proposed["fine_yuan"]) == (5, 200)
    assert (proposed["hearing_due"], proposed["review_due"], "discussion_due" in proposed) == (True, True, False)


def test_what_is_known_of_one_person_is_not_proposed_for_another() -> None:
    known = Known(people=[OFFENDER], entries=[("name-offender", {"minor": True, "name": "王立"})])
    assert _values(NotifyPenalty, known)["minor"] is True
    assert _values(NameOffender, known) == {"person": 2}


def test_the_people_of_a_matter_are_named_beside_their_numbers_and_no_name_is_asked_again() -> None:
    schema = fill_schema(SummonForInquiry.model_json_schema(), SummonForInquiry, Known(people=[OFFENDER]))
    assert "1 王立" in schema["properties"]["person"]["description"]
    assert "name" not in schema["required"]


def test_a_name_is_asked_only_of_whoever_the_matter_does_not_know() -> None:
    asked = [
        fill_schema(SummonForInquiry.model_json_schema(), SummonForInquiry, Known(people=people))["properties"]["name"][
            "x-only-where"
        ]
        for people in ([], [OFFENDER], [OFFENDER, {"id": "person-4", "role": "questioned", "name": "李某"}])
    ]
    assert asked == [{"person": [1]}, {"person": [2]}, {"person": [5]}]


def test_whoever_was_brought_in_is_proposed_as_the_one_who_did_it() -> None:
    brought_in = {"id": "person-1", "role": "questioned", "name": "李某", "citizen_id": "11010519491231002X"}
    assert _values(NameOffender, Known(people=[brought_in])) == {"name": "李某", "citizen_number": "11010519491231002X"}
    assert _values(NameOffender, Known(people=[{**brought_in, "roles": "offender questioned"}])) == {"person": 2}


def test_the_charge_of_another_crime_is_not_proposed_to_be_the_known_one() -> None:
    known = Known(entries=[("file-case", {"charge": "xf-266"})])
    assert _values(DiscoverNewCrime, known) == {}
    assert _values(FileCase, known) == {"charge": "xf-266"}


def test_whether_others_await_their_decision_is_asked_only_where_there_are_others() -> None:
    other = {"id": "person-2", "role": "offender", "name": "李某"}
    for people, asked in (([], False), ([OFFENDER], False), ([OFFENDER, other], True)):
        schema = fill_schema(DecidePenalty.model_json_schema(), DecidePenalty, Known(people=people))
        assert ("others_pending" in schema["properties"]) is asked


@table(
    ("form", "field", "facts", "asked"),
    [
        # An incident that is no case yet may come to be either.
        (SummonForInquiry, "other_law", (), True),
        (SummonForInquiry, "other_law", (Fact.PUBLIC_ORDER_CASE_FILED,), False),
        (SummonForInquiry, "other_law", (Fact.OTHER_LAW_CASE_FILED,), True),
        (DecidePenalty, "other_law", (Fact.PUBLIC_ORDER_CASE_FILED,), False),
        (DecidePenalty, "other_law", (Fact.OTHER_LAW_CASE_FILED,), True),
        (ExecuteDetention, "new_facts", (), False),
        (ExecuteDetention, "new_facts", (Fact.PRIOR_DETENTION_EXECUTED, Fact.PERSON_RELEASED), True),
        (StartEvaluation, "again", (), False),
        (StartEvaluation, "why", (Fact.EVALUATION_STARTED, Fact.EVALUATION_ENDED), True),
        (AppointHearing, "postponed", (Fact.HEARING_REQUESTED,), False),
        (AppointHearing, "postponed", (Fact.HEARING_APPOINTED,), True),
        (NotifyFamily, "guardian", (), False),
        (NotifyFamily, "guardian", (Fact.PERSON_FOUND_MINOR,), True),
    ],
)
def test_what_hangs_on_facts_is_asked_only_in_a_matter_that_knows_them(
    form: type[Form], field: str, facts: tuple[Fact, ...], asked: bool
) -> None:
    known = Known(facts=frozenset(facts), entries=[("file-public-order-case", {"other_law": True})])
    assert (field in fill_schema(form.model_json_schema(), form, known)["properties"]) is asked
    # What nobody is asked may be left open, or the step could not be taken.
    assert not form.model_fields[field].is_required()
    assert field in form.model_json_schema()["properties"], "whoever has the contract alone is told of it, and when it is asked"


def test_who_reported_it_is_proposed_as_whom_it_befell_until_somebody_is_known() -> None:
    caller = {"id": "reporter", "role": "reporter", "name": "温如玉", "citizen_id": "11010519491231002X", "sex": "女"}
    assert _values(RecordHarmed, Known(callers=[caller])) == {"name": "温如玉", "citizen_number": "11010519491231002X"}
    assert _values(RecordHarmed, Known(callers=[{**caller, "citizen_id": ""}])) == {"name": "温如玉", "sex": "女"}
    assert _values(RecordHarmed, Known(people=[{**caller, "role": "victim"}], callers=[caller])) == {}


def test_who_came_along_from_another_case_is_proposed_as_suspect_once() -> None:
    assert _values(NameSuspect, Known(people=[OFFENDER])) == {"name": "王立", "citizen_number": "11010519491231002X"}
    assert _values(NameSuspect, Known(people=[OFFENDER], entries=[("name-suspect", {"name": "王立"})])) == {}
