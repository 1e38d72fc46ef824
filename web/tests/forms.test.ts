import { expect, test } from "vitest";

import type { JsonSchema, Step } from "@/api/shapes";
import { idleIn, relevant, without, withPresets } from "@/forms/conditions";
import { found, rank } from "@/lists/finding";
import { isMeant, partsOf } from "@/lists/sounds";
import { orderOf } from "@/pages/matter/stepOrder";

const FORM: JsonSchema = {
  properties: {
    how: { type: "string" },
    filed: { type: "boolean", default: true, "x-only-where": { how: ["administrative"] } },
    station: { type: "boolean", "x-only-where": { filed: [true] } },
    charge: { type: "string", "x-only-where": { how: ["criminal"] }, "x-needed": true },
    number: { type: "string" },
    minor: { type: "boolean", "x-only-where": { number: [null, ""] }, "x-needed": true },
  },
  required: ["how"],
};

test.each([
  [{}, ["filed", "station", "charge"]],
  [{ how: "criminal", number: "1" }, ["filed", "station", "minor"]],
  [{ how: "administrative" }, ["charge"]],
  [{ how: "administrative", filed: false }, ["station", "charge"]],
  // What is said in a field that means nothing decides nothing.
  [{ how: "criminal", filed: true }, ["filed", "station"]],
])("of %j these mean nothing: %j", (data, idle) => {
  expect(idleIn(FORM, data)).toEqual(idle);
});

test("what must be said only under a condition must be said there, and what means nothing is not sent", () => {
  const said = { how: "criminal", filed: true, charge: "xf-266" };
  expect(without(FORM, idleIn(FORM, said)).required).toEqual(["how", "charge", "minor"]);
  expect(without(FORM, idleIn(FORM, { how: "help", number: "1" })).required).toEqual(["how"]);
  expect(relevant(FORM, said)).toEqual({ how: "criminal", charge: "xf-266" });
});

test("a field that comes to mean something comes with its preset", () => {
  expect(withPresets(FORM, { how: "administrative" })).toEqual({ how: "administrative", filed: true });
  expect(withPresets(FORM, { how: "administrative", filed: false })).toEqual({ how: "administrative", filed: false });
  expect(withPresets(FORM, { how: "criminal" })).toEqual({ how: "criminal" });
});

const BUS = { zh: "以抢控驾驶操纵装置、拉扯、殴打驾驶人员等方式干扰公共交通工具行驶", spelt: "yiqiangkong yqk" };
const WITNESS = { zh: "威胁、侮辱、殴打、打击报复证人及其近亲属", spelt: "weixie wx" };
const BEATING = { zh: "殴打他人", spelt: "oudataren odtr dajia dj daren dr", everyday: ["打架", "打人"], besides: "第51条 za-51-1" };

test.each(["殴打", "打架", "打人", "odtr", "ouda", "dj", "dajia", "第51条", "殴打他人"])("whoever types %s finds 殴打他人 first", (typed) => {
  expect(found([BUS, WITNESS, BEATING], typed)[0]).toBe(BEATING);
});

test("what has nothing to do with it is not found", () => {
  expect(rank(BUS, "赌博")).toBeNull();
  expect(rank(BUS, " ")).toBe(2);
});

test.each(["思源", "liusiyuan", "liu si yuan", "liu'si", "lsy", "liu", "城关", "shanli", ""])("whoever types %s means the officer of the station", (typed) => {
  expect(isMeant(typed, "刘思源 · 城关派出所", ["liusiyuan lsy", "danli dl shanli sl"])).toBe(true);
});

test.each(["wang", "'"])("who types %s, neither written nor spoken so, means somebody else", (typed) => {
  expect(isMeant(typed, "刘思源 · 城关派出所", ["liusiyuan lsy"])).toBe(false);
});

test("a name with a dot in it is one name", () => {
  expect(partsOf("买买提·艾力 100123 · 城关派出所（负责人）")).toEqual(["买买提·艾力", "100123", "城关派出所", "负责人", ""]);
});

const step = (name: string, more: Partial<Step> = {}) =>
  ({ step: name, title: name, lacks: [], barred: "", requires: [], meets: [], leads_to: [], awaited: false, usual: false, ...more }) as unknown as Step;

test("at most eight stand in front, what was taken last and what is usual among them, and what lacks something or was done already apart", () => {
  const onward = Array.from({ length: 10 }, (_, n) => step(`onward-${String(n)}`, { awaited: true }));
  const steps = [...onward, step("inquire", { usual: true }), step("seize"), step("sober", { lacks: ["约束醒酒"] }), step("sign", { barred: "已有“签收”的记录", usual: true, requires: ["sign"] })];
  const order = orderOf(steps, [], Date.now(), ["seize", "gone"]);
  expect(order.onward.length + order.usual.length).toBe(8);
  expect(order.usual.map((each) => each.step)).toEqual(["seize", "inquire"]);
  expect(order.lacking.map((each) => each.step)).toEqual(["sober", "sign"]);
  expect(order.rest).toEqual(onward.slice(6));
});
