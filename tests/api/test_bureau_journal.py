"""What administrators do is read by whoever supervises the whole bureau, and by nobody else."""

import pytest

from tests.world import World

SEAT = {"username": "zhangsan", "unit": "donghe", "office": "case-officer"}


async def test_whoever_supervises_the_bureau_reads_in_words_whom_an_administrator_gave_what(bureau: World) -> None:
    admin = await bureau.as_("guanli")
    new = SEAT | {"zh": "章三", "badge": "339901", "unit": "chengguan", "password": "Aster-Kelp-71-Quarry"}
    assert (await admin.http.post("/api/admin/people", json=new)).is_success
    assert (await admin.http.post("/api/admin/holdings", json=SEAT)).is_success
    assert (await admin.http.patch("/api/admin/people/zhangsan", json={"zh": "章四"})).is_success
    told = (await (await bureau.as_("mengqiu")).read("/api/bureau-journal", limit=3))["items"]
    assert [(each["zh"], each["step_zh"]) for each in told] == [("关理", "变更人员"), ("关理", "授予职务"), ("关理", "录入人员")]
    assert "名称由“章三”改为“章四”" in told[0]["words"]
    assert "人员：zhangsan；单位：东河派出所；职务：办案民警" in told[1]["words"]
    assert "Aster" not in told[2]["words"]


async def test_it_goes_on_where_the_page_ended(bureau: World) -> None:
    supervisor, seen, cursor = await bureau.as_("mengqiu"), [], None
    for _ in range(3):
        page = await supervisor.read("/api/bureau-journal", limit=2, **({"cursor": cursor} if cursor else {}))
        seen += [each["position"] for each in page["items"]]
        cursor = page["next"]
    assert seen == sorted(set(seen), reverse=True)


@pytest.mark.parametrize("username", ["guanli", "liusiyuan", "zhouminghui", "qinwanqing"])
async def test_nobody_else_reads_it(bureau: World, username: str) -> None:
    assert (await (await bureau.as_(username)).get("/api/bureau-journal")).status_code == 403
