/** By which way a call comes in (报警方式), in the order in which the desk offers them. */
import type { components } from "@/api/contract";

type Channel = NonNullable<components["schemas"]["OpenIncident"]["channel"]>;

export const CHANNELS: Readonly<Record<Channel, string>> = {
  "110": "110 电话",
  "walk-in": "当面报案",
  letter: "来信、邮件、传真",
  mailbox: "局长信箱",
  online: "网上",
  patrol: "巡逻发现",
  referral: "移送",
};
