/** By which way a call comes in (报警方式), in the order in which the desk offers them; letters to the chief are registered as letters. */
import type { components } from "@/api/contract";

type Channel = Exclude<NonNullable<components["schemas"]["OpenIncident"]["channel"]>, "mailbox">;

export const CHANNELS: Readonly<Record<Channel, string>> = {
  "110": "110 电话",
  "walk-in": "当面报案",
  letter: "书面报案（邮件、传真）",
  online: "网上",
  patrol: "巡逻发现",
  referral: "移送",
};
