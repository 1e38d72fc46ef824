import "@/pages/intake/intake.css";

import { lazy } from "react";
import { NavLink, Route, Routes } from "react-router";

import { Desk } from "@/pages/intake/Desk";
import { Waiting } from "@/pages/intake/Waiting";

const ImportPage = lazy(() => import("@/pages/intake/imports/ImportPage"));

/** The intake desk (接警台): one call after another, or a sheet of many. */
export function IntakePage() {
  return (
    <>
      <div className="page-head">
        <h1>接警</h1>
        <nav className="page-tabs" aria-label="录入方式">
          <NavLink to="/intake" end>
            逐件录入
          </NavLink>
          <NavLink to="/intake/import">批量导入</NavLink>
        </nav>
        <span className="stretch" />
        <Waiting />
      </div>
      <Routes>
        <Route index element={<Desk />} />
        <Route path="import" element={<ImportPage />} />
      </Routes>
    </>
  );
}
