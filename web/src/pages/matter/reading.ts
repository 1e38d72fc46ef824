/** What a matter's page reads. */
import { $api } from "@/api/client";

function of(number: string) {
  return { params: { path: { number } } };
}

export function useCard(number: string) {
  return $api.useQuery("get", "/api/matters/{number}", of(number));
}

export function useSummary(number: string) {
  return $api.useQuery("get", "/api/matters/{number}/summary", of(number));
}

export function useRequestSheet(number: string, seq: number) {
  return $api.useQuery("get", "/api/matters/{number}/requests/{seq}", { params: { path: { number, seq } } });
}

export function useSteps(number: string) {
  return $api.useQuery("get", "/api/matters/{number}/steps", of(number));
}

export function useClocks(number: string) {
  return $api.useQuery("get", "/api/matters/{number}/clocks", of(number));
}

export function useCourse(number: string) {
  return $api.useQuery("get", "/api/matters/{number}/course", of(number));
}

export function useMeasures(number: string) {
  return $api.useQuery("get", "/api/matters/{number}/measures", of(number));
}

export function useDocuments(number: string) {
  return $api.useQuery("get", "/api/matters/{number}/documents", of(number));
}

export function useClock(number: string, id: string) {
  return $api.useQuery("get", "/api/clocks/{clock_id}", { params: { path: { clock_id: id } } }, { enabled: id !== "", meta: { matter: number } });
}
