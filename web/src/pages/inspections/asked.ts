/** What the pages of inspections ask of the server. */
import { $api } from "@/api/client";
import { useMe } from "@/api/queries";
import type { InspectionQuality, InspectionView } from "@/api/shapes";
import { areStale } from "@/api/stale";

const KEEPS: ReadonlySet<string> = new Set(["case-management-officer", "legal-reviewer", "supervisor"]);
const CONFIRMS: ReadonlySet<string> = new Set(["county-head"]);

/** Whether I keep the rules, and whether I may see how they do. */
export function useMyPart(): { readonly keeps: boolean; readonly sees: boolean } {
  const offices = useMe().data?.offices.map((each) => each.office) ?? [];
  const keeps = offices.some((each) => KEEPS.has(each));
  return { keeps, sees: keeps || offices.some((each) => CONFIRMS.has(each)) };
}

export function useSettings(enabled: boolean) {
  return $api.useQuery("get", "/api/inspection-settings", {}, { enabled });
}

export function useQuality(enabled: boolean): ReadonlyMap<string, InspectionQuality> {
  const asked = $api.useQuery("get", "/api/inspection-quality", {}, { enabled });
  return new Map(asked.data?.map((each) => [each.rule, each]));
}

/** Something was set or proposed: whoever shows rules, settings or tasks asks again. */
export function settingsAreStale(): void {
  void areStale("/api/inspections", "/api/inspections/{inspection_id}", "/api/inspection-settings", "/api/tasks", "/api/tasks/counts");
}

export type State = "on" | "off" | "waiting" | "flagged";
export const STATES: Readonly<Record<State, string>> = { on: "运行", off: "已停用", waiting: "待建", flagged: "准确率低" };

export function stateOf(rule: InspectionView, quality: InspectionQuality | undefined): State {
  if (rule.waiting) return "waiting";
  if (rule.off_until) return "off";
  return quality?.flagged ? "flagged" : "on";
}

/** How often it was right, and of how many. */
export function precisionWords(quality: InspectionQuality | undefined): string {
  if (!quality) return "—";
  if (quality.precision === null) return `提示${quality.raised}件`;
  return `${Math.round(quality.precision * 100)}%（${quality.judged}件）`;
}
