/** What the calculator is asked, as the address keeps it and as the server reads it. */
import { keepPreviousData, useQueries } from "@tanstack/react-query";
import { useSearchParams } from "react-router";

import { $api, given } from "@/api/client";
import type { components } from "@/api/contract";
import { isPassing } from "@/api/problem";

type Schemas = components["schemas"];
export type Limit = Schemas["LimitView"];
export type LimitCard = Schemas["LimitCard"];
export type Edition = Schemas["EditionView"];
export type Offer = Schemas["OfferView"];
export type Reckoned = Schemas["Reckoned"];

export interface Exclusion {
  readonly reason: string;
  readonly from: string;
  readonly to: string;
}

export interface Question {
  readonly limit: string;
  /** 2026-09-28, or 2026-09-28T10:00 in China's time. */
  readonly start: string;
  readonly custody: "" | "yes" | "no";
  readonly base: string;
  readonly term: string;
  readonly extensions: readonly string[];
  readonly exclusions: readonly Exclusion[];
}

const SEPARATOR = "~";
const START = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?$/;

function heard(asked: URLSearchParams): Question {
  const custody = asked.get("custody");
  return {
    limit: asked.get("limit") ?? "",
    start: asked.get("start") ?? "",
    custody: custody === "yes" || custody === "no" ? custody : "",
    base: asked.get("base") ?? "",
    term: asked.get("term") ?? "",
    extensions: asked.getAll("extension"),
    exclusions: asked.getAll("exclusion").map((each) => {
      const [reason = "", from = "", to = ""] = each.split(SEPARATOR);
      return { reason, from, to };
    }),
  };
}

function said(question: Question): URLSearchParams {
  const asked = new URLSearchParams();
  for (const name of ["limit", "start", "custody", "base", "term"] as const) if (question[name]) asked.set(name, question[name]);
  for (const each of question.extensions) asked.append("extension", each);
  for (const { reason, from, to } of question.exclusions) asked.append("exclusion", [reason, from, to].join(SEPARATOR));
  return asked;
}

/** The question, kept in the address so that it can be sent to a colleague. */
export function useQuestion(): [Question, (change: Partial<Question>) => void] {
  const [asked, ask] = useSearchParams();
  const change = (changed: Partial<Question>) => {
    ask((before) => said({ ...heard(before), ...changed }), { replace: changed.limit === undefined });
  };
  return [heard(asked), change];
}

function body(question: Question): Schemas["Question"] {
  const { start, custody, base, term, extensions, exclusions } = question;
  return {
    start: start.includes("T") ? `${start}:00+08:00` : start,
    ...(custody && { in_custody: custody === "yes" }),
    ...(base && { base }),
    ...(term && { term }),
    ...(extensions.length > 0 && { extensions: [...extensions] }),
    // A stretch that is still being written down is not asked yet.
    ...(exclusions.some(isWhole) && { exclusions: exclusions.filter(isWhole) }),
  };
}

function isWhole(exclusion: Exclusion): boolean {
  return exclusion.reason !== "" && exclusion.from !== "" && exclusion.to !== "";
}

export function isAskable(question: Question): boolean {
  return question.limit !== "" && START.test(question.start);
}

export function useAnswer(question: Question) {
  const asked = body(question);
  return $api.useQuery("post", "/api/limits/{limit_id}/due", { params: { path: { limit_id: question.limit } }, body: asked }, {
    enabled: isAskable(question),
    // The same question has the same answer until a year's holidays are published.
    staleTime: 5 * 60_000,
    retry: (count, error) => isPassing(error) && count < 2,
  });
}

// What the law says changes with a release, not while somebody reads.
const LONG_MS = 60 * 60_000;

export function useLimits(asked: string) {
  return $api.useQuery("get", "/api/limits", { params: { query: given({ q: asked }) } }, { staleTime: LONG_MS, placeholderData: keepPreviousData });
}

export function useLimit(id: string) {
  return $api.useQuery("get", "/api/limits/{limit_id}", { params: { path: { limit_id: id } } }, { enabled: id !== "", staleTime: LONG_MS });
}

/** The edition in force on the day the limit starts; the newest where no day is said. */
export function editionOf(card: LimitCard, start: string): Edition | undefined {
  const day = start.slice(0, 10);
  return (day && card.editions.find((each) => each.in_force <= day)) || card.editions[0];
}

/** The rest days of these years, and whether all of them are published. */
export function useRestDays(years: readonly number[]): { readonly days: ReadonlySet<string>; readonly final: ReadonlySet<number> } {
  return useQueries({
    queries: years.map((year) => $api.queryOptions("get", "/api/calendar/{year}", { params: { path: { year } } }, { staleTime: LONG_MS })),
    combine: (answers) => ({
      days: new Set(answers.flatMap((each) => each.data?.rest_days ?? [])),
      final: new Set(answers.flatMap((each) => (each.data?.final ? [each.data.year] : []))),
    }),
  });
}

/** Limits under their phases, both in the order of the server. */
export function byPhase(limits: readonly Limit[]): ReadonlyMap<string, readonly Limit[]> {
  const phases = new Map<string, Limit[]>();
  for (const each of limits) phases.set(each.phase_zh, [...(phases.get(each.phase_zh) ?? []), each]);
  return phases;
}

/** “+4 day” and “to 30 day” in words. */
export function stepWords(step: string): string {
  const known = /^(\+|to )(\d+) (minute|hour|day|working day|month)s?$/.exec(step);
  if (!known) return step;
  const units: Readonly<Record<string, string>> = { minute: "分钟", hour: "小时", day: "日", "working day": "个工作日", month: "个月" };
  return `延长${known[1] === "+" ? "" : "至"}${known[2] ?? ""}${units[known[3] ?? ""] ?? ""}`;
}
