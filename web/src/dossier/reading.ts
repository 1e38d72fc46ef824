import { useQuery } from "@tanstack/react-query";

import { read } from "@/api/client";
import { keys } from "@/api/queries";
import type { Dossier } from "@/api/shapes";

export function useDossier(number: string, enabled: boolean) {
  return useQuery({
    queryKey: keys.matter(number, "dossier"),
    queryFn: ({ signal }) => read<Dossier>(`/api/matters/${number}/dossier`, {}, signal),
    enabled,
  });
}
