/** What administration asks of the server, and how it shows what was refused. */
import { $api } from "@/api/client";
import type { components } from "@/api/contract";
import { Refused } from "@/api/problem";
import { areStale } from "@/api/stale";

type Schemas = components["schemas"];
export type UnitsTold = Schemas["UnitsTold"];
export type UnitTold = UnitsTold["units"][number];
export type PeopleTold = Schemas["PeopleTold"];
export type PersonTold = Schemas["PersonTold"];
export type PartnersTold = Schemas["PartnersTold"];
export type PartnerTold = Schemas["PartnerTold"];
export type DeliveriesTold = Schemas["DeliveriesTold"];
export type DeliveryTold = Schemas["DeliveryTold"];
export type VerificationsTold = Schemas["VerificationsTold"];
export type VerificationTold = Schemas["VerificationTold"];
export type HealthTold = Schemas["HealthTold"];

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
