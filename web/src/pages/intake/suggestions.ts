/** What the desk is likely to want: a kind of incident from what the caller says, a unit from where it happened. */
import type { components } from "@/api/contract";
import type { Unit } from "@/api/shapes";

export type Sign = NonNullable<components["schemas"]["OpenIncident"]["signs"]>[number];
type Category = NonNullable<components["schemas"]["OpenIncident"]["category"]>;

/** The groups into which a 110 room sorts its calls, in the order in which they are offered. */
/** What goes on there (现场情形). */
export const SIGNS: Readonly<Record<Sign, string>> = { ongoing: "正在发生", weapons: "涉刀枪爆炸物", injured: "有人伤亡", many: "多人聚集", sensitive: "敏感" };

export const CATEGORIES: Readonly<Record<Category, string>> = {
  criminal: "刑事",
  "public-order": "治安",
  traffic: "交通",
  fire: "火灾",
  dispute: "纠纷",
  help: "求助",
  group: "群体性事件",
  disaster: "灾害事故",
  "tip-off": "举报",
  complaint: "投诉",
  consultation: "咨询",
  invalid: "骚扰误报",
  other: "其他",
};

/** Kinds that are often reported with their groups, each with words by which callers tell it; the more particular stand first. */
const KINDS: readonly (readonly [string, Category, readonly string[]])[] = [
  ["电信诈骗", "criminal", ["转账", "刷单", "验证码", "冒充", "汇款", "诈骗", "骗"]],
  ["人员走失", "help", ["走失", "失联", "联系不上", "没回家", "失踪"]],
  ["家庭暴力", "public-order", ["家暴", "丈夫打", "老公打", "打老婆", "打孩子"]],
  ["打架斗殴", "public-order", ["打架", "殴打", "被打", "动手", "斗殴", "打人"]],
  ["盗窃", "criminal", ["被盗", "偷", "失窃", "扒窃", "撬"]],
  ["抢劫抢夺", "criminal", ["抢劫", "抢夺", "被抢", "持刀"]],
  ["敲诈勒索", "criminal", ["敲诈", "勒索", "威胁要钱"]],
  ["交通事故", "traffic", ["车祸", "追尾", "剐蹭", "相撞", "撞"]],
  ["酒后驾驶", "traffic", ["酒驾", "醉驾", "喝酒开车"]],
  ["火灾", "fire", ["着火", "起火", "冒烟", "火灾"]],
  ["噪声扰民", "public-order", ["噪音", "噪声", "扰民", "施工", "音响"]],
  ["邻里纠纷", "dispute", ["邻居", "楼上", "楼下", "漏水"]],
  ["家庭纠纷", "dispute", ["夫妻", "吵架", "婆媳", "离婚"]],
  ["消费纠纷", "dispute", ["退款", "退货", "商家", "老板不"]],
  ["劳资纠纷", "dispute", ["工资", "工钱", "欠薪", "讨薪"]],
  ["赌博", "public-order", ["赌博", "麻将", "赌场"]],
  ["故意损毁财物", "public-order", ["砸", "划车", "损坏", "毁坏"]],
  ["寻衅滋事", "public-order", ["闹事", "骚扰", "滋事", "起哄"]],
  ["自杀轻生", "help", ["跳楼", "轻生", "自杀"]],
  ["涉毒", "criminal", ["吸毒", "贩毒", "毒品"]],
  ["卖淫嫖娼", "public-order", ["卖淫", "嫖娼"]],
  ["群体性聚集", "group", ["聚众", "堵路", "拉横幅", "围堵"]],
  ["自然灾害", "disaster", ["洪水", "泥石流", "滑坡", "地震"]],
  ["安全事故", "disaster", ["塌方", "爆炸", "泄漏"]],
  ["线索举报", "tip-off", ["举报"]],
  ["投诉民警", "complaint", ["投诉民警", "投诉警察"]],
  ["咨询", "consultation", ["咨询", "请问"]],
  ["误报、骚扰", "invalid", ["误报", "打错", "误拨"]],
  ["群众求助", "help", ["求助", "被困", "开门", "开锁", "迷路", "帮忙"]],
];

export const COMMON_KINDS: readonly string[] = KINDS.map(([kind]) => kind);

/** The group of a kind from the list; of free words none is known. */
export function categoryOf(kind: string): Category | undefined {
  return KINDS.find(([each]) => each === kind)?.[1];
}

/** The first word of a call that asks a question, by the pattern that the form says; what is denied right before it asks nothing. */
export function askedBy(cue: unknown, told: string): string {
  if (typeof cue !== "string") return "";
  return [...told.matchAll(new RegExp(cue, "g"))].find((hit) => !hit[1])?.[2] ?? "";
}

export function kindsFor(narrative: string): string[] {
  const told = KINDS.map(([kind, , words]) => ({ kind, count: words.filter((word) => narrative.includes(word)).length }));
  // Equally told, the more particular stays first.
  return told
    .filter((each) => each.count > 0)
    .sort((one, other) => other.count - one.count)
    .map((each) => each.kind);
}

/** What a unit that answers calls is called by people who live there: 城关派出所 answers for 城关. */
function localName(zh: string): string {
  return zh.replace(/(镇|乡|街|街道)?(派出所|分局|大队)$/, "");
}

/** Units that go out to callers. */
export function answering(units: readonly Unit[]): Unit[] {
  return units.filter((each) => each.kind === "station" || each.kind === "brigade" || each.kind === "sub-bureau");
}

/** The unit in whose name the place is called, or where this place was sent last time; empty where neither is known. */
export function unitFor(place: string, units: readonly Unit[], before: readonly { readonly place: string; readonly unit: string }[]): string {
  if (!place) return "";
  const same = before.find((each) => each.unit && (each.place === place || (place.length > 4 && each.place.startsWith(place.slice(0, 5)))));
  if (same) return same.unit;
  const named = answering(units)
    .map((each) => ({ unit: each.unit, name: localName(each.zh) }))
    .filter((each) => each.name.length > 1 && place.includes(each.name))
    .sort((one, other) => other.name.length - one.name.length);
  return named[0]?.unit ?? "";
}
