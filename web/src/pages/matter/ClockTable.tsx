import { Switch } from "antd";
import { useState } from "react";

import type { ClockWithReasons } from "@/api/shapes";
import { ColourTag } from "@/clocks/ColourTag";
import { isRunning, STATES } from "@/clocks/colours";
import { Countdown } from "@/clocks/Countdown";
import { shownInstant } from "@/clocks/instants";
import { Cited } from "@/law/Cited";
import { Nothing, Shown } from "@/states/states";
import { useClocks } from "@/pages/matter/reading";
import { TableFrame } from "@/pages/matter/TableFrame";

/** Limits as a table; a name leads to the reasons where somebody can be led. */
export function ClockRows({ clocks, onExplain }: { readonly clocks: readonly ClockWithReasons[]; readonly onExplain?: (clock: string) => void }) {
  return (
    <TableFrame>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">期限</th>
            <th scope="col">起算</th>
            <th scope="col">届满</th>
            <th scope="col">状态</th>
            <th scope="col">依据</th>
          </tr>
        </thead>
        <tbody>
          {clocks.map((each) => (
            <tr key={each.id}>
              <th scope="row">
                {onExplain ? (
                  <button
                    type="button"
                    className="link-button"
                    title="为什么是这一天？"
                    onClick={() => {
                      onExplain(each.id);
                    }}
                  >
                    {each.zh}
                  </button>
                ) : (
                  each.zh
                )}
                {each.liberty && <span className="quiet"> 人身自由</span>}
              </th>
              <td className="number">{shownInstant(each.started_at)}</td>
              <td className="number">{shownInstant(each.due_at, each.date_only)}</td>
              <td>
                {isRunning(each.state) ? (
                  <>
                    <ColourTag colour={each.colour} /> {each.due_at && <Countdown due={each.due_at} colour={each.colour} />}
                  </>
                ) : (
                  STATES[each.state]
                )}
                {each.overrun?.entered_at && (
                  <div className="quiet number">
                    {shownInstant(each.overrun.due_at)} 届满，{shownInstant(each.overrun.entered_at)} 补录
                  </div>
                )}
                {each.overrun && each.liberty && <div className="quiet">{each.overrun.acknowledged_at ? `✓ ${each.overrun.acknowledged_by_zh ?? ""}已确认` : "○ 待督察确认"}</div>}
              </td>
              <td className="quiet basis">
                <Cited text={each.basis} on={each.started_at} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}

/** The limits of a matter: those that run, and on demand those that have ended. */
export function ClockTable({ number, everything, onExplain }: { readonly number: string; readonly everything: boolean; readonly onExplain: (clock: string) => void }) {
  const [all, setAll] = useState(everything);
  const clocks = useClocks(number);
  return (
    <Shown of={clocks} rows={3}>
      {(data) => {
        const running = data.filter((each) => isRunning(each.state));
        const shown = all ? data : running;
        return (
          <section className="panel" aria-label="期限">
            <div className="panel-head">
              <h2>期限</h2>
              <span className="quiet">计时中 {running.length}</span>
              <span className="stretch" />
              <span className="quiet">
                <Switch size="small" aria-label="也显示已结束的期限" checked={all} onChange={setAll} /> 已结束的（{data.length - running.length}）
              </span>
            </div>
            {shown.length === 0 ? <Nothing>没有未届满的期限</Nothing> : <ClockRows clocks={shown} onExplain={onExplain} />}
          </section>
        );
      }}
    </Shown>
  );
}
