import { $api } from "@/api/client";

export function useDossier(number: string, enabled: boolean) {
  return $api.useQuery("get", "/api/matters/{number}/dossier", { params: { path: { number } } }, { enabled });
}
