/** Rates in words, and which of them is opened, kept in the address. */
import { useSearchParams } from "react-router";

import type { RateView, Rate } from "@/pages/boards/reading";

export type Part = "above" | "missed" | "below";

/** What a rate counted: of which unit, which figure, and what of it. */
export interface OpenFigure {
  readonly unit: string;
  readonly figure: string;
  readonly part: Part;
}

const SEPARATOR = "~";

export function useOpenFigure(): [OpenFigure | null, (next: OpenFigure | null) => void] {
  const [asked, ask] = useSearchParams();
  const [unit = "", figure = "", part = ""] = (asked.get("open") ?? "").split(SEPARATOR);
  const opened = asked.has("open") ? { unit, figure, part: part as Part } : null;
  const open = (next: OpenFigure | null) => {
    ask((before) => {
      const after = new URLSearchParams(before);
      if (next) after.set("open", [next.unit, next.figure, next.part].join(SEPARATOR));
      else after.delete("open");
      return after;
    });
  };
  return [opened, open];
}

export function isCounted(rate: Rate): boolean {
  return rate.below > 0 || rate.above > 0;
}

/** The share or the number per hundred; of too few only how many of how many. */
export function rateWords(told: RateView, rate: Rate): string {
  if (rate.rate === null) return partsWords(rate);
  return told.measure === "share" ? `${rate.rate.toFixed(1)}%` : rate.rate.toFixed(1);
}

export function partsWords(rate: Rate): string {
  return `${String(rate.above)}/${String(rate.below)}`;
}

/** By how much it moved since the period before; empty where that is not told. */
export function changeWords(told: RateView, rate: Rate): string {
  if (rate.change === null) return "";
  if (rate.change === 0) return "环比持平";
  const by = Math.abs(rate.change).toFixed(1);
  return `环比${rate.change > 0 ? "↑" : "↓"}${by}${told.measure === "share" ? " 个百分点" : ""}`;
}
