"""Each inspection that reads an incident finds it in such lines and not in those beside them: by what was said, how it was classified and how it ended."""

from typing import Any

from inspections.trial import IncidentReport, try_on
from tests.tables import table

NOTICE, AGREED = ("告知记录",), ("治安调解协议书", "询问笔录", "询问笔录")


def line(
    caller: str, given: str | None = "dispute", officer: str = "双方已劝离，民警现场处理完毕。", **more: Any
) -> dict[str, Any]:
    return {"caller": caller, "officer": officer, "classification": given, **more}


# By inspection: the lines in which it finds something, and those in which it does not.
LINES: dict[str, tuple[list[dict[str, Any]], list[dict[str, Any]]]] = {
    "fight-as-mediation": (
        [
            line("在烧烤店被邻桌的人打了，头上流血", "mediation"),
            line("邻居拿铁锹把我的手打肿了", "mediation"),
            line("两人互殴，一人鼻梁骨折", "mediation", papers=("治安调解协议书",)),
            line("被同事扇了两个耳光", "mediation", papers=("询问笔录", "询问笔录")),
            line("停车纠纷，对方把我推倒在地，膝盖流血", "mediation", papers=("治安调解协议书", "询问笔录")),
        ],
        [
            line("在烧烤店被邻桌的人打了，头上流血", "mediation", papers=AGREED),
            line("邻居占道，双方争吵，没有动手", "mediation"),
            line("在烧烤店被邻桌的人打了，头上流血", "administrative", case=True),
            line("楼上漏水，双方协商赔偿", "mediation"),
            line("在烧烤店被邻桌的人打了，头上流血", "dispute"),
        ],
    ),
    "fight-as-dispute": (
        [
            line("在烧烤店被邻桌的人打了，头上流血"),
            line("邻居拿铁锹把我的手打肿了", "help"),
            line("昨天被老板踹了一脚，腰疼，想问怎么办", "consultation"),
            line("保安把我父亲推倒在地，胳膊擦伤", "complaint"),
            line("讨工钱被工头用安全帽砸头", end="told_not_ours"),
        ],
        [
            line("在烧烤店被邻桌的人打了，头上流血", "administrative", case=True),
            line("老人在家摔倒，头破血流，请求送医", "help"),
            line("双方因停车争吵，没有动手，无人受伤"),
            line("听见隔壁打架，上门核实系电视声音", "help"),
            line("担心被他打，请民警登记", "consultation"),
        ],
    ),
    "fraud-as-dispute": (
        [
            line("网购红外测温仪付款35万元，对方收款后失联"),
            line("刷单垫付5800元，平台不返款，客服把我拉黑", "consultation"),
            line("冒充公检法让我把3.2万元转到安全账户", "consultation"),
            line("租房付了6400元押金租金，房东是假的，电话关机"),
            line("买羊付了定金8000元，对方失联，场子是空的", end="told_not_ours", papers=NOTICE),
        ],
        [
            line("刷单垫付300元，平台不返款，客服把我拉黑", "consultation"),
            line("朋友借我2万元，写了借条，说下月还"),
            line("冒充客服让我转账，我没转，没有损失", "consultation"),
            line("网购红外测温仪付款35万元，对方收款后失联", "criminal", case=True),
            line("装修付了6万元，工人停工三天，老板答应后天复工"),
        ],
    ),
    "theft-as-loss": (
        [
            line("电动车停在楼下，早上起来被偷了", "help"),
            line("睡着后手机被人从床头拿走，监控拍到一男子", "help"),
            line("车窗被砸，包被拿走", "help"),
            line("家里门锁被撬，首饰不见了", "dispute"),
            line("地里的西瓜一夜被人摘走几十个", "dispute"),
        ],
        [
            line("手机落在出租车上，司机已送回", "help"),
            line("电动车停在楼下，早上起来被偷了", "criminal", case=True),
            line("电动车停在楼下，早上起来被偷了", "consultation"),
            line("钥匙锁在车里", "help"),
            line("以为钱包被偷，后来在沙发缝里找到", "help"),
        ],
    ),
    "sexual-as-dispute": (
        [
            line("公交车上被一名男子摸胸部", "help"),
            line("按摩时技师把手伸进内裤", "complaint"),
            line("试衣间隔板下有人伸手机偷拍", "help"),
            line("老板强行抱住我亲嘴，往床上按"),
            line("被强奸，要报案", "consultation", end="told_not_ours"),
        ],
        [
            line("公交车上被一名男子摸胸部", "administrative", case=True),
            line("同事拍了一下肩膀，觉得不舒服"),
            line("楼下喊强奸，上门核实是电视剧声音", "help"),
            line("网友发来骚扰信息，已拉黑", "consultation"),
            line("请问强奸案件怎么立案，写小说用", "consultation"),
        ],
    ),
    "domestic-violence-thin": (
        [
            line("丈夫喝酒后又打我，眼眶青了"),
            line("老公掐我脖子，用皮带抽我", "help"),
            line("儿子把老母亲推倒在地，胳膊骨折"),
            line("妻子用菜刀背打丈夫的头，起了包", "mediation"),
            line("同居男友揪头发把我往墙上撞"),
        ],
        [
            line("丈夫喝酒后又打我，眼眶青了", papers=("家庭暴力告诫书",)),
            line("丈夫喝酒后又打我，眼眶青了", "administrative", case=True),
            line("丈夫喝酒后又打我，眼眶青了", end="told_not_ours", papers=NOTICE),
            line("夫妻因孩子学习争吵，没有动手"),
            line("丈夫在工地被工友打伤"),
        ],
    ),
    "threat-ignored": (
        [
            line("前男友扬言要杀我全家，还发了刀的照片"),
            line("有人站在楼顶要往下跳", "help"),
            line("他拎着汽油桶到店门口，说要点火烧店"),
            line("被债主关在办公室一天一夜不让走"),
            line("被骗到传销窝点，手机被收，不让出门", "help"),
        ],
        [
            line("前男友扬言要杀我全家，还发了刀的照片", "criminal", case=True),
            line("房东威胁要断水断电"),
            line("楼顶有人，核实系维修工人", "help"),
            line("孩子把自己反锁在卫生间", "help"),
            line("有人在网上骂我", "consultation"),
        ],
    ),
    "crime-type-open": (
        [
            line("在烧烤店被邻桌的人打了，头上流血"),
            line("电动车停在楼下，早上起来被偷了", "help"),
            line("公交车上被一名男子摸胸部", "help"),
            line("刷单被骗了2万元，对方失联", "consultation"),
            line("在烧烤店被邻桌的人打了，头上流血", "administrative"),
            line("在烧烤店被邻桌的人打了，头上流血", "mediation", papers=("治安调解协议书",)),
        ],
        [
            line("在烧烤店被邻桌的人打了，头上流血", "administrative", case=True),
            line("在烧烤店被邻桌的人打了，头上流血", "mediation", papers=AGREED),
            line("在烧烤店被邻桌的人打了，头上流血", end="told_not_ours", papers=NOTICE),
            line("噪音扰民，要求处理"),
            line("老人走失，已找到", "help"),
        ],
    ),
    "brushed-off": (
        [
            line("讨工钱被工头用安全帽砸头", end="told_not_ours"),
            line("讨工钱被工头用安全帽砸头", end="told_not_ours", papers=NOTICE),
            line("物业停了电梯卡", end="told_not_ours"),
            line("店里两台收银机夜里被盗", "help", end="told_not_ours", papers=NOTICE),
            line("路灯坏了", "help", end="told_not_ours"),
        ],
        [
            line("路灯坏了", "help", end="told_not_ours", papers=NOTICE),
            line("邻居新建围墙挡采光", end="told_not_ours", papers=NOTICE),
            line("公司拖欠三个月工资，老板说没钱", end="told_not_ours", papers=NOTICE),
            line("讨工钱被工头用安全帽砸头"),
            line("网购衣服掉色，商家不退", "consultation", end="told_not_ours", papers=NOTICE),
        ],
    ),
    "minor": (
        [
            line("七岁的孩子被邻居用竹条抽打，后背红肿"),
            line("小学生放学路上被几个初中生打耳光", "help"),
            line("女儿才十岁，被补课老师摸下身", "help"),
            line("儿子十二岁被网吧老板踹倒，手腕骨折", "complaint"),
            line("幼儿园老师掐孩子胳膊，都是紫印", "help"),
        ],
        [
            line("七岁的孩子被邻居用竹条抽打，后背红肿", "administrative", case=True),
            line("孩子放学没回家，后在同学家找到", "help"),
            line("三十岁男子在酒吧被人打伤"),
            line("两个孩子吵架，家长互相道歉，没有动手"),
            line("幼童被锁在车里，请求开锁", "help"),
        ],
    ),
    "boilerplate": (
        [line("噪音扰民", officer=words) for words in ("已处理", "已劝离。", "双方和解", "已登记", "现场无异常")],
        [
            line("噪音扰民", officer=words)
            for words in ("民警到场劝阻，商户已将音响关闭。", "双方当场和解并互相道歉，民警予以批评教育。")
        ]
        + [
            line("噪音扰民", officer="", end="told_not_ours", papers=NOTICE),
            line("噪音扰民", officer="已处理", end="told_not_ours", papers=NOTICE),
            line("噪音扰民", officer=""),
        ],
    ),
}


@table(("rule", "told", "wanted"), [(rule, told, wanted) for rule, sides in LINES.items() for wanted, lines in zip((True, False), sides, strict=True) for told in lines])  # fmt: skip
def test_it_is_found_in_these_lines_and_not_in_those(rule: str, told: dict[str, Any], wanted: bool) -> None:
    assert (f"incident-{rule}" in try_on(IncidentReport(**told)).findings) is wanted


def test_each_has_ten_lines_at_least() -> None:
    assert all(len(found) >= 5 and len(not_found) >= 5 for found, not_found in LINES.values())
