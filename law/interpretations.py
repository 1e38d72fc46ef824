"""Disputed readings (有争议的理解): where a text can be read in two ways, or two texts differ, which way the limits take, and why."""

from collections.abc import Callable
from dataclasses import dataclass

from law.counting import Counting
from law.facts import Fact, Scope
from law.periods import CRIMINAL
from law.time_limits import TimeLimit, get_limits


@dataclass(frozen=True, slots=True)
class DisputedPoint:
    """One question: `interpretations` are the answers in use, `taken` the one the limits follow, `why` the reason; all in Chinese."""

    code: str
    question: str
    interpretations: tuple[str, ...]
    taken: str
    why: str
    concerns: Callable[[TimeLimit], bool]

    @property
    def limits(self) -> tuple[TimeLimit, ...]:
        """The limits that the question touches."""
        return tuple(limit for limit in get_limits().values() if self.concerns(limit))


def list_disputed_points(limit: TimeLimit) -> tuple[DisputedPoint, ...]:
    """The disputed readings that a limit takes a side in."""
    return tuple(reading for reading in DISPUTED_POINTS if reading.concerns(limit))


def _match_any_limit(*names: str) -> Callable[[TimeLimit], bool]:
    return lambda limit: limit.id in names


def _match_counting(*codes: Counting) -> Callable[[TimeLimit], bool]:
    return lambda limit: any(base.counting in codes and base.length for each in limit.editions for base in each.bases)


def _match_statutory_counting(*codes: Counting) -> Callable[[TimeLimit], bool]:
    """By these codes, and not by a rule that the house sets itself."""
    return lambda limit: _match_counting(*codes)(limit) and not limit.editions[0].periods.own


def _by_days_of_detention(limit: TimeLimit) -> bool:
    """Whether it turns on how a day of criminal detention is counted."""
    codes = (Counting.CUSTODY_DAYS, Counting.DAYS_BY_CUSTODY)
    return any(
        each.periods is CRIMINAL and base.counting in codes and base.length for each in limit.editions for base in each.bases
    )


def _held_by_the_hour(limit: TimeLimit) -> bool:
    return limit.liberty and _match_counting(Counting.HOURS)(limit)


def _by_months(limit: TimeLimit) -> bool:
    months = (Counting.CUSTODY_MONTHS, Counting.MONTHS, Counting.PERSON_MONTHS, Counting.FIXED_MONTHS, Counting.MONTHS_BY_CUSTODY)
    return _match_counting(*months)(limit)


def _months_extended(limit: TimeLimit) -> bool:
    return _match_counting(Counting.CUSTODY_MONTHS, Counting.MONTHS_BY_CUSTODY)(limit) and any(
        extension.plus and extension.plus.months for each in limit.editions for extension in each.extensions
    )


DISPUTED_POINTS = (
    DisputedPoint(
        "D1",
        "按小时的期间，自事件发生之时起算，还是自下一整点起算？",
        (
            "刑事诉讼法第一百零五条：期间开始的时和日不算在期间以内，九时十五分到案的自十时起算",
            "继续盘问规定第十一条、检察院刑事诉讼规则第八十三条：自到案之时起算",
        ),
        "自事件发生之时起算，加足小时数，精确到分",
        "这样算出的时刻较早，被限制自由的人不会因为取整而多留；自下一整点起算的结果只是外限",
        _match_statutory_counting(Counting.HOURS),
    ),
    DisputedPoint(
        "D2",
        "拘留当日是否计入三日、七日、三十日？",
        (
            "刑事诉讼法第一百零五条：当日不计，第n日二十四时届满",
            "适用刑事羁押期限规定第四条：自执行之时起每满二十四小时为一日，第n日的同一时刻届满",
            "部分地方：当日计入，比前两种早一日届满",
        ),
        "每满二十四小时为一日，第n日的同一时刻届满",
        "这是公安机关的专门规定，日期与第一种相同而时刻更早；届满前二十四小时已经预警，按第三种办理的也来得及",
        _by_days_of_detention,
    ),
    DisputedPoint(
        "D3",
        "押解在途的时间是否扣除？",
        (
            "刑事诉讼法第一百零五条：法定期间不包括路途上的时间，有人据此从异地抓获后的讯问、通知期限中扣除",
            "办理刑事案件程序规定第一百二十六条、第三百五十一条：异地抓获的，就近送看守所、委托当地讯问，仍在二十四小时以内",
        ),
        "从不扣除",
        "程序规定已经为异地抓获安排了二十四小时以内的办法；在途时间只在邮寄、送达文书时不计",
        _held_by_the_hour,
    ),
    DisputedPoint(
        "D4",
        "自月末（二月二十八日、四月三十日等）起算，几个月后至对应日还是至月末？",
        (
            "适用刑事羁押期限规定第四条：至对应日，二月二十八日起二个月至四月二十八日",
            "法释〔2021〕1号第二百零二条：月末对月末，二月二十八日起二个月至四月三十日",
        ),
        "限制人身自由的取对应日；其余取月末，但按较早的一日预警",
        "羁押取较早的一日；其余的法定期限以人民法院适用的司法解释为准，又不耽误按较早的一日办完",
        _by_months,
    ),
    DisputedPoint(
        "D5",
        "没有对应日的月份之后再延长，自最初起算，还是接着上一次届满日算？",
        (
            "自最初起算：十二月三十一日逮捕，二个月至二月二十八日，再延一个月至三月三十一日",
            "接着算：再延一个月至三月二十八日",
        ),
        "两种都算，取较早的一日",
        "规定连续计算的文本未见全文，取较早的一日不会超期羁押",
        _months_extended,
    ),
    DisputedPoint(
        "D6",
        "侦查羁押期限在对应日二十四时届满，还是前一日届满？",
        ("至对应日届满", "自次日起算而至对应日的前一日，结果与对应日届满同为一日；也有按前一日释放的"),
        "对应日为法定届满日；释放或者变更的手续应当以前一日办妥为目标",
        "对应日是专门规定的文字；手续须在届满以前办完，预警至迟在届满前三日变红",
        _match_counting(Counting.CUSTODY_MONTHS),
    ),
    DisputedPoint(
        "D7",
        "取保候审、监视居住的最长期限逢节假日是否顺延？",
        (
            "刑事诉讼法第一百零五条第四款只规定在押期间不因节假日延长，未提未羁押的人",
            "刑事诉讼法第七十九条规定了最长期限，不能因节假日而超过",
        ),
        "凡是限制人身自由的措施都不顺延",
        "最长期限是对公安机关的限制，不应由节假日放宽",
        lambda limit: limit.id == "border-control-emergency" or _match_counting(Counting.PERSON_MONTHS)(limit),
    ),
    DisputedPoint(
        "D8",
        "治安案件中的二日、三日、五日、七日是否为工作日？",
        (
            "行政处罚法第八十五条：本法中的这些日数是工作日",
            "治安管理处罚法、办理行政案件程序规定自定的日数没有这样写",
        ),
        "后两者自定的日数按自然日；出自行政处罚法的按工作日，其中对财产的负担（先行登记保存）按自然日第七日预警",
        "第八十五条只说“本法中”；从宽的工作日用于有利于当事人之处，对当事人的负担不因此加长",
        _match_any_limit(
            "hearing-request",
            "hearing-notice",
            "hearing-acceptance",
            "penalty-decision-service",
            "penalty-decision-service-general",
            "penalty-decision-service-victim",
            "fine-collected-handover",
            "admin-advance-registration",
        ),
    ),
    DisputedPoint(
        "D9",
        "要求听证的期限是三日还是五日？",
        ("办理行政案件程序规定第一百三十三条：三日", "行政处罚法第六十四条：五日，依第八十五条为工作日"),
        "五个工作日",
        "法律在后且位阶高；当事人的权利不得提前截止",
        _match_any_limit("hearing-request"),
    ),
    DisputedPoint(
        "D10",
        "听证应当在申请后十日以内举行，又应当在举行七日前通知，如何兼顾？",
        ("十日以内举行（办理行政案件程序规定第一百三十七条）", "七个工作日前通知（行政处罚法第六十四条、第八十五条）"),
        "七个工作日的通知必须保证，十日作为目标；通知在受理当日送达",
        "七个工作日通常就是九至十一日，两者只在当日通知时才可能同时满足",
        _match_any_limit("hearing-held", "hearing-notice"),
    ),
    DisputedPoint(
        "D11",
        "刑事复议、复核的日数是自然日还是工作日？",
        (
            "办理刑事案件程序规定第三十七、九十九、一百零四、一百八十一条只写“日”",
            "办理刑事复议复核案件程序规定第二十七至二十九条写“工作日”",
        ),
        "法定期限按工作日，以自然日为办理目标",
        "后者是专门规定，程序规定第三百八十六条也指向它",
        _match_any_limit("no-filing-agency-reconsider-decide", "bail-forfeit-remedy-decide", "criminal-recusal-reconsider"),
    ),
    DisputedPoint(
        "D12",
        "治安案件的三十日自受案登记还是自立案起算？",
        (
            "治安管理处罚法第九十条、第一百一十八条：立案",
            "办理行政案件程序规定第六十一条、第一百六十五条：受案、受理",
        ),
        "取受案登记与批准立案中较早的一日",
        "法律要求立即立案，两者本应同一日；取较早的不会超期",
        _match_any_limit("public-order-case-handling", "public-order-case-handling-2012"),
    ),
    DisputedPoint(
        "D13",
        "同一机关解除取保候审、监视居住以后再次决定的，最长期限是否重新计算？",
        (
            "每次决定另算：刑事诉讼法第七十九条没有写“累计”，有的地方解除后重新决定",
            "累计计算：同一机关在同一案件中对同一人，不论分几次、与其他措施如何交替，合计不得超过最长期限",
        ),
        "累计计算；受案的检察院、法院重新决定的，各自另算",
        "最长期限是对一个机关的限制，解除一日再行决定不应使它从头开始；检察院规则第一百零三条、法释〔2021〕1号第一百六十二条只许另一机关重新计算",
        lambda limit: limit.accumulates and limit.decided,
    ),
    DisputedPoint(
        "D14",
        "累计时怎样折算已用的时间？",
        (
            "按对应月日扣除剩余的月数和日数",
            "以首次决定起算的届满日为准，把中断的日数顺延",
            "凡处于该措施之下的日历日均计一日，只有首次决定的当日不计",
        ),
        "取第三种：首次决定之日至其届满日的日数为总数，再次决定的当日计入",
        "与第二种只差再次决定的当日，取较早的一日；当日解除又当日决定的不多得一日",
        lambda limit: limit.accumulates,
    ),
    DisputedPoint(
        "D15",
        "取保候审、监视居住期间逃跑，或者在押脱逃的，期限是否继续计算？",
        ("继续计算，至届满日即应解除或者释放", "在逃期间措施没有执行，不计入；已用的时间不因逃跑而消灭"),
        "在逃期间不计入，归案、抓获后接续计算，已用的日数照计",
        "人不在措施之下，期限没有可以限制的对象；逃跑不应缩短期限，也不应使办案机关得到新的期限",
        lambda limit: any(
            rule.begins in (Fact.PERSON_ESCAPED, Fact.PERSON_ABSCONDED) for each in limit.editions for rule in each.not_counted
        ),
    ),
    DisputedPoint(
        "D16",
        "释放以后在同一案件中再次拘留的，拘留期限是否重新计算？",
        (
            "重新计算：没有条文禁止再次拘留",
            "接续计算：以同一事实再次拘留，等于用释放一日换取新的期限",
        ),
        "没有新的事实、证据不得再次拘留；有的，期限重新计算，并显示在本案累计羁押的日数，通知法制和督察",
        "法律没有规定累计的上限，但拘留的条件在释放时已经不具备，须有新的根据才又具备",
        _match_any_limit("criminal-detention-submit-for-arrest", "criminal-detention-total-cap"),
    ),
    DisputedPoint(
        "D17",
        "采取强制措施以后才查明是外国人的，四十八小时自何时起算？",
        ("自执行拘留、逮捕或者作出决定之时起算", "自查明之时起算"),
        "采取措施时已经知道的，自措施起算；其后查明的，自查明起算",
        "查明以前无从报告；是否外国人在确定犯罪嫌疑人时即应查明",
        _match_any_limit("foreigner-coercive-measure-report"),
    ),
    DisputedPoint(
        "D18",
        "“自查清身份之日起”“自发现之日起”计算的羁押，当日是否即为第一日？",
        (
            "当日即为第一日：五月二日查清，二个月至七月一日",
            "期间开始的日不计（刑事诉讼法第一百零五条）：五月二日查清，二个月至七月二日",
        ),
        "当日即为第一日",
        "人在押，取较早的一日",
        lambda limit: any(each.first_day for each in limit.editions),
    ),
    DisputedPoint(
        "D19",
        "全案的办案期限，因其中一名犯罪嫌疑人作精神病鉴定而停止计算吗？",
        (
            "只要有一名犯罪嫌疑人在鉴定，全案停止计算",
            "只有被鉴定人本人的羁押期限停止计算，全案照常计算",
            "有人在鉴定，并且在押的都在鉴定的时候，全案停止计算",
        ),
        "有人在鉴定，并且没有其他人在押的时候，全案停止计算",
        "刑事诉讼法第一百四十九条、办理刑事案件程序规定第二百五十七条写的是不计入办案期限，不限于羁押期限；但是不能因为一人的鉴定而延长他人的羁押",
        lambda limit: limit.handling is not None and any(fact.scope is Scope.MATTER for fact in limit.starts_on),
    ),
    DisputedPoint(
        "D20",
        "“不计入办案期限”的精神病鉴定，从哪些期限中扣除？",
        (
            "只从拘留后提请批捕、侦查羁押的期限中扣除",
            "从办理犯罪嫌疑人一案的各项期限中扣除：拘留、审查批捕、侦查羁押、审查起诉、补充侦查、复议复核和审判",
        ),
        "从办理犯罪嫌疑人一案的各项期限中扣除；立案审查、取保候审和监视居住的最长期限、通知送达和当事人权利的期限不扣除",
        "检察院刑事诉讼规则第二百二十二条把羁押期限和办案期限并列；立案以前没有犯罪嫌疑人，强制措施的最长期限不是办案期限",
        lambda limit: limit.handling is not None,
    ),
    DisputedPoint(
        "D21",
        "释放或者变更强制措施以后在同一案件中再次逮捕的，侦查羁押期限是否重新计算？",
        (
            "重新计算：逮捕以后的侦查羁押期限自执行逮捕起算，每次逮捕各有二个月",
            "接续计算：期限是对同一案件中羁押同一人的限制，只有另有重要罪行才重新计算",
        ),
        "接续计算：已经羁押的日数从二个月以及此前批准的延长中扣除，用完的不得再次执行逮捕；再次逮捕须有新的事实、证据，并通知法制和督察",
        "刑事诉讼法第一百五十六条限定侦查中的羁押总时间，第一百六十条只为另有重要罪行、身份不明规定重新计算或者另行起算",
        _match_any_limit("investigative-custody"),
    ),
    DisputedPoint(
        "D22",
        "人民法院退回人民检察院的案件，审查起诉期限如何计算？",
        ("自退回之日重新计算一个月", "接续计算，退回以前已经用去的不再给", "没有规定期限"),
        "自退回之日起一个月，此后的收案登记不再重新计算；撤回起诉的不适用，三十日以内作出不起诉决定",
        "法释〔2021〕1号第二百一十九条没有写明；没有期限等于在押的人无人计时，自退回而不自收到起算取较早的起点",
        _match_any_limit("prosecution-review"),
    ),
    DisputedPoint(
        "D23",
        "逮捕以后过了一段时间才称身份不明的，已经羁押的时间是否还计算？",
        ("自查清身份之日起重新计算，不问何时发现", "身份自始不明的才推迟起算；中途才称不明的，期限照常计算"),
        "逮捕后二十四小时以内（首次讯问以前）发现并在三日以内呈批登记的才推迟起算，其后的不予认可；已登记证件号码或者身份已经查清的，不得记为身份不明",
        "法律针对的是不讲真实姓名、住址的人，讯问应当在二十四小时以内进行；已经执行的羁押不能事后取消",
        _match_any_limit("investigative-custody"),
    ),
    DisputedPoint(
        "D24",
        "治安调解不成的，办案期限是否重新计算？",
        ("未达成协议、达成后不履行的都重新计算", "只有达成协议使期限停止计算的，不履行时才重新计算；未达成协议的，期限没有停止过"),
        "期限届满以前达成并登记的协议没有履行的，重新计算一次；其余照原期限计算",
        "条文只说应当依法处罚，没有给出新的期限；不能以一次没有结果的调解换取三十日",
        _match_any_limit("public-order-case-handling", "public-order-case-handling-2012"),
    ),
    DisputedPoint(
        "D25",
        "简易程序、速裁程序中延期审理补充侦查的，审限如何计算？",
        ("不受影响，仍自受理起计算", "补充侦查完毕移送后，按原程序的审限重新计算"),
        "延期审理时审限终止，移送后按原程序的审限重新计算；转为普通程序的按普通程序",
        "刑事诉讼法第二百零八条第三款没有限于普通程序；补充侦查期间法院不能审理，另有一个月的补充侦查期限正在计算",
        _match_any_limit("trial-summary", "trial-fast-track"),
    ),
    DisputedPoint(
        "D26",
        "继续盘问、治安传唤、刑事传唤、拘传相互接续的，是否需要间隔？",
        ("条文只禁止连续同一种措施", "以不同措施首尾相接，同样是变相拘禁"),
        "不同措施之间同样间隔十二小时；由盘问、治安传唤发现犯罪嫌疑的，可以接续一次",
        "禁止连续传唤、连续盘问是为了防止变相拘禁，换一个名称不改变持续限制人身自由的事实",
        _match_any_limit(
            "criminal-summons", "criminal-compelled-appearance", "admin-summons-questioning", "admin-summons-questioning-other"
        ),
    ),
    DisputedPoint(
        "C1",
        "行政案件接报后何时立案？",
        ("关于改革完善受案立案制度的意见：二十四小时，疑难的三日", "接报案与立案工作规定第十二条、治安管理处罚法第九十条：立即"),
        "立即立案；意见的期限只作内部的最后提醒",
        "后两者在后，前者与之不一致的不再适用",
        _match_any_limit("admin-case-filing-immediate", "admin-case-filing-review-legacy"),
    ),
    DisputedPoint(
        "C2",
        "继续盘问的基本期限是多少？",
        ("人民警察法第九条：二十四小时，经县级以上公安机关批准四十八小时", "适用继续盘问规定第十一条：十二、二十四、四十八小时"),
        "十二小时，再至二十四、四十八小时",
        "规定比法律严，被盘问人受限制较少",
        _match_any_limit("stop-question-extended"),
    ),
    DisputedPoint(
        "C3",
        "当场采取强制措施、当场扣押后多久补批？",
        ("行政强制法第十九条、办理行政案件程序规定第五十六条：二十四小时", "治安管理处罚法第一百零五条：及时"),
        "二十四小时",
        "“及时”没有数额，二十四小时是另两部文本给出的数额",
        _match_any_limit("admin-seizure-onsite-approval", "admin-onsite-measure-report"),
    ),
    DisputedPoint(
        "C4",
        "延长行政扣押由谁批准？",
        ("行政强制法第二十五条：行政机关负责人", "办理行政案件程序规定第一百一十二条：县级以上公安机关负责人"),
        "县级以上公安机关负责人",
        "规定更具体，也更严",
        _match_any_limit("admin-seizure"),
    ),
    DisputedPoint(
        "C5",
        "取保候审将届满，由谁提前十五日通知？",
        ("1999年的规定第二十条：执行机关", "2022年的规定第二十六条：移送案件的机关"),
        "移送案件的机关",
        "网上流传的多为1999年文本，已被2022年的规定代替",
        _match_any_limit("bail-expiry-notice"),
    ),
    DisputedPoint(
        "C6",
        "紧急止付以后多久补送法律文书？",
        ("见于公开解答：二十四小时以内", "与止付期限相同：四十八小时以内，止付届满前补齐即可"),
        "二十四小时",
        "机制通知的全文不在手边，两说并存时取较早的；早补齐文书，冻结手续也来得及在止付的四十八小时以内办完",
        _match_any_limit("stop-payment-papers"),
    ),
    DisputedPoint(
        "C7",
        "代履行三日前催告，是自然日还是工作日？",
        (
            "办理行政案件程序规定第二百零三条只写“三日前”",
            "行政强制法第五十一条同样写“三日前”，而第六十九条规定该法中十日以内的期限是工作日",
        ),
        "三个工作日",
        "规定是对行政强制法的重述，法律位阶高；催告提早于当事人有利，也不会被认为通知不足",
        _match_any_limit("substitute-performance-demand"),
    ),
    DisputedPoint(
        "C8",
        "折抵行政拘留时，不满一日的羁押如何折算？",
        (
            "治安管理处罚法第一百一十条、办理行政案件程序规定第一百六十三条：限制人身自由一日折抵一日，未说明不满一日的",
            "每满二十四小时折抵一日，余数不计",
            "按日历日计算，入所当日与释放当日各为一日",
        ),
        "自限制人身自由之时起每二十四小时为一日，不满的按一日折抵",
        "两部文本都没有规定；余数有利于被拘留人，又不因跨过零点而多计",
        _match_any_limit("admin-detention-term"),
    ),
)
