/** What the parts of a review are called. */
import { useKinds } from "@/api/queries";

export const VERDICTS = { met: "符合", partly: "部分符合", not: "不符合", na: "不适用" } as const;
export type Verdict = keyof typeof VERDICTS;
export const VERDICT_KEYS: readonly Verdict[] = ["met", "partly", "not", "na"];

const GRADES: Readonly<Record<string, string>> = { excellent: "优秀", qualified: "合格", flawed: "瑕疵", unqualified: "不合格" };
const CHECKLISTS: Readonly<Record<string, string>> = { criminal: "刑事案件", administrative: "行政（治安）案件", incident: "接处警", backlog: "—", identity: "—" };
const METHODS: Readonly<Record<string, string>> = { random: "随机", stratified: "分层", all: "全部" };
const PURPOSES: Readonly<Record<string, string>> = { monthly: "月度抽查", targeted: "专项评查", special: "重点案件必评", "self-check": "自查", backlog: "积案清查", identity: "身份信息核正" };

export const gradeWord = (grade: string) => GRADES[grade] ?? "—";
export const checklistWord = (id: string) => CHECKLISTS[id] ?? id;
export const methodWord = (id: string) => METHODS[id] ?? id;
export const purposeWord = (id: string) => PURPOSES[id] ?? id;
const RESULTS: Readonly<Record<string, string>> = {
  continue: "继续侦查",
  sent: "移送起诉",
  ended: "撤案或者终止",
  merged: "并案",
  "handed-over": "移交",
  lost: "查无卷宗",
  corrected: "已经更正",
  right: "核实无误",
  unclear: "无法查清",
};

/** Whether a round is a drive: nothing in it is drawn by lot or scored. */
export const isDrive = (purpose: string) => purpose === "backlog" || purpose === "identity";
export const resultWord = (result: string) => RESULTS[result] ?? "—";
export const figure = (value: number | null | undefined) => (value === null || value === undefined ? "—" : String(value));

export function useStageWords(kind: "review-round" | "case-review" | "review-sheet"): Readonly<Record<string, string>> {
  return useKinds().data?.find((each) => each.kind === kind)?.stages ?? {};
}
