/** So many seconds as people say them, and as they type them. */

const UNITS = [
  { value: 86_400, label: "天" },
  { value: 3600, label: "小时" },
  { value: 60, label: "分钟" },
  { value: 1, label: "秒" },
] as const;

export const SPANS = [...UNITS].reverse();

/** 1小时30分钟; none: never. */
export function secondsWords(seconds: number | null, never = "不设"): string {
  if (seconds === null) return never;
  let rest = seconds;
  const words = UNITS.map(({ value, label }) => {
    const many = Math.floor(rest / value);
    rest -= many * value;
    return many ? `${many}${label}` : "";
  });
  return words.join("") || "0秒";
}

/** The largest unit of which it is a whole number. */
export function unitOf(seconds: number | null): number {
  return UNITS.find(({ value }) => seconds !== null && seconds % value === 0)?.value ?? 60;
}
