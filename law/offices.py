"""Offices (职务): who the law, or the bureau's rule, says may act."""

from law.labelled_enum import LabelledEnum


class Office(LabelledEnum):
    """An office a person holds in a unit; the value is its id, `label` what people read."""

    REPORTING_DESK = "reporting-desk", "接警员"
    CASE_OFFICER = "case-officer", "办案民警"
    AUXILIARY_OFFICER = "auxiliary-officer", "辅警"
    STATION_HEAD = "station-head", "办案部门负责人"
    LETTER_OFFICER = "letter-officer", "民意专员"
    DUTY_COMMANDER = "duty-commander", "值班指挥长"
    CASE_MANAGEMENT_OFFICER = "case-management-officer", "案管员"
    LEGAL_REVIEWER = "legal-reviewer", "法制员"
    COUNTY_HEAD = "county-head", "县级以上公安机关负责人"
    HIGHER_POLICE = "higher-police", "上一级公安机关负责人"
    CITY_HEAD = "city-head", "设区的市一级以上公安机关负责人"
    PROVINCIAL_HEAD = "provincial-head", "省级以上公安机关负责人"
    SUPERVISOR = "supervisor", "督察"
    CUSTODY_CENTRE = "custody-centre", "看守所"
    DETENTION_CENTRE = "detention-centre", "拘留所"
    PROCURATORATE = "procuratorate", "人民检察院"
    HIGHER_PROCURATORATE = "higher-procuratorate", "上一级人民检察院"
    PROVINCIAL_PROCURATORATE = "provincial-procuratorate", "省级人民检察院"
    COURT = "court", "人民法院"
    HIGHER_COURT = "higher-court", "上级人民法院"
    SUPREME_COURT = "supreme-court", "最高人民法院"
    JUSTICE_BUREAU = "justice-bureau", "司法行政机关"
    HOTLINE = "hotline", "12345热线"
    PARTY = "party", "当事人"
    ADMINISTRATOR = "administrator", "系统管理员"


# What officers call the offices that the law names at length.
CALLED = {
    Office.STATION_HEAD: "所队领导",
    Office.COUNTY_HEAD: "局领导",
    Office.HIGHER_POLICE: "上级局领导",
    Office.CITY_HEAD: "市局领导",
    Office.PROVINCIAL_HEAD: "省厅领导",
}

# Those who head a unit, from the station to the ministry: what nobody below can end comes up to them.
HEADS = frozenset(
    {
        Office.STATION_HEAD,
        Office.COUNTY_HEAD,
        Office.HIGHER_POLICE,
        Office.CITY_HEAD,
        Office.PROVINCIAL_HEAD,
    }
)
