/** The colours of a limit: each is also a word and a sign, since not everybody sees the difference. */
import type { ClockState, Colour } from "@/api/shapes";

export interface ColourMeaning {
  readonly word: string;
  readonly sign: string;
  readonly meaning: string;
}

export const COLOURS: Readonly<Record<Colour, ColourMeaning>> = {
  none: { word: "正常", sign: "○", meaning: "期限正常" },
  blue: { word: "蓝", sign: "●", meaning: "蓝色预警" },
  yellow: { word: "黄", sign: "▲", meaning: "黄色预警" },
  orange: { word: "橙", sign: "◆", meaning: "橙色预警" },
  red: { word: "红", sign: "■", meaning: "红色预警" },
  unkept: { word: "承诺超时", sign: "◇", meaning: "承诺超时" },
  overdue: { word: "超期", sign: "✕", meaning: "超期红牌" },
};

/** The most pressing first. */
export const BY_URGENCY: readonly Colour[] = ["overdue", "unkept", "red", "orange", "yellow", "blue", "none"];

export const STATES: Readonly<Record<ClockState, string>> = {
  running: "计时中",
  met: "按期完成",
  "met-late": "逾期完成",
  lapsed: "已失效",
  overrun: "超期后终结",
  "not-started": "尚未起算",
  suspended: "暂停计算",
};

export function isRunning(state: ClockState): boolean {
  return state === "running" || state === "suspended" || state === "not-started";
}
