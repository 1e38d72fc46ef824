/** Case review (案件评查): what I have to score, the rounds and how they were drawn, the files, what drives go through, and how it came out. */
import "@/pages/reviews/reviews.css";

import { lazy, Suspense } from "react";
import { NavLink, Route, Routes } from "react-router";

import { NoSuchPage } from "@/shell/NoSuchPage";
import { Loading } from "@/states/states";

const SheetsView = lazy(() => import("@/pages/reviews/SheetsView"));
const RoundsView = lazy(() => import("@/pages/reviews/RoundsView"));
const FilesView = lazy(() => import("@/pages/reviews/FilesView"));
const ResultsView = lazy(() => import("@/pages/reviews/ResultsView"));
const DriveItemsView = lazy(() => import("@/pages/reviews/DriveItemsView"));
const SheetPage = lazy(() => import("@/pages/reviews/SheetPage"));
const DrawPage = lazy(() => import("@/pages/reviews/DrawPage"));
const DrivePage = lazy(() => import("@/pages/reviews/DrivePage"));
const FilePage = lazy(() => import("@/pages/reviews/FilePage"));

const VIEWS = [
  { to: "", zh: "我的打分", View: SheetsView },
  { to: "files", zh: "评查案卷", View: FilesView },
  { to: "rounds", zh: "批次与抽取", View: RoundsView },
  { to: "drives", zh: "专项清查", View: DriveItemsView },
  { to: "results", zh: "结果", View: ResultsView },
] as const;

export function ReviewsPage() {
  return (
    <div className="reviews">
      <div className="page-head">
        <h1>案件评查</h1>
        <nav className="page-tabs" aria-label="案件评查">
          {VIEWS.map(({ to, zh }) => (
            <NavLink key={to} end={to === ""} to={`/reviews${to && `/${to}`}`}>
              {zh}
            </NavLink>
          ))}
        </nav>
      </div>
      <Suspense fallback={<Loading />}>
        <Routes>
          {VIEWS.map(({ to, View }) => (
            <Route key={to} path={to} element={<View />} />
          ))}
          <Route path="sheets/:number" element={<SheetPage />} />
          <Route path="rounds/:number" element={<DrawPage />} />
          <Route path="drives/:number" element={<DrivePage />} />
          <Route path="files/:number" element={<FilePage />} />
          <Route path="*" element={<NoSuchPage />} />
        </Routes>
      </Suspense>
    </div>
  );
}
