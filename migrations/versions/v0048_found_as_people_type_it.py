"""What is stored is found as people type it: folded as `models.folding` folds what they ask, and names by their pinyin."""

import json
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"

_DROPPED = (
    "\t\n\x0b\x0c\r \x85\xa0\u1680\u2028\u2029\u200b\u200c\u200d\u200e\u200f\u2060\ufeff·•・‧∙⋅.●-‐‑‒–—―−()[]{}〔〕【】〈〉《》「」"
)
_OLDER = (
    "張陳劉黃趙吳孫馬羅鄭謝韓馮於蕭許鄧葉閻賈鍾盧蔣譚鄒龍萬錢湯賴喬賀顧龔嚴華蘇呂魯韋陸關譙蒼齊龐顏莊聶魚歐陽國強偉麗軍傑濤輝紅蘭鳳潔雲蓮環榮愛楊範饒連鄔鞏單紀項婁駱鄺簡遲勝東飛寧慶業興義禮學書樹長鵬濟瑩靜嬌艷銀鐵鋼銘錦貴財賢"
    "順韻風鴻鶴黨夢憶懷曉暉曄樂權歡瀟燦爾瑪瓊畢祿禎積穎純經維綺緒繼續聖聰聲藍藝衛詠詩誠論諾謙豐貞達運選遠鈞鋒鎮開闖雙離領顯馳駿驍鷹鳴倫儀億冊劍勁勛勞區協參員啟園圓堅堯塵壯妝嫻孌實寶將岡島嶺幣幹彥徑從戀揚時晉曆會棟楓標橋檢欽歲"
    "氣決況涼淵溫滿潤澤濱瀾灣煒煥燁獻現瑋璣盡監眾碩禦種穩競節紹絲綱綠練織習腦臨萊葦蔔薩處裏覺觀記詳調講證議護讓賓贊趕軒輔輪載農進邁鄉鈺鉅鈴鍵鏗鑑鑰門閃閎閔間閩闊隊階際隱雋難電須預頻題願類颯饋館駒騰驊驥驕鮑鯤鳥鴛鵑鸞麥點齡"
)
_SIMPLER = (
    "张陈刘黄赵吴孙马罗郑谢韩冯于萧许邓叶阎贾钟卢蒋谭邹龙万钱汤赖乔贺顾龚严华苏吕鲁韦陆关谯苍齐庞颜庄聂鱼欧阳国强伟丽军杰涛辉红兰凤洁云莲环荣爱杨范饶连邬巩单纪项娄骆邝简迟胜东飞宁庆业兴义礼学书树长鹏济莹静娇艳银铁钢铭锦贵财贤"
    "顺韵风鸿鹤党梦忆怀晓晖晔乐权欢潇灿尔玛琼毕禄祯积颖纯经维绮绪继续圣聪声蓝艺卫咏诗诚论诺谦丰贞达运选远钧锋镇开闯双离领显驰骏骁鹰鸣伦仪亿册剑劲勋劳区协参员启园圆坚尧尘壮妆娴娈实宝将冈岛岭币干彦径从恋扬时晋历会栋枫标桥检钦岁"
    "气决况凉渊温满润泽滨澜湾炜焕烨献现玮玑尽监众硕御种稳竞节绍丝纲绿练织习脑临莱苇卜萨处里觉观记详调讲证议护让宾赞赶轩辅轮载农进迈乡钰巨铃键铿鉴钥门闪闳闵间闽阔队阶际隐隽难电须预频题愿类飒馈馆驹腾骅骥骄鲍鲲鸟鸳鹃鸾麦点龄"
)
# Few texts have a character in its older shape: one look tells, where each would be looked up among hundreds.
FOLDED = f"""
CREATE FUNCTION folded(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
SELECT CASE WHEN said ~ '[{_OLDER}]' THEN translate(said, '{_OLDER}', '{_SIMPLER}') ELSE said END
FROM (SELECT translate(lower(normalize(words, NFKC) COLLATE "C"), '{_DROPPED}', '') AS said) AS alike
$$
"""
TELEPHONE = f"""
CREATE FUNCTION telephone(number text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
SELECT CASE WHEN home <> said AND length(home) BETWEEN 9 AND 11 AND home !~ '^(1[3-9].*|[48]00[0-9]{{7}}|0.*)$' THEN '0' || home ELSE home END
FROM (
    SELECT said, regexp_replace(said, '^((\\+|00)86(?=[0-9]{{5}})|86(?=1[3-9][0-9]{{9}}$))', '') AS home
    FROM (SELECT upper(translate(normalize(number, NFKC), '{_DROPPED}', '') COLLATE "C") AS said) AS alike
) AS at_home
$$
"""
# Every beginning of a name, or of its end, as it is spoken and by its initials: hewentao, wentao, hwt. Where a character is spoken in
# several ways, the commonest come first, and what is left out nobody types.
SOUNDS = """
CREATE FUNCTION sounds_of(name text) RETURNS text[] LANGUAGE plpgsql STABLE STRICT AS $$
DECLARE
    signs text[] := string_to_array(left(public.folded(name), 8), NULL);
    whole text[] := '{}';
    spoken text[];
    initials text[];
    ways text[];
BEGIN
    FOR beginning IN 1 .. coalesce(cardinality(signs), 0) LOOP
        spoken := ARRAY[''];
        initials := ARRAY[''];
        FOR place IN beginning .. cardinality(signs) LOOP
            SELECT p.sounds INTO ways FROM public.pinyin p WHERE p.sign = signs[place];
            EXIT WHEN NOT FOUND;
            spoken := ARRAY(
                SELECT a || b FROM unnest(spoken) WITH ORDINALITY AS before (a, i), unnest(ways) WITH ORDINALITY AS then_ (b, j)
                ORDER BY i + j, i LIMIT 8
            );
            initials := ARRAY(SELECT DISTINCT a || left(b, 1) FROM unnest(initials) AS a, unnest(ways) AS b LIMIT 8);
        END LOOP;
        whole := whole || spoken || initials;
    END LOOP;
    RETURN ARRAY(SELECT DISTINCT left(one, n) FROM unnest(whole) AS one, generate_series(2, least(length(one), 12)) AS n);
END $$
"""
KEEP = """
CREATE FUNCTION keep_sounds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    new.sounds := sounds_of(new.name);
    RETURN new;
END $$
"""
_MENTIONS = """
WITH said AS (DELETE FROM mention WHERE value <> telephone(value) RETURNING *)
INSERT INTO mention (matter, seq, sort, value)
SELECT matter, seq, sort, telephone(value) FROM said ON CONFLICT DO NOTHING
"""
_SPOKEN = "INSERT INTO pinyin SELECT sign, sounds FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS each (sign text, sounds text[])"
_FOLDED = {"party": "name", "heading": "words", "narrative": "words", "document": "number"}
_INDEXES = {"party": "party_words", "heading": "heading_words", "narrative": "narrative_words", "document": "document_by_number"}
_WAYS = 4
# The characters in which names are written; of the rarer ones beyond, few are in any typed pinyin.
_FIRST, _LAST = 0x4E00, 0x9FFF


def spoken() -> list[dict[str, object]]:
    """How each character is spoken, in plain letters, the commonest first; ü is typed as v, or as u."""
    # Read when it is asked for: whoever asks which migrations there are loads this file too.
    from pypinyin.pinyin_dict import pinyin_dict

    rows: list[dict[str, object]] = []
    for sign, said in pinyin_dict.items():
        if not _FIRST <= sign <= _LAST:
            continue
        ways = dict.fromkeys(way for each in said.split(",") for way in (_plain(each), _plain(each).replace("v", "u")) if way)
        rows.append({"sign": chr(sign), "sounds": [*ways][:_WAYS]})
    return [row for row in rows if row["sounds"]]


def _plain(syllable: str) -> str:
    """A syllable without its tone."""
    parts = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v")
    return "".join(each for each in parts if each.isascii() and each.isalpha())


def upgrade() -> None:
    """The functions; beside every text what it is found by, kept by the database itself; what is mentioned, folded anew."""
    text, texts = sa.Text(), sa.ARRAY(sa.Text())
    for statement in (FOLDED, TELEPHONE, SOUNDS, KEEP):
        op.execute(statement)
    op.create_table("pinyin", sa.Column("sign", text, primary_key=True), sa.Column("sounds", texts, nullable=False))
    op.get_bind().execute(sa.text(_SPOKEN), {"rows": json.dumps(spoken())})
    for name, column in _FOLDED.items():
        op.add_column(name, sa.Column("folded", text, sa.Computed(f"folded({column})", persisted=True)))
    op.add_column("party", sa.Column("sounds", texts, nullable=False, server_default="{}"))
    op.execute("UPDATE party SET sounds = sounds_of(name)")
    op.execute(
        "CREATE TRIGGER sounds_of_party BEFORE INSERT OR UPDATE OF name ON party FOR EACH ROW EXECUTE FUNCTION keep_sounds()"
    )
    op.execute(_MENTIONS)
    for name, index in _INDEXES.items():
        op.execute(f"DROP INDEX IF EXISTS {index}")
        op.create_index(index, name, [sa.text("bigrams(folded)")], postgresql_using="gin")
    op.create_index("party_by_sound", "party", ["sounds"], postgresql_using="gin")
    op.drop_index("party_by_phone", "party")
    op.create_index("party_by_phone", "party", [sa.text("telephone(said ->> 'phone') text_pattern_ops")])
