"""What befalls a suspect, and who they are: death, flight, office, nationality, age (死亡 · 脱逃 · 身份)."""

from law.facts.area import Area
from law.facts.declaration import MATTER, SUBJECT, Condition, Liberty, fact
from law.instruments import CUST, MPSC, SPP

# Whoever went with a transferred case is ours again by these, and what ran before goes on as if they had never left.
GOES_ON_WITH_US = ("person.taken-back-held", "person.taken-back-restrained", "person.taken-back-sought")


class PersonFacts:
    """What befalls a suspect, and who they are: death, flight, office, nationality, age (死亡 · 脱逃 · 身份)."""

    # Death (死亡)
    PERSON_DIED = fact("person.died", "死亡", scope=SUBJECT, area=Area.CUSTODY, liberty=Liberty.GONE)
    DEATH_NOTIFIED = fact(
        "person.death-notified",
        "将死亡通知家属并报告检察院",
        scope=SUBJECT,
        area=Area.CUSTODY,
        after="person.died",
        basis=CUST.article(27),
    )

    # Flight (脱逃 · 归案)
    PERSON_ESCAPED = fact("person.escaped", "在押脱逃", scope=SUBJECT, area=Area.CUSTODY, liberty=Liberty.GONE)
    PERSON_RECAPTURED = fact(
        "person.recaptured",
        "脱逃后抓获",
        scope=SUBJECT,
        area=Area.CUSTODY,
        after="person.escaped",
        uses_up=True,
        basis=MPSC.article(282),
        liberty=Liberty.HELD,
    )
    PERSON_ABSCONDED = fact("person.absconded", "未在押而逃跑、下落不明", scope=SUBJECT, area=Area.CUSTODY)
    PERSON_RETURNED = fact(
        "person.returned",
        "逃跑后归案",
        scope=SUBJECT,
        area=Area.CUSTODY,
        after="person.absconded",
        uses_up=True,
        basis=MPSC.article(281),
    )
    WANTED_ORDER_ISSUED = fact(
        "person.wanted",
        "发布通缉令",
        scope=SUBJECT,
        area=Area.CUSTODY,
        after=("person.escaped", "person.absconded"),
        basis=MPSC.article(274),
    )
    WANTED_ORDER_LIFTED = fact(
        "person.wanted-lifted",
        "撤销通缉令",
        scope=SUBJECT,
        area=Area.CUSTODY,
        after="person.wanted",
        uses_up=True,
        basis=MPSC.article(281),
    )

    # Handing over to other police, and taking back (移交 · 接回)
    PERSON_HANDED_OVER = fact(
        "person.handed-over", "向接办机关移交犯罪嫌疑人", scope=SUBJECT, area=Area.CUSTODY, liberty=Liberty.GONE
    )
    PERSON_TAKEN_BACK_HELD = fact(
        "person.taken-back-held", "接回在押的犯罪嫌疑人，羁押期限接续计算", scope=SUBJECT, area=Area.CUSTODY, liberty=Liberty.HELD
    )
    PERSON_TAKEN_BACK_RESTRAINED = fact(
        "person.taken-back-restrained", "接回犯罪嫌疑人，取保候审或者监视居住的期限接续计算", scope=SUBJECT, area=Area.CUSTODY
    )
    PERSON_TAKEN_BACK_SOUGHT = fact("person.taken-back-sought", "接回对在逃犯罪嫌疑人的追捕", scope=SUBJECT, area=Area.CUSTODY)
    PERSON_TAKEN_BACK_FREE = fact("person.taken-back-free", "接回未被采取强制措施的犯罪嫌疑人", scope=SUBJECT, area=Area.CUSTODY)

    # Office and nationality (人大代表 · 政协委员 · 外国人)
    FOUND_DEPUTY = fact("person.found-deputy", "查明系县级以上人大代表", scope=SUBJECT, area=Area.CUSTODY)
    FOUND_TOWNSHIP_DEPUTY = fact("person.found-township-deputy", "查明系乡镇人大代表", scope=SUBJECT, area=Area.CUSTODY)
    FOUND_CONSULTATIVE_MEMBER = fact("person.found-consultative-member", "查明系政协委员", scope=SUBJECT, area=Area.CUSTODY)
    FOUND_NO_DEPUTY = fact("person.found-no-deputy", "查明不是人大代表、政协委员", scope=SUBJECT, area=Area.CUSTODY)
    DEPUTY_PERMISSION_GRANTED = fact(
        "person.deputy-permission-granted",
        "人大许可对代表采取强制措施",
        scope=SUBJECT,
        area=Area.CUSTODY,
        after="person.found-deputy",
        basis=MPSC.article(164),
    )
    DEPUTY_MEASURE_REPORTED = fact(
        "person.deputy-measure-reported",
        "向人大报告对代表采取强制措施",
        scope=SUBJECT,
        area=Area.CUSTODY,
        after=("person.found-deputy", "person.found-township-deputy"),
        basis=MPSC.article(165),
    )
    CONSULTATIVE_BODY_INFORMED = fact(
        "person.consultative-body-informed",
        "向政协组织通报情况",
        scope=SUBJECT,
        area=Area.CUSTODY,
        after="person.found-consultative-member",
        basis=MPSC.article(167),
    )
    FOUND_FOREIGN = fact("person.found-foreign", "查明系外国人", scope=SUBJECT, area=Area.CUSTODY)
    FOUND_NATIONAL = fact("person.found-national", "查明系中国公民", scope=SUBJECT, area=Area.CUSTODY)

    # Minors, victims, sealed files (未成年人 · 被害人 · 封存)
    PERSON_FOUND_MINOR = fact("person.found-minor", "查明犯罪嫌疑人未成年", scope=SUBJECT, area=Area.CUSTODY)
    PERSON_FOUND_FEMALE_MINOR = fact("person.found-female-minor", "查明犯罪嫌疑人为女性未成年人", scope=SUBJECT, area=Area.CUSTODY)
    PERSON_FOUND_ADULT = fact("person.found-adult", "查明犯罪嫌疑人作案时已成年", scope=SUBJECT, area=Area.CUSTODY)
    ADULT_ATTENDED = fact("person.adult-attended", "法定代理人或者合适成年人到场", scope=SUBJECT, area=Area.CUSTODY)
    FEMALE_OFFICER_ATTENDED = fact("person.female-officer-attended", "女工作人员到场", scope=SUBJECT, area=Area.CUSTODY)
    GUARDIAN_TOLD = fact("person.guardian-told", "将强制措施通知法定代理人", scope=SUBJECT, area=Area.CUSTODY)
    VICTIM_INTERVIEWED = fact(
        "victim.interviewed",
        "一站式询问被害人",
        scope=SUBJECT,
        area=Area.CUSTODY,
        conditions=(
            Condition(
                "victim",
                "对该被害人已经询问取证，询问以一次为原则；确需再次询问的，写明理由并经办案部门负责人批准（再次询问被害人）",
                (MPSC.article(326), SPP.article(465)),
                where=("victim.interviewed", None),
            ),
        ),
    )
    VICTIM_REINTERVIEWED = fact(
        "victim.reinterviewed",
        "再次询问被害人",
        scope=SUBJECT,
        area=Area.CUSTODY,
        after="victim.interviewed",
        basis=MPSC.article(326),
    )
    CASE_CONCERNS_MINOR = fact("case.concerns-minor", "案件涉及未成年犯罪嫌疑人", scope=MATTER, area=Area.CUSTODY)
    FILE_SEALED = fact("file.sealed", "案卷封存", scope=SUBJECT, area=Area.CUSTODY)
    FILE_UNSEALED = fact(
        "file.unsealed", "案卷解除封存", scope=SUBJECT, area=Area.CUSTODY, after="file.sealed", basis=MPSC.article(331)
    )
