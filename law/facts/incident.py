"""Incidents (警情): from the call to the end of it."""

from law.facts.area import Area
from law.facts.declaration import MATTER, fact


class IncidentFacts:
    """Incidents (警情): from the call to the end of it."""

    INCIDENT_RECEIVED = fact("incident.received", "接报", scope=MATTER, area=Area.INTAKE)
    INCIDENT_DISPATCHED = fact("incident.dispatched", "派警", scope=MATTER, area=Area.INTAKE, after="incident.received")
    DISPATCH_ACCEPTED = fact("incident.dispatch-accepted", "签收派警", scope=MATTER, area=Area.INTAKE, after="incident.dispatched")
    INCIDENT_ARRIVED = fact("incident.arrived", "到达现场", scope=MATTER, area=Area.INTAKE, after="incident.received")
    INCIDENT_HANDLED = fact("incident.handled", "先期处置完毕", scope=MATTER, area=Area.INTAKE, after="incident.received")
    INCIDENT_FED_BACK = fact("incident.fed-back", "处警反馈", scope=MATTER, area=Area.INTAKE, after="incident.received")
    INCIDENT_URGENT = fact("incident.urgent", "列为紧急警情", scope=MATTER, area=Area.INTAKE)
    INCIDENT_NOT_URGENT = fact("incident.not-urgent", "不再列为紧急警情", scope=MATTER, area=Area.INTAKE, after="incident.urgent")
    INCIDENT_REGISTERED = fact("incident.registered", "接报案登记", scope=MATTER, area=Area.INTAKE)
    INCIDENT_CLASSIFIED = fact("incident.classified", "分流定性", scope=MATTER, area=Area.INTAKE, after="incident.received")
    INCIDENT_JURISDICTION_UNCLEAR = fact("incident.jurisdiction-unclear", "管辖暂不明确", scope=MATTER, area=Area.INTAKE)
    INCIDENT_FOUND_FOREIGN = fact("incident.found-foreign", "发现不属本单位管辖", scope=MATTER, area=Area.INTAKE)
    INCIDENT_TRANSFERRED = fact("incident.transferred", "移送", scope=MATTER, area=Area.INTAKE)
    INCIDENT_NOT_OURS = fact("incident.not-ours", "告知非警务警情", scope=MATTER, area=Area.INTAKE)
    INCIDENT_DUPLICATE = fact("incident.duplicate", "按重复报警处理", scope=MATTER, area=Area.INTAKE)
    INCIDENT_UPGRADED = fact("incident.upgraded", "转为案件", scope=MATTER, area=Area.INTAKE)
    INCIDENT_CLOSED = fact("incident.closed", "警情办结", scope=MATTER, area=Area.INTAKE, after="incident.received")
    WRITTEN_REPORT_RECEIVED = fact("incident.written-report-received", "收到书面报案", scope=MATTER, area=Area.INTAKE)
    REPORTER_CONTACTED = fact(
        "incident.reporter-contacted", "已联系报案人", scope=MATTER, area=Area.INTAKE, after="incident.written-report-received"
    )
    INCIDENT_REPORTED_IN_PERSON = fact("incident.reported-in-person", "当面报案", scope=MATTER, area=Area.INTAKE)
    INCIDENT_FOUND_NOT_POLICE = fact("incident.found-not-police", "发现不属公安机关职责", scope=MATTER, area=Area.INTAKE)
    JURISDICTION_DISPUTED = fact("incident.jurisdiction-disputed", "发生管辖争议", scope=MATTER, area=Area.INTAKE)
    JURISDICTION_DESIGNATED = fact("incident.jurisdiction-designated", "指定管辖", scope=MATTER, area=Area.INTAKE)
    TWO_HOUR_REPORT_DUE = fact("incident.two-hour-report-due", "出现须报备情形", scope=MATTER, area=Area.INTAKE)
    TWO_HOUR_REPORT_MADE = fact("incident.two-hour-report-made", "完成报备", scope=MATTER, area=Area.INTAKE)
    MISSING_PERSON_REPORTED = fact("incident.missing-person-reported", "接报失踪、走失人员", scope=MATTER, area=Area.INTAKE)
    MISSING_PERSON_DESCRIBED = fact(
        "incident.missing-person-described",
        "登记失踪、走失人员信息",
        scope=MATTER,
        area=Area.INTAKE,
        after="incident.missing-person-reported",
    )
    MISSING_PERSON_FOUND = fact("incident.missing-person-found", "找到失踪、走失人员", scope=MATTER, area=Area.INTAKE)
    LETTER_ARRIVED = fact("incident.letter-arrived", "收到群众来信", scope=MATTER, area=Area.INTAKE)
    LETTER_SIGNED = fact("incident.letter-signed", "签收来信", scope=MATTER, area=Area.INTAKE)
    LETTER_WRITER_CONTACTED = fact("incident.letter-writer-contacted", "联系来信人", scope=MATTER, area=Area.INTAKE)
    LETTER_ANSWERED = fact("incident.letter-answered", "首次反馈来信", scope=MATTER, area=Area.INTAKE)
