/** Who of a unit may be sent to an incident, those who are best sent first, with what whoever sends them should know. */
import { $api } from "@/api/client";
import type { components } from "@/api/contract";
import { inChina } from "@/clocks/instants";
import { useHolds } from "@/shell/desk";

type Patrol = components["schemas"]["PatrolView"];

// How much somebody has in hand changes with every dispatch.
const FRESH_MS = 5000;

export interface Sent {
  readonly value: string;
  readonly label: string;
}

function words({ zh, badge, auxiliary, open, away_until, deputy_zh }: Patrol): string {
  const name = [badge ? `${zh} ${badge}` : zh, auxiliary && "辅警"].filter(Boolean).join(" · ");
  if (away_until) return `${name} · 离岗至 ${inChina(away_until).format("M月D日 HH:mm")}${deputy_zh ? `，${deputy_zh}代理` : ""}`;
  return `${name} · ${open > 0 ? `手上 ${String(open)} 起` : "空闲"}`;
}

/** Undefined for whoever sends nobody, and while it is not known. */
export function usePatrols(unit: string): readonly Sent[] | undefined {
  const maySend = useHolds("reporting-desk", "station-head", "auxiliary-officer");
  const answer = $api.useQuery("get", "/api/units/{unit}/patrols", { params: { path: { unit } } }, { enabled: maySend && unit !== "", staleTime: FRESH_MS });
  return answer.data?.items.map((each) => ({ value: each.username, label: words(each) }));
}
