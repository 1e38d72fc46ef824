import { expect, test } from "vitest";

import { inChina, shownInstant, spanWords, untilWords, writtenInstant } from "@/clocks/instants";
import { nearestOf } from "@/clocks/nearest";
import { citizenFault, citizenTyped } from "@/forms/citizen";
import { filledIn, helpBeside, labelsOf, lengthWords, prepared } from "@/forms/schema";
import { piecesOf } from "@/law/citations";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

test("an instant is shown in China's time, whatever the machine's is", () => {
  expect(shownInstant("2026-10-04T16:30:00+00:00")).toBe("2026-10-05 00:30");
  expect(shownInstant("2026-10-05T23:59:59+08:00", true)).toBe("2026-10-05");
  expect(shownInstant(null)).toBe("—");
  expect(writtenInstant(inChina("2026-10-04T16:30:00Z"))).toBe("2026-10-05T00:30:00+08:00");
});

test.each([
  [20_000, "不到 1 分钟"],
  [40 * MINUTE, "40 分钟"],
  [HOUR, "1 小时 0 分"],
  [DAY + 59 * MINUTE, "1 天"],
  [2 * DAY + 3 * HOUR, "2 天 3 小时"],
  [37 * DAY + 5 * HOUR, "37 天"],
])("%i milliseconds are %s", (span, words) => {
  expect(spanWords(span)).toBe(words);
});

test("what is left and what is over are told apart", () => {
  const now = Date.parse("2026-10-05T00:00:00Z");
  expect(untilWords("2026-10-05T02:00:00Z", now)).toBe("还有 2 小时 0 分");
  expect(untilWords("2026-10-04T23:20:00Z", now)).toBe("已超 40 分钟");
  expect(untilWords("2026-10-04T23:59:31Z", now)).toBe("已超 不到 1 分钟");
});

test("what is due at once is to be done at once, and is over only when its colour says so", () => {
  const now = Date.parse("2026-10-05T00:00:00Z");
  expect(untilWords("2026-10-04T23:20:00Z", now, "yellow")).toBe("应立即办理");
  expect(untilWords("2026-10-04T23:20:00Z", now, "overdue")).toBe("已超 40 分钟");
});

test("the headline is the nearest limit on somebody's liberty, before what is merely due at once", () => {
  const now = Date.parse("2026-10-05T00:00:00Z");
  const atOnce = { id: "tell-family", state: "running", colour: "yellow", liberty: true, due_at: "2026-10-04T23:20:00Z" } as const;
  const arrest = { id: "request-arrest", state: "running", colour: "none", liberty: true, due_at: "2026-10-07T23:00:00Z" } as const;
  const other = { id: "file-case", state: "running", colour: "red", liberty: false, due_at: "2026-10-05T01:00:00Z" } as const;
  const met = { id: "question", state: "met", colour: "none", liberty: true, due_at: "2026-10-05T00:30:00Z" } as const;
  expect(nearestOf([atOnce, arrest, other, met], now)?.id).toBe("request-arrest");
  expect(nearestOf([atOnce, other, met], now)?.id).toBe("tell-family");
  expect(nearestOf([other, met], now)?.id).toBe("file-case");
  expect(nearestOf([met], now)).toBeUndefined();
});

test.each([
  ["+4 day", "延长 4 日"],
  ["to 30 days", "延长至 30 日"],
  ["7 working days", "7 个工作日"],
  ["a while", null],
])("the length %s is written %s", (length, words) => {
  expect(lengthWords(length)).toBe(words);
});

test("values are called what the description calls them", () => {
  const description = "mediated 调解，punished 处罚";
  expect(labelsOf(["mediated", "punished", "+4 day"], description)).toEqual({ mediated: "调解", punished: "处罚", "+4 day": "延长 4 日" });
  expect(helpBeside(["mediated", "punished"], "mediated 调解，punished 处罚")).toBe("");
});

test("a schema is made plain: references resolved, nothing nullable", () => {
  const schema = {
    $defs: { Thing: { type: "object", properties: { name: { anyOf: [{ type: "string" }, { type: "null" }], default: null, title: "名称" } } } },
    properties: { things: { type: "array", items: { $ref: "#/$defs/Thing" } } },
  };
  expect(prepared(schema as Parameters<typeof prepared>[0])).toEqual({
    properties: { things: { type: "array", items: { type: "object", properties: { name: { type: "string", title: "名称" } } } } },
  });
});

test("what was left empty is not filled in, in rows neither, and rows keep their places", () => {
  expect(filledIn({ place: "", at: null, sealed: false, things: [], rows: [{ name: "手机", note: "" }, undefined] })).toEqual({ sealed: false, rows: [{ name: "手机" }, ""] });
});

test("every citation of a text is found, and an article after another is of the same book", () => {
  expect(piecesOf("依据《刑事诉讼法》第九十一条、第九十二条之一办理")).toEqual([
    { words: "依据" },
    { words: "《刑事诉讼法》第九十一条", cited: "《刑事诉讼法》第九十一条" },
    { words: "、" },
    { words: "第九十二条之一", cited: "《刑事诉讼法》第九十二条之一" },
    { words: "办理" },
  ]);
});

test("an identity number whose check digit is wrong is told as wrong", () => {
  expect(citizenFault("11010519491231002X")).toBeNull();
  expect(citizenFault("110105194912310021")).toBe("校验码不符，请核对号码");
});

test("what came along from another program and cannot be seen is not sent, and a number is taken in one piece", () => {
  expect(filledIn({ narrative: "\u200b两人\u202e打架\n一人受伤\ufeff", rows: [{ name: "手机\u200b" }, "甲\u2060"], empty: "\u200b" })).toEqual({
    narrative: "两人打架\n一人受伤",
    rows: [{ name: "手机" }, "甲"],
  });
  expect(citizenTyped(" 110101 19900307 ０775\u200b")).toBe("110101199003070775");
});
