"""The one form (统一写法) in which words and numbers are kept to be found, indexed, asked for and compared, however they were typed.

The database folds what it stores by functions of the same names (migration 0048); a test holds the two against each other. Whoever
changes what is folded here writes a migration that makes those anew, and with them what is stored. Pure.
"""

import re
import unicodedata
from string import ascii_lowercase, ascii_uppercase

# What no keyboard agrees on and nobody means: blanks, what cannot be seen, the dots between the parts of a name, dashes, brackets.
_BLANKS = "\t\n\x0b\x0c\r \x85\xa0\u1680\u2028\u2029\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_DOTS = "·•・‧∙⋅.●"
_DASHES = "-‐‑‒–—―−"
_BRACKETS = "()[]{}〔〕【】〈〉《》「」"
DROPPED = _BLANKS + _DOTS + _DASHES + _BRACKETS
# Characters of names that are still typed in their older shape.
OLDER = (
    "張陳劉黃趙吳孫馬羅鄭謝韓馮於蕭許鄧葉閻賈鍾盧蔣譚鄒龍萬錢湯賴喬賀顧龔嚴華蘇呂魯韋陸關譙蒼齊龐顏莊聶魚歐陽國強偉麗軍傑濤輝"
    "紅蘭鳳潔雲蓮環榮愛楊範饒連鄔鞏單紀項婁駱鄺簡遲勝東飛寧慶業興義禮學書樹長鵬濟瑩靜嬌艷銀鐵鋼銘錦貴財賢順韻風鴻鶴黨夢憶懷曉"
    "暉曄樂權歡瀟燦爾瑪瓊畢祿禎積穎純經維綺緒繼續聖聰聲藍藝衛詠詩誠論諾謙豐貞達運選遠鈞鋒鎮開闖雙離領顯馳駿驍鷹鳴倫儀億冊劍勁"
    "勛勞區協參員啟園圓堅堯塵壯妝嫻孌實寶將岡島嶺幣幹彥徑從戀揚時晉曆會棟楓標橋檢欽歲氣決況涼淵溫滿潤澤濱瀾灣煒煥燁獻現瑋璣盡"
    "監眾碩禦種穩競節紹絲綱綠練織習腦臨萊葦蔔薩處裏覺觀記詳調講證議護讓賓贊趕軒輔輪載農進邁鄉鈺鉅鈴鍵鏗鑑鑰門閃閎閔間閩闊隊階"
    "際隱雋難電須預頻題願類颯饋館駒騰驊驥驕鮑鯤鳥鴛鵑鸞麥點齡"
)
SIMPLER = (
    "张陈刘黄赵吴孙马罗郑谢韩冯于萧许邓叶阎贾钟卢蒋谭邹龙万钱汤赖乔贺顾龚严华苏吕鲁韦陆关谯苍齐庞颜庄聂鱼欧阳国强伟丽军杰涛辉"
    "红兰凤洁云莲环荣爱杨范饶连邬巩单纪项娄骆邝简迟胜东飞宁庆业兴义礼学书树长鹏济莹静娇艳银铁钢铭锦贵财贤顺韵风鸿鹤党梦忆怀晓"
    "晖晔乐权欢潇灿尔玛琼毕禄祯积颖纯经维绮绪继续圣聪声蓝艺卫咏诗诚论诺谦丰贞达运选远钧锋镇开闯双离领显驰骏骁鹰鸣伦仪亿册剑劲"
    "勋劳区协参员启园圆坚尧尘壮妆娴娈实宝将冈岛岭币干彦径从恋扬时晋历会栋枫标桥检钦岁气决况凉渊温满润泽滨澜湾炜焕烨献现玮玑尽"
    "监众硕御种稳竞节绍丝纲绿练织习脑临莱苇卜萨处里觉观记详调讲证议护让宾赞赶轩辅轮载农进迈乡钰巨铃键铿鉴钥门闪闳闵间闽阔队阶"
    "际隐隽难电须预频题愿类飒馈馆驹腾骅骥骄鲍鲲鸟鸳鹃鸾麦点龄"
)
# Of the letters those of ASCII have a case: how others are lowered depends on how a database was made.
_FOLD = str.maketrans(OLDER + ascii_uppercase, SIMPLER + ascii_lowercase, DROPPED)
_NUMBER = str.maketrans(ascii_lowercase, ascii_uppercase, DROPPED)
_ABROAD = re.compile(r"(?:\+|00)86(?=\d{5})|86(?=1[3-9]\d{9}$)")
# With the number of an area its 0 is left out behind that of the country: mobiles, 400 and 800 have none.
_AREALESS = re.compile(r"1[3-9].*|[48]00\d{7}|0.*")
_WITH_AREA = range(9, 12)


def fold_words(words: str) -> str:
    """Words as they are compared: width, case, blanks, dots, dashes, brackets and the older shape of a character make no difference."""
    return unicodedata.normalize("NFKC", words).translate(_FOLD)


def fold_number(number: str) -> str:
    """A citizen's, plate, passport or any other number as it is compared: without what stands between its parts, in capitals."""
    return unicodedata.normalize("NFKC", number).translate(_NUMBER)


def fold_telephone(number: str) -> str:
    """A telephone number as it is compared and kept: as `plain`, without the prefix of the country (+86), with the 0 of its area."""
    said = fold_number(number)
    home = _ABROAD.sub("", said, count=1) if _ABROAD.match(said) else said
    return f"0{home}" if home != said and len(home) in _WITH_AREA and not _AREALESS.fullmatch(home) else home
