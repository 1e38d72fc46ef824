/** Citizen identity numbers (公民身份号码, GB 11643-1999). */

import { visible } from "@/forms/visible";

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = "10X98765432";

/** As it was typed or pasted, in one piece: whatever parts its figures is no part of it. */
export function citizenTyped(text: string): string {
  return visible(text.normalize("NFKC")).replace(/[\s-]/g, "").toUpperCase();
}

/** What is wrong with a number, null where nothing is. */
export function citizenFault(number: string): string | null {
  const text = number.toUpperCase();
  if (text.length !== 18) return `须为18位，现为${text.length}位`;
  if (!/^\d{17}[\dX]$/.test(text)) return "前17位须为数字，末位须为数字或者X";
  const born = birthIn(text);
  const date = new Date(`${born}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== born) return "其中的出生日期不存在，请核对";
  const sum = WEIGHTS.reduce((total, weight, n) => total + weight * Number(text[n]), 0);
  return CHECKS[sum % 11] === text[17] ? null : "校验码不符，请核对号码";
}

export function birthIn(number: string): string {
  return `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
}

export function sexIn(number: string): string {
  return Number(number[16]) % 2 === 1 ? "男" : "女";
}
