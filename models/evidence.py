"""Evidence (依据) as it is told, kept and shown: a pointer to what stands in the record, with a sentence of our own. Never what people wrote."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

EvidenceType = Literal["quote", "step", "missing", "clock", "fact", "facts", "idle", "kin", "attempt"]


class Pointer(BaseModel):
    """One piece of evidence: its type, the sentence that people read, and where in the record it stands.

    `seq` is the step of the matter's journal, `field` the field of its form and `start` to `end` the characters in it, `number` another
    matter, `ref` the limit, fact, step or paper that is meant; whatever does not apply is left out.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: EvidenceType = Field(title="依据类别")
    words: Annotated[str, Field(max_length=400)] = Field(title="依据")
    seq: int | None = Field(default=None, title="所在步骤")
    field: str = Field(default="", title="所在栏目", max_length=60)
    start: int | None = Field(default=None, title="起始字符")
    end: int | None = Field(default=None, title="结束字符")
    number: str = Field(default="", title="所在事项", max_length=40)
    ref: str = Field(default="", title="所指期限、事实、步骤或者文书", max_length=200)
