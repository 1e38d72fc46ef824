"""Generates fictitious people, places, vehicles and incidents. The same seed on the same day gives the same."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from random import Random
from typing import Final

from stdnum.cn import ric

from seeds.stories import Tale

SHANGHAI: Final = timezone(timedelta(hours=8))  # no daylight saving since 1991

_SURNAMES: Final = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_MALE: Final = "伟强磊军勇杰涛斌波辉刚健明亮峰浩宇鹏飞凯超俊龙海山志国建文德福成林松柏毅诚达兴旺庆祥瑞"
_FEMALE: Final = "芳娜敏静丽艳娟霞秀玲燕红梅兰菊云莲琴雪倩婷悦欣怡佳慧雅琳洁颖晶莹萍蓉岚蕾璐桂凤珍翠"

# A province as a whole: the validator knows these codes, and no resident is registered under one, so no number is anybody's.
_REGIONS: Final = ("130000", "320000", "360000", "420000", "510000")

# Streets and villages of the county, by the station that answers for them.
_PLACES: Final = {
    "chengguan": ("人民路", "解放巷", "鼓楼街", "文庙前街", "城隍里"),
    "donghe": ("东河大道", "码头街", "柳荫路", "纺织新村"),
    "baita": ("白塔街", "学府路", "书院巷", "体育场路"),
    "shiqiao": ("石桥镇老街", "石桥镇双井村", "石桥镇桥头村", "石桥镇粮站路"),
    "bailu": ("白鹭镇湖滨路", "白鹭镇渔港街", "白鹭镇苇塘村", "白鹭镇码头村"),
    "fengling": ("枫岭乡上坪村", "枫岭乡茶场路", "枫岭乡石门村", "枫岭乡集市街"),
    "chanyeyuan": ("产业园一路", "产业园三路", "创业大道", "蓝领公寓"),
    "xincheng": ("新城大道", "云锦路", "高铁站前街", "望湖路"),
}
STATIONS: Final = tuple(_PLACES)
_HOMES: Final = ("锦绣家园", "和谐里小区", "清风苑", "翠竹花园", "电力宿舍", "康居新村")
# Words in a tale that require a man.
_MEN: Final = ("男子", "丈夫", "男友")


class Sex(StrEnum):
    """As the citizen number tells it: an odd serial for men, an even one for women."""

    MALE = "男"
    FEMALE = "女"


@dataclass(frozen=True, slots=True)
class Citizen:
    """A fictitious person; `number` is a citizen number with a correct check digit."""

    name: str
    sex: Sex
    number: str
    born_on: date
    phone: str
    address: str


@dataclass(frozen=True, slots=True)
class Story:
    """A tale with its blanks filled in: the `caller`, the station `unit_id` whose area it is in, and the suspects whom an inquiry will name.

    `text` still has the blank {hour}, which only the instant of the call can fill.
    """

    tale: Tale
    unit_id: str
    place: str
    caller: Citizen
    suspects: tuple[Citizen, ...]
    text: str

    def tell_story(self, at: datetime) -> str:
        """The call record of a call at `at`, about what happened an hour or so before."""
        return self.text.replace("{hour}", str((at.astimezone(SHANGHAI) - timedelta(hours=1)).hour))


class Inventor:
    """Generates from one stream of random numbers; ages hold on `today`. No citizen number is used twice."""

    def __init__(self, seed: int, today: date) -> None:
        """Start the stream."""
        self._chance = Random(seed)
        self._today = today
        self._given: set[str] = set()

    def invent_citizen(self, unit_id: str = "", *, sex: Sex | None = None, ages: tuple[int, int] = (19, 67)) -> Citizen:
        """A person with an age in `ages` (whole years), living in the area of `unit_id`, or of any station."""
        sex = sex or self._chance.choice((Sex.MALE, Sex.FEMALE))
        born_on = self._invent_birthday(*ages)
        return Citizen(
            name=self._invent_name(sex),
            sex=sex,
            number=self._invent_number(sex, born_on),
            born_on=born_on,
            phone=self._invent_phone(),
            address=self.invent_home(unit_id or self._chance.choice(STATIONS)),
        )

    def invent_home(self, unit_id: str) -> str:
        """A home address in the area of a station."""
        place, house = self.invent_place(unit_id), self._chance.choice(_HOMES)
        return f"{place}{house}{self._chance.randint(1, 18)}幢{self._chance.randint(1, 6)}0{self._chance.randint(1, 4)}室"

    def invent_place(self, unit_id: str) -> str:
        """A street address in the area of a station."""
        return f"青岚县{self._chance.choice(_PLACES[unit_id])}{self._chance.randint(1, 260)}号"

    def invent_plate(self) -> str:
        """A number plate of 岚, a province that does not exist."""
        return f"岚{self._chance.choice('ABC')}{self._draw('0123456789ABCDEFGHJKLMNPQRSTUVWXYZ', 5)}"

    def invent_story(self, tale: Tale, unit_id: str) -> Story:
        """The tale, its blanks filled in."""
        caller = self.invent_citizen(unit_id, sex=Sex(tale.caller) if tale.caller else None)
        place = self.invent_place(unit_id)
        text = tale.text.format(
            caller=caller.name,
            place=place,
            plate=self.invent_plate(),
            years=self._chance.randint(68, 84),
            amount=self._invent_amount(tale.least, tale.most),
            hour="{hour}",
        )
        sex = Sex.MALE if any(man in tale.text for man in _MEN) else None
        suspects = tuple(self.invent_citizen(sex=sex, ages=(18, 55)) for _ in range(tale.suspects))
        return Story(tale, unit_id, place, caller, suspects, text)

    def _draw(self, letters: str, count: int) -> str:
        return "".join(self._chance.choices(letters, k=count))

    def _invent_name(self, sex: Sex) -> str:
        letters = _MALE if sex is Sex.MALE else _FEMALE
        return self._chance.choice(_SURNAMES) + self._draw(letters, self._chance.choice((1, 2, 2)))

    def _invent_birthday(self, youngest: int, oldest: int) -> date:
        # A year of 366 days errs to the older side at the young end; the day taken off the old end keeps it in bounds too.
        return self._today - timedelta(days=self._chance.randint(youngest * 366, (oldest + 1) * 365 - 1))

    def _invent_number(self, sex: Sex, born_on: date) -> str:
        while True:
            serial = self._chance.randrange(100, 998) | 1
            body = f"{self._chance.choice(_REGIONS)}{born_on:%Y%m%d}{serial - (sex is Sex.FEMALE):03}"
            number = body + ric.calc_check_digit(f"{body}0")
            if number not in self._given:
                self._given.add(number)
                return number

    def _invent_phone(self) -> str:
        # No operator has the prefix 160, so the number is nobody's.
        return f"160{self._draw('0123456789', 8)}"

    def _invent_amount(self, least: int, most: int) -> int:
        # Two significant digits, as people state losses.
        exact = self._chance.randint(least, most)
        return round(exact, 2 - len(str(exact)))
