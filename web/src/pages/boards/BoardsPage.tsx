import "@/pages/boards/boards.css";

import { lazy, Suspense } from "react";
import { NavLink, Route, Routes, useLocation } from "react-router";

import { useMe } from "@/api/queries";
import { FilterBar } from "@/pages/boards/FilterBar";
import { StationView } from "@/pages/boards/StationView";
import { NoSuchPage } from "@/shell/NoSuchPage";
import { useTabInSight } from "@/shell/tabInSight";
import { Loading } from "@/states/states";

const SupervisionView = lazy(() => import("@/pages/boards/SupervisionView"));
const OversightView = lazy(() => import("@/pages/boards/OversightView"));
const CallsView = lazy(() => import("@/pages/boards/CallsView"));
const DeadlinesView = lazy(() => import("@/pages/boards/DeadlinesView"));
const RankingView = lazy(() => import("@/pages/boards/RankingView"));
const StagesView = lazy(() => import("@/pages/boards/StagesView"));
const RedCardsView = lazy(() => import("@/pages/boards/RedCardsView"));
const ReadingsView = lazy(() => import("@/pages/boards/ReadingsView"));
const ReportsView = lazy(() => import("@/pages/boards/ReportsView"));
const AssessmentView = lazy(() => import("@/pages/boards/AssessmentView"));
const OwnIndexView = lazy(() => import("@/pages/boards/OwnIndexView"));
const ReportPage = lazy(() => import("@/pages/boards/ReportPage"));
const CaseRoomView = lazy(async () => ({ default: (await import("@/pages/boards/QueuesView")).CaseRoomView }));
const AgendaView = lazy(async () => ({ default: (await import("@/pages/boards/QueuesView")).AgendaView }));
const SearchesView = lazy(() => import("@/pages/boards/SearchesView"));
const LettersView = lazy(() => import("@/pages/boards/LettersView"));
const BureauView = lazy(() => import("@/pages/boards/BureauView"));
const ComingsView = lazy(() => import("@/pages/boards/ComingsView"));

// Every board with its address, and of what its period is; the first has none, since it is about this very morning.
const VIEWS = [
  { to: "", zh: "今日", period: "", View: StationView },
  { to: "case-room", zh: "案管室", period: "", View: CaseRoomView },
  { to: "agenda", zh: "议程", period: "", View: AgendaView },
  { to: "supervision", zh: "执法监督", period: "统计期间", View: SupervisionView },
  { to: "oversight", zh: "监督事项", period: "", View: OversightView },
  { to: "calls", zh: "警情分类", period: "统计期间", View: CallsView },
  { to: "searches", zh: "查找", period: "统计期间", View: SearchesView },
  { to: "letters", zh: "群众来信", period: "统计期间", View: LettersView },
  { to: "deadlines", zh: "期限", period: "届满", View: DeadlinesView },
  { to: "ranking", zh: "红黄牌排名", period: "届满", View: RankingView },
  { to: "stages", zh: "阶段停留", period: "创建", View: StagesView },
  { to: "red-cards", zh: "红牌墙", period: "届满", View: RedCardsView },
  { to: "assessment", zh: "考评", period: "", View: AssessmentView },
  { to: "reports", zh: "报告", period: "", View: ReportsView },
] as const;

export function BoardsPage() {
  // What one board is narrowed to holds for the next; which of its counts was opened does not.
  const kept = new URLSearchParams(useLocation().search);
  kept.delete("open");
  // Who read what, and who came and went, is for those who supervise.
  const supervises = (useMe().data?.offices ?? []).some((each) => each.office === "supervisor");
  const tabs = useTabInSight();
  return (
    <div className="boards">
      <div className="page-head">
        <h1>看板</h1>
        <nav ref={tabs} className="page-tabs" aria-label="看板">
          {VIEWS.map(({ to, zh }) => (
            <NavLink key={to} end to={{ pathname: `/boards${to && `/${to}`}`, search: kept.toString() }}>
              {zh}
            </NavLink>
          ))}
          <NavLink to="/boards/own-index">健康指数</NavLink>
          {supervises && <NavLink to="/boards/readings">查阅记录</NavLink>}
          {supervises && <NavLink to="/boards/comings">登录记录</NavLink>}
          {supervises && <NavLink to="/boards/bureau">本局日志</NavLink>}
        </nav>
      </div>
      <Suspense fallback={<Loading />}>
        <Routes>
          {VIEWS.map(({ to, period, View }) => (
            <Route
              key={to}
              path={to}
              element={
                <>
                  <FilterBar board={to} period={period} />
                  <View />
                </>
              }
            />
          ))}
          <Route path="reports/:id" element={<ReportPage />} />
          <Route path="own-index" element={<OwnIndexView />} />
          <Route path="readings" element={<ReadingsView />} />
          <Route path="comings" element={<ComingsView />} />
          <Route path="bureau" element={<BureauView />} />
          <Route path="*" element={<NoSuchPage />} />
        </Routes>
      </Suspense>
    </div>
  );
}
