import "@/pages/administration/administration.css";

import { Result } from "antd";
import { lazy, type ReactNode } from "react";
import { Navigate, NavLink, Route, Routes } from "react-router";

import { useMe } from "@/api/queries";
import { useTabInSight } from "@/shell/tabInSight";
import { Shown } from "@/states/states";

const UnitsPage = lazy(() => import("@/pages/administration/UnitsPage"));
const PeoplePage = lazy(() => import("@/pages/administration/PeoplePage"));
const CalendarPage = lazy(() => import("@/pages/administration/CalendarPage"));
const PartnersPage = lazy(() => import("@/pages/administration/PartnersPage"));
const TimesPage = lazy(() => import("@/pages/administration/TimesPage"));
const StandardsPage = lazy(() => import("@/pages/administration/StandardsPage"));
const RulesPage = lazy(() => import("@/pages/administration/RulesPage"));
const MessagesPage = lazy(() => import("@/pages/administration/MessagesPage"));
const VerificationPage = lazy(() => import("@/pages/administration/VerificationPage"));
const HealthPage = lazy(() => import("@/pages/administration/HealthPage"));

const PARTS: readonly { readonly to: string; readonly zh: string; readonly page: ReactNode }[] = [
  { to: "units", zh: "单位", page: <UnitsPage /> },
  { to: "people", zh: "人员与职务", page: <PeoplePage /> },
  { to: "calendar", zh: "放假安排", page: <CalendarPage /> },
  { to: "partners", zh: "外部系统", page: <PartnersPage /> },
  { to: "times", zh: "等待时限", page: <TimesPage /> },
  { to: "standards", zh: "考评标准", page: <StandardsPage /> },
  { to: "rules", zh: "通知规则", page: <RulesPage /> },
  { to: "messages", zh: "发送记录", page: <MessagesPage /> },
  { to: "verification", zh: "日志核对", page: <VerificationPage /> },
  { to: "health", zh: "运行状况", page: <HealthPage /> },
];

/** Administration (系统管理): open to administrators, and says so to everybody else. */
export function AdministrationPage() {
  const me = useMe();
  return (
    <Shown of={me}>
      {({ offices }) =>
        offices.some((each) => each.office === "administrator") ? (
          <Parts />
        ) : (
          <Result status="403" title="系统管理只对系统管理员开放" subTitle="单位、人员或者放假安排需要改动的，请联系本单位的系统管理员。" />
        )
      }
    </Shown>
  );
}

function Parts() {
  const tabs = useTabInSight();
  return (
    <>
      <div className="page-head">
        <h1>系统管理</h1>
        <nav ref={tabs} className="page-tabs" aria-label="系统管理">
          {PARTS.map((each) => (
            <NavLink key={each.to} to={`/administration/${each.to}`}>
              {each.zh}
            </NavLink>
          ))}
        </nav>
      </div>
      <Routes>
        <Route index element={<Navigate to="units" replace />} />
        {PARTS.map((each) => (
          <Route key={each.to} path={each.to} element={each.page} />
        ))}
      </Routes>
    </>
  );
}
