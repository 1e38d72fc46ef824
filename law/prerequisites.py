"""What must have happened before what: the one table of facts that follow other facts."""

from collections.abc import Mapping
from dataclasses import dataclass

from law.citations import Article
from law.facts import BAIL_BEGINS, HANDED_ON, SURVEILLANCE_BEGINS, Fact
from law.instruments import APL, ARL, BAIL, CPL, CUST, LA, MPSA, MPSC, PET, PSAPL, SCL, SPP, SUP


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """One of `facts` must have happened first; `basis` is the article that says so, if one does.

    Where it answers `each`, it uses up those that it follows: what has been received, decided or executed once is not so a second time.
    `also` are further facts of which it may answer one, though none of them lets it happen the first time; what is `beside` it answers
    the same as it does, as a refusal does beside an approval.
    """

    facts: tuple[Fact, ...]
    basis: Article | None = None
    each: bool = False
    also: tuple[Fact, ...] = ()
    beside: tuple[Fact, ...] = ()


_ACCEPTED = (Fact.CASE_ACCEPTED, Fact.ECONOMIC_CASE_ACCEPTED, Fact.REFERRAL_ACCEPTED, Fact.REFERRAL_INCOMPLETE)
_HELD = (Fact.DETENTION_EXECUTED, Fact.PRIOR_DETENTION_EXECUTED, Fact.ARREST_EXECUTED)
_BROUGHT_IN = (*_HELD, Fact.PERSON_SUMMONED, Fact.PERSON_COMPELLED, Fact.PERSON_STOPPED, Fact.VULNERABLE_PERSON_STOPPED)
_STOPPED = (Fact.PERSON_STOPPED, Fact.VULNERABLE_PERSON_STOPPED)
_QUESTIONED_ADMIN = (Fact.PERSON_SUMMONED_ADMIN, Fact.PERSON_SUMMONED_OTHER_LAW)
_FILED = (Fact.CASE_FILED, Fact.CASE_REOPENED)
# The procuratorate has the case: sent to it, sent again, or come back to it from the court.
_WITH_PROCURATORATE = (Fact.CASE_SENT_TO_PROCURATORATE, Fact.CASE_SENT_AGAIN, Fact.TRIAL_NOT_ACCEPTED, Fact.PROSECUTION_WITHDRAWN)
# By these a refusal to approve an arrest is looked at again, or an approval comes that nobody asked for.
_ARREST_LOOKED_AT_AGAIN = (
    Fact.ARREST_RECONSIDERATION_REQUESTED,
    Fact.ARREST_REVIEW_REQUESTED,
    Fact.ARREST_DECIDED_UNASKED,
)
_ADMIN_FILED = (Fact.PUBLIC_ORDER_CASE_FILED, Fact.OTHER_LAW_CASE_FILED)
_PENALTY_DECIDED = (Fact.PENALTY_DECIDED, Fact.OTHER_LAW_PENALTY_DECIDED, Fact.NO_PENALTY_DECIDED)
_CLOSABLE = (Fact.PUBLIC_ORDER_CASE_DECIDED, Fact.MEDIATION_PERFORMED)
_SEIZED_ADMIN = (Fact.EXHIBIT_SEIZED_ADMIN, Fact.EXHIBIT_SEIZED_ON_THE_SPOT, Fact.EXHIBIT_SEIZURE_TRANSFERRED)

PREREQUISITES: Mapping[Fact, Prerequisite] = {
    # Incident
    Fact.INCIDENT_DISPATCHED: Prerequisite((Fact.INCIDENT_RECEIVED,)),
    Fact.INCIDENT_ARRIVED: Prerequisite((Fact.INCIDENT_RECEIVED,)),
    Fact.INCIDENT_HANDLED: Prerequisite((Fact.INCIDENT_RECEIVED,)),
    Fact.INCIDENT_CLASSIFIED: Prerequisite((Fact.INCIDENT_RECEIVED,)),
    Fact.INCIDENT_CLOSED: Prerequisite((Fact.INCIDENT_RECEIVED,)),
    Fact.REPORTER_CONTACTED: Prerequisite((Fact.WRITTEN_REPORT_RECEIVED,)),
    # Filing and its remedies
    Fact.FILING_REVIEW_EXTENDED: Prerequisite(_ACCEPTED),
    Fact.CASE_FILED: Prerequisite(_ACCEPTED, MPSC.article(178)),
    Fact.CASE_NOT_FILED: Prerequisite(_ACCEPTED, MPSC.article(178)),
    Fact.NO_FILING_NOTICE_SERVED: Prerequisite((Fact.CASE_NOT_FILED,), MPSC.article(178)),
    Fact.NO_FILING_RECONSIDERATION_DECIDED: Prerequisite((Fact.NO_FILING_RECONSIDERATION_RECEIVED,), MPSC.article(179)),
    Fact.NO_FILING_RECONSIDERATION_SERVED: Prerequisite((Fact.NO_FILING_RECONSIDERATION_DECIDED,), MPSC.article(179)),
    Fact.NO_FILING_REVIEW_DECIDED: Prerequisite((Fact.NO_FILING_REVIEW_RECEIVED,), MPSC.article(179)),
    Fact.AGENCY_RECONSIDERATION_DECIDED: Prerequisite((Fact.AGENCY_RECONSIDERATION_RECEIVED,), MPSC.article(181)),
    Fact.TRANSFER_NOTIFIED: Prerequisite((Fact.CASE_TRANSFERRED,), MPSC.article(184)),
    Fact.CASE_MERGED: Prerequisite((Fact.CASE_FILED,), MPSC.article(21)),
    Fact.CASE_JURISDICTION_DESIGNATED: Prerequisite(_ACCEPTED, MPSC.article(22)),
    Fact.CASE_RETAKEN_FOR_REVIEW: Prerequisite((Fact.CASE_TRANSFERRED,), MPSC.article(23)),
    Fact.CASE_RETAKEN: Prerequisite((Fact.CASE_FILED,), MPSC.article(23)),
    Fact.INVESTIGATION_CLOSED: Prerequisite((Fact.CASE_FILED,), MPSC.article(283)),
    Fact.CASE_SENT_TO_PROCURATORATE: Prerequisite((Fact.CASE_FILED,), CPL.article(162)),
    Fact.CASE_CANCELLED: Prerequisite((Fact.CASE_FILED,), MPSC.article(186)),
    Fact.CASE_TURNED_ADMINISTRATIVE: Prerequisite((Fact.CASE_FILED,), MPSC.article(187)),
    Fact.CASE_TRANSFERRED: Prerequisite(_ACCEPTED, MPSC.article(175)),
    Fact.CASE_CLOSED: Prerequisite((Fact.CASE_SENT_TO_PROCURATORATE,)),
    # Questioning
    Fact.SUMMONS_EXTENDED: Prerequisite((Fact.PERSON_SUMMONED,), MPSC.article(200)),
    Fact.SUMMONS_ENDED: Prerequisite((Fact.PERSON_SUMMONED,), MPSC.article(199)),
    Fact.COMPELLED_EXTENDED: Prerequisite((Fact.PERSON_COMPELLED,), MPSC.article(80)),
    Fact.COMPELLED_ENDED: Prerequisite((Fact.PERSON_COMPELLED,), MPSC.article(79)),
    Fact.STOP_EXTENDED: Prerequisite(_STOPPED),
    Fact.STOP_ENDED: Prerequisite(_STOPPED),
    Fact.ADMIN_SUMMONS_EXTENDED: Prerequisite(_QUESTIONED_ADMIN),
    Fact.ADMIN_SUMMONS_ENDED: Prerequisite(_QUESTIONED_ADMIN),
    Fact.SOBERING_ENDED: Prerequisite((Fact.SOBERING_STARTED,)),
    # Detention, arrest, custody
    Fact.DETENTION_EXTENDED: Prerequisite((Fact.DETENTION_EXECUTED,), MPSC.article(129)),
    Fact.DELIVERED_TO_CUSTODY_CENTRE: Prerequisite(_HELD, CPL.article(85)),
    Fact.ARREST_REQUEST_RECEIVED: Prerequisite((Fact.ARREST_REQUESTED,), CPL.article(87), each=True),
    # A person whom a supervisory commission has handed over nobody asks to have arrested: the procuratorate decides (CPL 170).
    Fact.ARREST_APPROVED: Prerequisite(
        (Fact.ARREST_REQUESTED, Fact.PRIOR_DETENTION_EXECUTED),
        CPL.article(90),
        each=True,
        also=_ARREST_LOOKED_AT_AGAIN,
        beside=(Fact.ARREST_REFUSED,),
    ),
    Fact.PRIOR_DETENTION_EXTENDED: Prerequisite((Fact.PRIOR_DETENTION_EXECUTED,), CPL.article(170)),
    Fact.ARREST_REFUSED: Prerequisite(
        (Fact.ARREST_REQUESTED,),
        CPL.article(90),
        each=True,
        also=(Fact.PRIOR_DETENTION_EXECUTED, *_ARREST_LOOKED_AT_AGAIN),
        beside=(Fact.ARREST_APPROVED,),
    ),
    Fact.ARREST_EXECUTED: Prerequisite((Fact.ARREST_APPROVED,), MPSC.article(142), each=True),
    Fact.ARREST_FAILED: Prerequisite((Fact.ARREST_APPROVED,), MPSC.article(142)),
    Fact.ARREST_RECEIPT_RETURNED: Prerequisite((Fact.ARREST_EXECUTED, Fact.ARREST_FAILED), MPSC.article(142)),
    Fact.ARREST_RECONSIDERATION_REQUESTED: Prerequisite((Fact.ARREST_REFUSED,), MPSC.article(141), each=True),
    Fact.ARREST_RECONSIDERATION_RECEIVED: Prerequisite((Fact.ARREST_RECONSIDERATION_REQUESTED,), MPSC.article(141), each=True),
    Fact.ARREST_RECONSIDERED: Prerequisite((Fact.ARREST_RECONSIDERATION_REQUESTED,), SPP.article(290), each=True),
    Fact.ARREST_REVIEW_REQUESTED: Prerequisite((Fact.ARREST_RECONSIDERED,), MPSC.article(141), each=True),
    Fact.ARREST_REVIEWED: Prerequisite((Fact.ARREST_REVIEW_REQUESTED,), SPP.article(291), each=True),
    Fact.ARREST_REVIEW_RECEIVED: Prerequisite((Fact.ARREST_REVIEW_REQUESTED,), MPSC.article(141), each=True),
    Fact.CUSTODY_EXTENSION_REQUESTED: Prerequisite((Fact.ARREST_EXECUTED,), MPSC.article(148)),
    Fact.CUSTODY_EXTENDED: Prerequisite((Fact.ARREST_EXECUTED,), MPSC.article(148)),
    Fact.NEW_CRIME_DISCOVERED: Prerequisite((Fact.ARREST_EXECUTED,), MPSC.article(151)),
    Fact.CUSTODY_RESTARTED: Prerequisite((Fact.NEW_CRIME_DISCOVERED,), MPSC.article(151)),
    Fact.NOTICE_OBSTACLE_ENDED: Prerequisite((Fact.FAMILY_NOTICE_EXCUSED,), MPSC.article(127), each=True),
    Fact.IDENTITY_ESTABLISHED: Prerequisite((Fact.IDENTITY_UNKNOWN,), MPSC.article(152)),
    Fact.EVALUATION_ENDED: Prerequisite((Fact.EVALUATION_STARTED,), MPSC.article(257)),
    Fact.PERSON_RELEASED: Prerequisite(_BROUGHT_IN),
    Fact.BAIL_CASE_RECEIVED: Prerequisite(HANDED_ON, BAIL.article(26)),
    Fact.BAIL_LIFTED: Prerequisite(BAIL_BEGINS, MPSC.article(108)),
    Fact.SURVEILLANCE_LIFTED: Prerequisite(SURVEILLANCE_BEGINS, MPSC.article(123)),
    Fact.BAIL_FORFEITURE_FINAL: Prerequisite((Fact.BAIL_FORFEITURE_ANNOUNCED,), MPSC.article(100)),
    Fact.BAIL_ORGAN_TOLD: Prerequisite((Fact.BAIL_FORFEITURE_OF_ORGAN_FINAL,), MPSC.article(100)),
    # Death and flight
    Fact.DEATH_NOTIFIED: Prerequisite((Fact.PERSON_DIED,), CUST.article(27)),
    Fact.PERSON_RECAPTURED: Prerequisite((Fact.PERSON_ESCAPED,), MPSC.article(282), each=True),
    Fact.PERSON_RETURNED: Prerequisite((Fact.PERSON_ABSCONDED,), MPSC.article(281), each=True),
    Fact.WANTED_ORDER_ISSUED: Prerequisite((Fact.PERSON_ESCAPED, Fact.PERSON_ABSCONDED), MPSC.article(274)),
    Fact.WANTED_ORDER_LIFTED: Prerequisite((Fact.WANTED_ORDER_ISSUED,), MPSC.article(281), each=True),
    Fact.DEPUTY_PERMISSION_GRANTED: Prerequisite((Fact.FOUND_DEPUTY,), MPSC.article(164)),
    Fact.DEPUTY_MEASURE_REPORTED: Prerequisite((Fact.FOUND_DEPUTY, Fact.FOUND_TOWNSHIP_DEPUTY), MPSC.article(165)),
    Fact.CONSULTATIVE_BODY_INFORMED: Prerequisite((Fact.FOUND_CONSULTATIVE_MEMBER,), MPSC.article(167)),
    # Defence
    Fact.LAWYER_MET: Prerequisite((Fact.MEETING_REQUESTED,), MPSC.article(53)),
    Fact.MEETING_PERMISSION_DECIDED: Prerequisite((Fact.MEETING_PERMISSION_APPLIED,), MPSC.article(52)),
    Fact.LEGAL_AID_LAWYER_ASSIGNED: Prerequisite((Fact.LEGAL_AID_CENTRE_NOTIFIED, Fact.LEGAL_AID_FORWARDED), LA.article(36)),
    Fact.LEGAL_AID_FORWARDED: Prerequisite((Fact.LEGAL_AID_APPLIED,), MPSC.article(47)),
    Fact.DUTY_LAWYER_NOTIFIED: Prerequisite((Fact.DUTY_LAWYER_REQUESTED,), MPSC.article(49)),
    Fact.CASE_RECUSAL_EXTENDED: Prerequisite((Fact.CASE_RECUSAL_APPLIED,), MPSC.article(36)),
    Fact.CASE_RECUSAL_REFUSED: Prerequisite((Fact.CASE_RECUSAL_APPLIED,), MPSC.article(36)),
    Fact.CASE_RECUSAL_RECONSIDERATION_RECEIVED: Prerequisite((Fact.CASE_RECUSAL_REFUSED,), MPSC.article(37)),
    Fact.CASE_RECUSAL_RECONSIDERED: Prerequisite((Fact.CASE_RECUSAL_RECONSIDERATION_RECEIVED,), MPSC.article(37)),
    Fact.COMPLAINT_ANSWERED: Prerequisite((Fact.COMPLAINT_RECEIVED,), MPSC.article(196)),
    # Around the end of the investigation
    Fact.CANCELLATION_NOTIFIED: Prerequisite((Fact.CASE_CANCELLED,), MPSC.article(189)),
    Fact.TERMINATION_NOTIFIED: Prerequisite((Fact.INVESTIGATION_TERMINATED,), MPSC.article(189)),
    Fact.CASE_REOPENED: Prerequisite((Fact.CASE_CANCELLED,), MPSC.article(190)),
    Fact.TECH_APPROVED: Prerequisite((Fact.CASE_FILED,), MPSC.article(263)),
    Fact.TECH_EXTENDED: Prerequisite((Fact.TECH_APPROVED,), MPSC.article(266)),
    Fact.TECH_LIFTED: Prerequisite((Fact.TECH_APPROVED,), MPSC.article(266)),
    Fact.BORDER_CONTROL_COMPLETED: Prerequisite((Fact.BORDER_CONTROL_HANDED,), MPSC.article(278)),
    Fact.ASSISTANCE_GIVEN: Prerequisite(
        (Fact.ASSISTANCE_EVIDENCE_REQUESTED, Fact.ASSISTANCE_SERVICE_REQUESTED, Fact.ASSISTANCE_WITH_TERM_REQUESTED),
        MPSC.article(379),
    ),
    Fact.MEDICAL_OPINION_RECEIVED: Prerequisite((Fact.SPECIAL_PROCEDURE_PROPOSED,), MPSC.article(343), each=True),
    # Prosecution
    Fact.PROSECUTION_CASE_RECEIVED: Prerequisite((Fact.CASE_SENT_TO_PROCURATORATE,), CPL.article(172)),
    Fact.CASE_RETURNED: Prerequisite(_WITH_PROCURATORATE, CPL.article(175), each=True),
    Fact.CASE_SENT_AGAIN: Prerequisite((Fact.CASE_RETURNED,), MPSC.article(296), each=True),
    Fact.CASE_PROSECUTED: Prerequisite((Fact.CASE_SENT_TO_PROCURATORATE,), CPL.article(176)),
    Fact.CASE_NOT_PROSECUTED: Prerequisite((Fact.CASE_SENT_TO_PROCURATORATE,), CPL.article(177)),
    Fact.NON_PROSECUTION_RECONSIDERATION_REQUESTED: Prerequisite((Fact.CASE_NOT_PROSECUTED,), MPSC.article(294), each=True),
    Fact.NON_PROSECUTION_RECONSIDERATION_RECEIVED: Prerequisite(
        (Fact.NON_PROSECUTION_RECONSIDERATION_REQUESTED,), SPP.article(379), each=True
    ),
    Fact.NON_PROSECUTION_RECONSIDERED: Prerequisite((Fact.NON_PROSECUTION_RECONSIDERATION_REQUESTED,), SPP.article(379), each=True),
    Fact.NON_PROSECUTION_REVIEW_REQUESTED: Prerequisite((Fact.NON_PROSECUTION_RECONSIDERED,), MPSC.article(294), each=True),
    Fact.NON_PROSECUTION_REVIEW_RECEIVED: Prerequisite((Fact.NON_PROSECUTION_REVIEW_REQUESTED,), SPP.article(380), each=True),
    Fact.NON_PROSECUTION_REVIEWED: Prerequisite((Fact.NON_PROSECUTION_REVIEW_REQUESTED,), SPP.article(380), each=True),
    Fact.PROSECUTION_TRANSFERRED: Prerequisite((Fact.CASE_SENT_TO_PROCURATORATE,), SPP.article(351)),
    # The order to cancel a case
    Fact.CANCELLATION_ORDERED: Prerequisite((Fact.CASE_FILED,), SPP.article(561)),
    Fact.CANCELLATION_RECONSIDERATION_REQUESTED: Prerequisite((Fact.CANCELLATION_ORDERED,), SPP.article(565), each=True),
    Fact.CANCELLATION_RECONSIDERATION_RECEIVED: Prerequisite(
        (Fact.CANCELLATION_RECONSIDERATION_REQUESTED,), SPP.article(565), each=True
    ),
    Fact.CANCELLATION_RECONSIDERED: Prerequisite((Fact.CANCELLATION_RECONSIDERATION_REQUESTED,), SPP.article(565), each=True),
    Fact.CANCELLATION_REVIEW_REQUESTED: Prerequisite((Fact.CANCELLATION_RECONSIDERED,), SPP.article(565), each=True),
    Fact.CANCELLATION_REVIEW_RECEIVED: Prerequisite((Fact.CANCELLATION_REVIEW_REQUESTED,), SPP.article(565), each=True),
    Fact.CANCELLATION_REVIEWED: Prerequisite((Fact.CANCELLATION_REVIEW_REQUESTED,), SPP.article(565), each=True),
    # Trial and sentence
    Fact.TRIAL_CASE_RECEIVED: Prerequisite((Fact.CASE_PROSECUTED,), CPL.article(186), each=True),
    Fact.TRIAL_ACCEPTED: Prerequisite((Fact.CASE_PROSECUTED, Fact.CASE_REMANDED), CPL.article(186), each=True),
    Fact.TRIAL_ADJOURNED: Prerequisite((Fact.TRIAL_ACCEPTED,), CPL.article(204)),
    Fact.TRIAL_SENT_AGAIN: Prerequisite((Fact.TRIAL_ADJOURNED,), CPL.article(205), each=True),
    Fact.CASE_JUDGED: Prerequisite((Fact.TRIAL_ACCEPTED,), CPL.article(202)),
    Fact.APPEALED: Prerequisite((Fact.CASE_JUDGED,), CPL.article(227)),
    Fact.SECOND_INSTANCE_ACCEPTED: Prerequisite((Fact.APPEALED,), CPL.article(231), each=True),
    Fact.SECOND_INSTANCE_JUDGED: Prerequisite((Fact.APPEALED,), CPL.article(236)),
    Fact.CASE_REMANDED: Prerequisite((Fact.APPEALED,), CPL.article(236), each=True),
    Fact.SENTENCE_EFFECTIVE: Prerequisite((Fact.CASE_JUDGED,), CPL.article(259)),
    Fact.SENTENCE_EXECUTED: Prerequisite((Fact.SENTENCE_PAPERS_RECEIVED,), MPSC.article(300)),
    # Public-order and other administrative cases
    Fact.HANDLING_EXTENDED: Prerequisite(_ADMIN_FILED),
    Fact.PUBLIC_ORDER_CASE_CLOSED: Prerequisite(_CLOSABLE, MPSA.article(258)),
    Fact.APPRAISAL_RETURNED: Prerequisite((Fact.APPRAISAL_ORDERED,), MPSA.article(96)),
    Fact.APPRAISAL_SERVED: Prerequisite((Fact.APPRAISAL_RETURNED,), MPSA.article(97)),
    Fact.REAPPRAISAL_APPLIED: Prerequisite((Fact.APPRAISAL_SERVED,), MPSA.article(97)),
    Fact.HEARING_REQUESTED: Prerequisite((Fact.HEARING_RIGHT_TOLD,), MPSA.article(133)),
    Fact.HEARING_ACCEPTED: Prerequisite((Fact.HEARING_REQUESTED,), MPSA.article(135), each=True),
    Fact.HEARING_REFUSED: Prerequisite((Fact.HEARING_REQUESTED,), MPSA.article(135)),
    Fact.HEARING_NOTICE_SERVED: Prerequisite((Fact.HEARING_APPOINTED,), MPSA.article(136)),
    Fact.HEARING_HELD: Prerequisite((Fact.HEARING_NOTICE_SERVED,), MPSA.article(136)),
    Fact.HEARING_WITHDRAWN: Prerequisite((Fact.HEARING_ACCEPTED,), MPSA.article(134)),
    Fact.MEDIATION_TRIED: Prerequisite((Fact.MEDIATION_PERMITTED,), MPSA.article(178)),
    Fact.MEDIATION_AGREED: Prerequisite((Fact.MEDIATION_PERMITTED,), MPSA.article(178)),
    Fact.MEDIATION_FAILED: Prerequisite((Fact.MEDIATION_TRIED, Fact.MEDIATION_AGREED), MPSA.article(185), each=True),
    Fact.MEDIATION_PERFORMED: Prerequisite((Fact.MEDIATION_AGREED,), MPSA.article(185)),
    Fact.PENALTY_DECIDED: Prerequisite((Fact.PENALTY_NOTIFIED, Fact.PENALTY_NOTICE_PUBLISHED), PSAPL.article(112)),
    Fact.OTHER_LAW_PENALTY_DECIDED: Prerequisite((Fact.PENALTY_NOTIFIED, Fact.PENALTY_NOTICE_PUBLISHED), MPSA.article(167)),
    Fact.PENALTY_HEARING_DUE: Prerequisite((Fact.HEARING_RIGHT_TOLD,), PSAPL.article(117)),
    Fact.PENALTY_REVIEW_DUE: Prerequisite((Fact.LEGAL_REVIEW_DONE,), PSAPL.article(114)),
    Fact.PENALTY_DISCUSSION_DUE: Prerequisite((Fact.PENALTY_DISCUSSED,), PSAPL.article(113)),
    Fact.PENALTY_SERVED: Prerequisite(_PENALTY_DECIDED, MPSA.article(36)),
    Fact.PENALTY_PUBLISHED: Prerequisite(_PENALTY_DECIDED, MPSA.article(36)),
    Fact.PENALTY_SERVED_ON_VICTIM: Prerequisite((Fact.PENALTY_CONCERNS_VICTIM,), MPSA.article(172)),
    Fact.DECISION_DISCLOSED: Prerequisite((Fact.PENALTY_DECIDED, Fact.OTHER_LAW_PENALTY_DECIDED), APL.article(48)),
    Fact.DISCLOSED_DECISION_OVERTURNED: Prerequisite((Fact.DECISION_DISCLOSED,), APL.article(48)),
    Fact.DECISION_WITHDRAWN_FROM_VIEW: Prerequisite((Fact.DISCLOSED_DECISION_OVERTURNED,), APL.article(48)),
    Fact.BAN_ORDERED: Prerequisite((Fact.PENALTY_DECIDED,), PSAPL.article(28)),
    Fact.BAN_ENDED: Prerequisite((Fact.BAN_ORDERED,)),
    Fact.ONSITE_PENALTY_FILED: Prerequisite((Fact.ONSITE_PENALTY_DECIDED,), PSAPL.article(120)),
    Fact.PENALTY_REVOKED: Prerequisite(
        (Fact.PENALTY_DECIDED, Fact.OTHER_LAW_PENALTY_DECIDED, Fact.ONSITE_PENALTY_DECIDED), APL.article(75)
    ),
    Fact.FINE_DEFERRED: Prerequisite((Fact.FINE_SERVED,)),
    Fact.FINE_HANDED_IN: Prerequisite((Fact.FINE_COLLECTED,), PSAPL.article(124)),
    Fact.FINE_BANKED: Prerequisite((Fact.FINE_HANDED_IN,), PSAPL.article(124)),
    Fact.ENFORCEMENT_APPLIED: Prerequisite((Fact.ENFORCEMENT_DEMANDED,), MPSA.article(207)),
    Fact.SUBSTITUTE_DEMANDED: Prerequisite((Fact.SUBSTITUTE_APPOINTED,), MPSA.article(203)),
    Fact.SUBSTITUTE_PERFORMED: Prerequisite((Fact.SUBSTITUTE_DEMANDED,), MPSA.article(203)),
    Fact.ADMIN_DETENTION_ENTERED: Prerequisite(
        (Fact.ADMIN_DETENTION_DECIDED, Fact.ADMIN_DETENTION_SUSPENDED), PSAPL.article(122), each=True
    ),
    Fact.ADMIN_DETENTION_ENDED: Prerequisite((Fact.ADMIN_DETENTION_ENTERED,), PSAPL.article(122)),
    Fact.SUSPENSION_APPLIED: Prerequisite((Fact.ADMIN_DETENTION_DECIDED,), PSAPL.article(126)),
    Fact.ADMIN_DETENTION_SUSPENDED: Prerequisite((Fact.SUSPENSION_APPLIED,), MPSA.article(223)),
    Fact.SUSPENSION_REFUSED: Prerequisite((Fact.SUSPENSION_APPLIED,), MPSA.article(224)),
    Fact.SUSPENSION_CIRCUMSTANCES_CHANGED: Prerequisite((Fact.ADMIN_DETENTION_SUSPENDED,), MPSA.article(226)),
    Fact.SUSPENSION_CHANGE_REPORTED: Prerequisite((Fact.SUSPENSION_CIRCUMSTANCES_CHANGED,), MPSA.article(226)),
    Fact.SUSPENSION_DEPOSIT_BANKED: Prerequisite((Fact.SUSPENSION_DEPOSIT_TAKEN,), MPSA.article(231)),
    Fact.LEAVE_APPLIED: Prerequisite((Fact.ADMIN_DETENTION_ENTERED,), PSAPL.article(126)),
    Fact.LEAVE_GRANTED: Prerequisite((Fact.LEAVE_APPLIED,), PSAPL.article(126), each=True),
    Fact.LEAVE_BEGUN: Prerequisite((Fact.LEAVE_GRANTED,), PSAPL.article(126), each=True),
    Fact.LEAVE_ENDED: Prerequisite((Fact.LEAVE_BEGUN,), PSAPL.article(126)),
    Fact.FOREIGNER_REVIEW_EXTENDED: Prerequisite((Fact.FOREIGNER_REVIEW_EXECUTED,), MPSA.article(242)),
    Fact.FOREIGNER_REVIEW_LIFTED: Prerequisite((Fact.FOREIGNER_REVIEW_EXECUTED,), MPSA.article(243)),
    Fact.FOREIGNER_DELIVERED: Prerequisite((Fact.FOREIGNER_REVIEW_EXECUTED,), MPSA.article(248)),
    Fact.FOREIGNER_ACTIVITY_RESTORED: Prerequisite((Fact.FOREIGNER_ACTIVITY_RESTRICTED,), MPSA.article(244)),
    # Things under a measure
    Fact.FREEZE_RENEWED: Prerequisite((Fact.FUNDS_FROZEN, Fact.SECURITIES_FROZEN, Fact.EQUITY_FROZEN), MPSC.article(240)),
    Fact.EXHIBIT_SEIZURE_EXTENDED: Prerequisite(_SEIZED_ADMIN, MPSA.article(112)),
    Fact.EXHIBIT_SEIZURE_APPROVED: Prerequisite((Fact.EXHIBIT_SEIZED_ON_THE_SPOT,), MPSA.article(56)),
    Fact.EXHIBIT_SEIZURE_LIFTED: Prerequisite(_SEIZED_ADMIN, MPSA.article(115)),
    Fact.EXHIBIT_REGISTRATION_DECIDED: Prerequisite((Fact.EXHIBIT_REGISTERED_IN_ADVANCE,), MPSA.article(110)),
    Fact.TERROR_FREEZE_EXTENDED: Prerequisite((Fact.TERROR_PROPERTY_FROZEN,), MPSA.article(114)),
    Fact.EXHIBIT_APPRAISAL_ENDED: Prerequisite((Fact.EXHIBIT_APPRAISAL_STARTED,)),
    Fact.EXHIBIT_EXAMINED: Prerequisite((Fact.EXHIBIT_EXAMINATION_APPROVED,), MPSA.article(190)),
    Fact.EXHIBIT_CLAIM_EXTENDED: Prerequisite((Fact.EXHIBIT_ADMIN_OWNER_NOTIFIED,), MPSA.article(197)),
    Fact.EXHIBIT_LOAN_RETURNED: Prerequisite((Fact.EXHIBIT_LENT,), MPSA.article(190)),
    Fact.PROPERTY_SEIZED: Prerequisite(_FILED, MPSC.article(174)),
    Fact.PROPERTY_SEALED: Prerequisite(_FILED, MPSC.article(174)),
    Fact.PROPERTY_FROZEN: Prerequisite(_FILED, MPSC.article(174)),
    Fact.EVIDENCE_SEIZED: Prerequisite(_ADMIN_FILED, PSAPL.article(105)),
    Fact.CASE_PAPERS_CONFIRMED: Prerequisite((Fact.CASE_SENT_TO_PROCURATORATE,), MPSC.article(289)),
    Fact.CASE_PAPERS_FOUND_LACKING: Prerequisite((Fact.CASE_SENT_TO_PROCURATORATE,), MPSC.article(289)),
    # Remedies, petitions, compensation
    Fact.ADMIN_REVIEW_EXTENDED: Prerequisite((Fact.ADMIN_REVIEW_ACCEPTED,), ARL.article(62)),
    Fact.ADMIN_REVIEW_DECIDED: Prerequisite((Fact.ADMIN_REVIEW_ACCEPTED,), ARL.article(62)),
    Fact.ADMIN_REVIEW_REPLIED: Prerequisite((Fact.ADMIN_REVIEW_COPY_RECEIVED,), ARL.article(48)),
    Fact.ADMIN_REVIEW_FORWARDED: Prerequisite((Fact.ADMIN_REVIEW_LODGED_WITH_US,), ARL.article(32)),
    Fact.ADMIN_REVIEW_SUPPLEMENT_ASKED: Prerequisite((Fact.ADMIN_REVIEW_RECEIVED_INCOMPLETE,), ARL.article(31)),
    Fact.ADMIN_REVIEW_SUPPLEMENT_TOLD: Prerequisite((Fact.ADMIN_REVIEW_SUPPLEMENT_ASKED,), ARL.article(31)),
    Fact.ADMIN_REVIEW_SUPPLEMENTED: Prerequisite((Fact.ADMIN_REVIEW_SUPPLEMENT_ASKED,), ARL.article(31)),
    Fact.REMEDY_OBSTACLE_ENDED: Prerequisite((Fact.REMEDY_OBSTACLE_AROSE,)),
    Fact.PETITION_EXTENDED: Prerequisite((Fact.PETITION_ACCEPTED,), PET.article(34)),
    Fact.PETITION_CONCLUDED: Prerequisite((Fact.PETITION_ACCEPTED,), PET.article(34)),
    Fact.COMPENSATION_DECIDED: Prerequisite((Fact.COMPENSATION_CLAIMED,), SCL.article(13)),
    Fact.CLAIMANT_FREED: Prerequisite((Fact.CLAIMANT_HELD,)),
    # Rectification
    Fact.RECTIFICATION_SIGNED: Prerequisite((Fact.RECTIFICATION_ORDERED,)),
    Fact.RECTIFICATION_REPORTED: Prerequisite((Fact.RECTIFICATION_ORDERED,)),
    Fact.RECTIFICATION_VERIFIED: Prerequisite((Fact.RECTIFICATION_REPORTED,)),
    Fact.RECTIFICATION_RETURNED: Prerequisite((Fact.RECTIFICATION_REPORTED,)),
    # Victims, sealed files, fast handling
    Fact.VICTIM_REINTERVIEWED: Prerequisite((Fact.VICTIM_INTERVIEWED,), MPSC.article(326)),
    Fact.FILE_UNSEALED: Prerequisite((Fact.FILE_SEALED,), MPSC.article(331)),
    # With a supervisory commission
    Fact.SUPERVISORY_BRING_IN_ENDED: Prerequisite((Fact.SUPERVISORY_BRING_IN,)),
    Fact.SUPERVISORY_WAITING_LIFTED: Prerequisite((Fact.SUPERVISORY_WAITING_ORDERED,)),
    Fact.SUPERVISORY_HOLDING_ENDED: Prerequisite((Fact.SUPERVISORY_HOLDING_BEGUN,)),
    Fact.SUPERVISORY_EXTENDED: Prerequisite((Fact.SUPERVISORY_BRING_IN, Fact.SUPERVISORY_HOLDING_BEGUN), SUP.article(46)),
    Fact.FAST_HANDLING_CHOSEN: Prerequisite((Fact.CASE_FILED,), MPSC.article(289)),
    Fact.FAST_HANDLING_LEFT: Prerequisite((Fact.FAST_HANDLING_CHOSEN,), MPSC.article(289)),
    # Systems outside: nothing is answered that was not asked
    Fact.STOP_PAYMENT_ANSWERED: Prerequisite((Fact.STOP_PAYMENT_REQUESTED,)),
    Fact.STOP_PAYMENT_PAPERS_SENT: Prerequisite((Fact.STOP_PAYMENT_REQUESTED,)),
    Fact.STOPPED_ACCOUNT_FROZEN: Prerequisite((Fact.PAYMENT_STOPPED,)),
    Fact.STOP_PAYMENT_LIFTED: Prerequisite((Fact.PAYMENT_STOPPED,)),
    Fact.RECORDING_ANSWERED: Prerequisite((Fact.RECORDING_ASKED,)),
    Fact.TRIP_ANSWERED: Prerequisite((Fact.TRIP_ASKED,)),
    Fact.HOUSEHOLD_ANSWERED: Prerequisite((Fact.HOUSEHOLD_ASKED,)),
    Fact.HOUSEHOLD_CERTIFICATE_RECEIVED: Prerequisite((Fact.HOUSEHOLD_CERTIFICATE_ASKED,)),
}

# What takes a thing into the hands of the police, or forbids its owner to dispose of it.
TAKEN = (
    Fact.EXHIBIT_TAKEN,
    Fact.EXHIBIT_SEALED,
    Fact.EXHIBIT_SEIZED_ADMIN,
    Fact.EXHIBIT_SEIZED_ON_THE_SPOT,
    Fact.EXHIBIT_SEIZURE_TRANSFERRED,
    Fact.EXHIBIT_REGISTERED_IN_ADVANCE,
    Fact.FUNDS_FROZEN,
    Fact.SECURITIES_FROZEN,
    Fact.EQUITY_FROZEN,
    Fact.TERROR_PROPERTY_FROZEN,
)
# What each fact is about, and may not precede, though it need not be on record: what is dated back begins no waiting period sooner.
NOT_BEFORE: Mapping[Fact, tuple[Fact, ...]] = {
    **{fact: TAKEN for fact in Fact if fact.value.startswith("exhibit.") and fact not in TAKEN},
    Fact.HEARING_RIGHT_TOLD: _ADMIN_FILED,
    Fact.HEARING_WAIVED: (Fact.HEARING_RIGHT_TOLD,),
    Fact.PENALTY_NOTIFIED: _ADMIN_FILED,
    Fact.PENALTY_NOTICE_PUBLISHED: _ADMIN_FILED,
    Fact.REAPPRAISAL_REFUSED: (Fact.REAPPRAISAL_APPLIED,),
    Fact.REAPPRAISAL_REFUSAL_NOTIFIED: (Fact.REAPPRAISAL_REFUSED,),
    Fact.AGENCY_NO_FILING_NOTICE_SERVED: (Fact.CASE_NOT_FILED,),
    Fact.NO_FILING_RECONSIDERATION_RECEIVED: (Fact.CASE_NOT_FILED,),
    Fact.NO_FILING_REVIEW_RECEIVED: (Fact.NO_FILING_RECONSIDERATION_DECIDED,),
    Fact.AGENCY_RECONSIDERATION_RECEIVED: (Fact.CASE_NOT_FILED,),
    Fact.BAIL_FORFEITURE_ANNOUNCED: BAIL_BEGINS,
    Fact.BAIL_REMEDY_RECEIVED: (Fact.BAIL_FORFEITURE_ANNOUNCED,),
    Fact.BAIL_REMEDY_DECIDED: (Fact.BAIL_REMEDY_RECEIVED,),
    Fact.NON_PROSECUTION_SERVED: (Fact.CASE_NOT_PROSECUTED,),
    Fact.NON_PROSECUTION_APPEALED: (Fact.CASE_NOT_PROSECUTED,),
    Fact.JUDGMENT_SERVED: (Fact.CASE_JUDGED,),
    Fact.ADMIN_REVIEW_DECISION_SERVED: (Fact.ADMIN_REVIEW_DECIDED, Fact.ADMIN_REVIEW_ACCEPTED),
}
