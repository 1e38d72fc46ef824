/** What administration asks of the server, and how it shows what was refused. */
import { $api } from "@/api/client";
import type { components } from "@/api/contract";
import { Refused } from "@/api/problem";
import { areStale } from "@/api/stale";

type Schemas = components["schemas"];
export type UnitList = Schemas["UnitList"];
export type UnitView = UnitList["units"][number];
export type PersonList = Schemas["PersonList"];
export type PersonView = Schemas["PersonView"];
export type PartnerList = Schemas["PartnerList"];
export type PartnerView = Schemas["PartnerView"];
export type DeliveryList = Schemas["DeliveryList"];
export type DeliveryView = Schemas["DeliveryView"];
export type VerificationList = Schemas["VerificationList"];
export type VerificationView = Schemas["VerificationView"];
export type HealthView = Schemas["HealthView"];

export function useUnits() {
  return $api.useQuery("get", "/api/admin/units");
}

/** Something of the bureau was changed: whoever shows units, people or offices asks again. */
export function bureauIsStale(): void {
  void areStale("/api/admin/", "/api/appointments", "/api/units", "/api/me");
}

/** A refusal in one sentence, with its article. */
export function saidOf(error: unknown): string {
  if (!(error instanceof Refused)) return error instanceof Error ? error.message : "未能办理";
  const { errors, detail, title, basis } = error.problem;
  const words = errors?.map((each) => each.detail).join("；") ?? (detail || title);
  return basis ? `${words}（${basis}）` : words;
}

/** The faults of a refusal as Ant Design's forms take them. */
export function fieldsOf(error: unknown): { name: string; errors: string[] }[] {
  if (!(error instanceof Refused)) return [];
  const { errors, field } = error.problem;
  const all = errors ?? (field ? [{ field, detail: error.message }] : []);
  return all.filter((each) => each.field).map((each) => ({ name: each.field, errors: [each.detail] }));
}
