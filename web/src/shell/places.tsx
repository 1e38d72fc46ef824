/** Where one can go: the entries of the navigation, in order, and who sees them. */
import {
  AlertOutlined,
  AuditOutlined,
  BarChartOutlined,
  BranchesOutlined,
  CalculatorOutlined,
  ClockCircleOutlined,
  FileSearchOutlined,
  FolderOpenOutlined,
  FundProjectionScreenOutlined,
  IdcardOutlined,
  ImportOutlined,
  PhoneOutlined,
  QuestionCircleOutlined,
  SafetyCertificateOutlined,
  SettingOutlined,
} from "@ant-design/icons";
import type { ReactNode } from "react";

import { useMe } from "@/api/queries";
import type { Office } from "@/api/shapes";

export interface Place {
  readonly to: string;
  readonly zh: string;
  readonly icon: ReactNode;
  /** The key after `g` that leads there. */
  readonly key: string;
  /** Who sees it in the navigation; everybody where nobody is named. The server decides what each may do there. */
  readonly offices?: readonly Office[];
  /** Whether it shows matters, which who does nothing but administer does not read. */
  readonly shows?: "matters";
}

const PLACES: readonly Place[] = [
  { to: "/", zh: "工作台", icon: <AuditOutlined />, key: "w", shows: "matters" },
  { to: "/matters", zh: "警情案件", icon: <FolderOpenOutlined />, key: "m", shows: "matters" },
  { to: "/clocks", zh: "期限", icon: <ClockCircleOutlined />, key: "c", shows: "matters" },
  { to: "/intake", zh: "接警", icon: <PhoneOutlined />, key: "i", offices: ["reporting-desk", "case-officer", "auxiliary-officer"] },
  { to: "/window", zh: "窗口", icon: <IdcardOutlined />, key: "o", shows: "matters", offices: ["letter-officer", "reporting-desk", "case-officer", "auxiliary-officer", "station-head", "duty-commander"] },
  { to: "/alerts", zh: "风险提示", icon: <AlertOutlined />, key: "r", shows: "matters", offices: ["case-management-officer", "legal-reviewer", "supervisor", "station-head", "county-head"] },
  { to: "/series", zh: "串并案", icon: <BranchesOutlined />, key: "j", shows: "matters", offices: ["case-officer", "station-head", "case-management-officer", "legal-reviewer", "supervisor", "county-head"] },
  { to: "/reviews", zh: "案件评查", icon: <FileSearchOutlined />, key: "e", shows: "matters", offices: ["case-officer", "station-head", "case-management-officer", "legal-reviewer", "supervisor", "county-head"] },
  { to: "/inspections", zh: "巡查规则", icon: <SafetyCertificateOutlined />, key: "x", offices: ["case-management-officer", "legal-reviewer", "supervisor", "county-head"] },
  { to: "/boards", zh: "看板", icon: <BarChartOutlined />, key: "b", shows: "matters" },
  { to: "/screen", zh: "大屏", icon: <FundProjectionScreenOutlined />, key: "s", shows: "matters" },
  { to: "/calculator", zh: "期限计算", icon: <CalculatorOutlined />, key: "l" },
  { to: "/moving-in", zh: "案件迁入", icon: <ImportOutlined />, key: "n", offices: ["case-management-officer", "supervisor"] },
  { to: "/administration", zh: "系统管理", icon: <SettingOutlined />, key: "a", offices: ["administrator"] },
  { to: "/help", zh: "帮助", icon: <QuestionCircleOutlined />, key: "h" },
];

/** Whether I do nothing but administer: whoever does reads no matter. */
export function useOnlyAdministers(): boolean {
  const held = useMe().data?.offices ?? [];
  return held.length > 0 && held.every((each) => each.office === "administrator");
}

export function usePlaces(): readonly Place[] {
  const held = useMe().data?.offices.map((each) => each.office) ?? [];
  const only = useOnlyAdministers();
  return PLACES.filter((each) => !(only && each.shows) && (!each.offices || each.offices.some((office) => held.includes(office))));
}
