/** What inspections find in a matter now: on what it rests, and what would clear it. */
import { Link } from "react-router";

import { $api } from "@/api/client";
import type { FindingRow } from "@/api/shapes";
import { ColourTag } from "@/clocks/ColourTag";

function Finding({ row }: { readonly row: FindingRow }) {
  return (
    <li>
      <ColourTag colour={row.severity} /> {row.alert ? <Link to={`/matters/${row.alert}`}>{row.label}</Link> : row.label}
      {row.episode > 1 ? <span className="quiet">（第{row.episode}次提示）</span> : null}
      <div className="quiet">
        {row.evidence.map((each) => each.words).join("；")}。改正后自动消除：{row.demand}
        {row.figures.length > 0 && <div>所用参数：{row.figures.join("；")}</div>}
      </div>
    </li>
  );
}

export function Findings({ number }: { readonly number: string }) {
  const found = $api.useQuery("get", "/api/matters/{number}/findings", { params: { path: { number } } });
  const rows = (found.data ?? []).filter((each) => !each.dismissed);
  if (rows.length === 0) return null;
  return (
    <section className="panel" aria-label="巡查发现">
      <h2>巡查发现</h2>
      <ul>
        {rows.map((row) => (
          <Finding key={row.rule + row.about} row={row} />
        ))}
      </ul>
    </section>
  );
}
