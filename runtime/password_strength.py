"""Password strength, judged offline by zxcvbn and its lists of common passwords.

The lists (MIT) have some 30,000 passwords from breaches, words, names, dates and ways over a keyboard; what they lack of ours is here.
"""

from collections.abc import Iterable
from threading import Lock

# Of zxcvbn's five, the one that holds out where a stolen hash is tried slowly (10^10 guesses).
ENOUGH = 4
# What zxcvbn reads takes time that grows with its square; whatever is this strong so far is strong enough.
_READ = 72
# Chosen by many here, and in no list that was made elsewhere. Demonstrations print the last one.
_OURS = (
    *(
        "woaini",
        "woaiwojia",
        "5201314",
        "1314520",
        "520520",
        "mima",
        "wodemima",
        "mima123",
        "nihao",
        "zhongguo",
        "zhonghua",
        "renmin",
    ),
    *(
        "gongan",
        "gonganju",
        "jingcha",
        "minjing",
        "paichusuo",
        "fuwurenmin",
        "weirenminfuwu",
        "police",
        "110110",
        "xingzhen",
        "zhian",
    ),
    *(
        "公安局",
        "派出所",
        "公安",
        "警察",
        "民警",
        "口令",
        "密码",
        "我爱你",
        "中国",
        "为人民服务",
        "qwer1234",
        "1qaz2wsx3edc",
        "a123456789",
    ),
    *("louke", "漏刻", "louke-demo"),
)
# It keeps what it is told about the person in a place that all its callers share.
_ALONE = Lock()


def withstands_guessing(password: str, about: Iterable[str] = ()) -> bool:
    """Whether whoever knows `about` the person, as their names, and what people choose, would guess it only by trying for long."""
    return measure_strength(password, about) >= ENOUGH


def measure_strength(password: str, about: Iterable[str] = ()) -> int:
    """How long it withstands guessing, from 0 to 4: for a moment, for hours where attempts are few, …, for long where they are not."""
    if not password:
        return 0  # of which zxcvbn knows nothing to say
    # Read at the first use: only a process in which passwords are typed needs its lists.
    from zxcvbn import zxcvbn

    with _ALONE:
        return zxcvbn(password[:_READ], [*filter(None, about), *_OURS])["score"]
