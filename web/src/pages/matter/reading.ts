/** What a matter's page reads. */
import { useQuery } from "@tanstack/react-query";

import { read } from "@/api/client";
import { keys } from "@/api/queries";
import type { ClockExplained, ClockWithReasons, Documents, MatterCard, PersonsMeasures, StagePassed, Step } from "@/api/shapes";

function usePart<T>(number: string, part: string) {
  return useQuery({ queryKey: keys.matter(number, part), queryFn: ({ signal }) => read<T>(`/api/matters/${number}/${part}`, {}, signal) });
}

export function useCard(number: string) {
  return useQuery({ queryKey: keys.matter(number, "card"), queryFn: ({ signal }) => read<MatterCard>(`/api/matters/${number}`, {}, signal) });
}

export function useSteps(number: string) {
  return usePart<readonly Step[]>(number, "steps");
}

export function useClocks(number: string) {
  return usePart<readonly ClockWithReasons[]>(number, "clocks");
}

export function useCourse(number: string) {
  return usePart<readonly StagePassed[]>(number, "course");
}

export function useMeasures(number: string) {
  return usePart<readonly PersonsMeasures[]>(number, "measures");
}

export function useDocuments(number: string) {
  return usePart<Documents>(number, "documents");
}

export function useClock(number: string, id: string) {
  return useQuery({
    queryKey: keys.matter(number, "clock", id),
    queryFn: ({ signal }) => read<ClockExplained>(`/api/clocks/${encodeURIComponent(id)}`, {}, signal),
    enabled: id !== "",
  });
}
