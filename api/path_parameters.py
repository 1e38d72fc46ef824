"""Parameters in the paths of routes: each with its display name, which the access log shows, and an example where every bureau has one."""

from typing import Annotated

from fastapi import Path

CatalogueId = Annotated[str, Path(title="目录", examples=["letter-labels"])]
ClockId = Annotated[str, Path(title="期限")]
DocumentId = Annotated[int, Path(title="文书")]
FieldName = Annotated[str, Path(title="字段", examples=["writer_name"])]
InspectionId = Annotated[str, Path(title="巡查规则", examples=["incident-graded-down"])]
ItemId = Annotated[int, Path(title="卷宗材料")]
LedgerDigest = Annotated[str, Path(title="台账")]
LimitId = Annotated[str, Path(title="期限种类", examples=["criminal-filing-review"])]
MessageId = Annotated[str, Path(title="来文")]
ReportId = Annotated[int, Path(title="报告")]
RequestSeq = Annotated[int, Path(title="第几项呈请")]
StepId = Annotated[str, Path(title="步骤", examples=["file-case"])]
SystemId = Annotated[str, Path(title="对方系统")]
UnitId = Annotated[str, Path(title="单位", examples=["chengguan"])]
Username = Annotated[str, Path(title="何人", description="用户名", examples=["liusiyuan"])]
Year = Annotated[int, Path(title="年份", examples=[2026])]
