import { Switch } from "antd";
import { useState } from "react";

import type { PersonsMeasures } from "@/api/shapes";
import { ColourTag } from "@/clocks/ColourTag";
import { isRunning, STATES } from "@/clocks/colours";
import { useNow } from "@/clocks/Countdown";
import { inChina, shownInstant, spanWords } from "@/clocks/instants";
import { barOf, isFineGrained, type Limit, marksOf, placeOf, type Span, spanOf } from "@/pages/matter/gantt";
import { TableFrame } from "@/pages/matter/TableFrame";

function Axis({ span, now }: { readonly span: Span; readonly now: number }) {
  return (
    <div className="gantt-row gantt-axis" aria-hidden="true">
      <span />
      <div className="gantt-track">
        {marksOf(span).map((mark) => (
          <span key={mark} className="gantt-mark" style={{ left: `${String(placeOf(mark, span))}%` }}>
            {inChina(mark).format(isFineGrained(span) ? "YYYY-MM-DD HH:mm" : "YYYY-MM-DD")}
          </span>
        ))}
        <span className="gantt-now-word" style={{ left: `${String(placeOf(now, span))}%` }}>
          现在
        </span>
      </div>
    </div>
  );
}

function LimitRow({ limit, span, now, onExplain }: { readonly limit: Limit; readonly span: Span; readonly now: number; readonly onExplain: (clock: string) => void }) {
  const due = limit.due_at ? new Date(limit.due_at).getTime() : null;
  const running = isRunning(limit.state);
  const end = limit.ended_at ? new Date(limit.ended_at).getTime() : running ? Math.max(now, due ?? now) : due;
  const bar = barOf(limit.started_at, end, span);
  const words = running ? (due && due < now ? `已超 ${spanWords(now - due)}` : due ? `还有 ${spanWords(due - now)}` : STATES[limit.state]) : STATES[limit.state];
  return (
    <div className="gantt-row">
      <button
        type="button"
        className="gantt-name link-button"
        title={`${limit.zh}：为什么是这一天？`}
        onClick={() => {
          onExplain(limit.clock);
        }}
      >
        {limit.zh}
      </button>
      <div className="gantt-track">
        <span className="gantt-now" style={{ left: `${String(placeOf(now, span))}%` }} />
        {bar && (
          <span
            className={`gantt-limit ${running ? `colour-${limit.colour}` : "gantt-ended"}`}
            style={{ left: `${String(bar.left)}%`, width: `${String(bar.width)}%` }}
            title={`${limit.zh}：${shownInstant(limit.started_at)} 起，${shownInstant(limit.due_at)} 届满（${words}）`}
          />
        )}
        {due && due < span.to && <span className={`gantt-due ${running ? "gantt-due-running" : ""}`} style={{ left: `${String(placeOf(due, span))}%` }} />}
      </div>
    </div>
  );
}

/** One person's measures as bars, and beneath them the limits with the line at which each is due. */
function Chart({ person, limits, onExplain }: { readonly person: PersonsMeasures; readonly limits: readonly Limit[]; readonly onExplain: (clock: string) => void }) {
  const now = useNow();
  const span = spanOf({ ...person, limits: [...limits] }, now);
  return (
    <div className="gantt" role="group" aria-label={`${person.name}的措施与期限图`}>
      <Axis span={span} now={now} />
      {person.measures.length > 0 && (
        <div className="gantt-row gantt-measures">
          <span className="gantt-name">措施</span>
          <div className="gantt-track">
            <span className="gantt-now" style={{ left: `${String(placeOf(now, span))}%` }} />
            {person.measures.map((each) => {
              const bar = barOf(each.from, each.to ? new Date(each.to).getTime() : now, span);
              return bar ? (
                <span
                  key={each.measure + each.from}
                  className={`gantt-measure ${each.held ? "gantt-held" : ""}`}
                  style={{ left: `${String(bar.left)}%`, width: `${String(bar.width)}%` }}
                  title={`${each.zh}：${shownInstant(each.from)} 至 ${each.to ? shownInstant(each.to) : "今"}`}
                >
                  {each.zh}
                </span>
              ) : null;
            })}
          </div>
        </div>
      )}
      {limits.map((limit) => (
        <LimitRow key={limit.clock} limit={limit} span={span} now={now} onExplain={onExplain} />
      ))}
    </div>
  );
}

/** The same in words. */
export function MeasuresTable({ person, limits }: { readonly person: PersonsMeasures; readonly limits: readonly Limit[] }) {
  return (
    <TableFrame>
      <table className="plain-table">
        <caption className="unseen">{person.name}的措施与期限</caption>
        <thead>
          <tr>
            <th scope="col">措施或者期限</th>
            <th scope="col">起</th>
            <th scope="col">届满</th>
            <th scope="col">止</th>
            <th scope="col">状态</th>
          </tr>
        </thead>
        <tbody>
          {person.measures.map((each) => (
            <tr key={each.measure + each.from}>
              <th scope="row">{each.zh}（措施）</th>
              <td>{shownInstant(each.from)}</td>
              <td>—</td>
              <td>{each.to ? shownInstant(each.to) : "持续中"}</td>
              <td>{each.held ? "限制人身自由" : "不羁押"}</td>
            </tr>
          ))}
          {limits.map((each) => (
            <tr key={each.clock}>
              <th scope="row">{each.zh}</th>
              <td>{shownInstant(each.started_at)}</td>
              <td>{shownInstant(each.due_at)}</td>
              <td>{shownInstant(each.ended_at)}</td>
              <td>{isRunning(each.state) ? <ColourTag colour={each.colour} /> : STATES[each.state]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}

/** A person's measures and limits: as a chart, and as the table that says the same in words. */
export function MeasuresChart({ person, onExplain }: { readonly person: PersonsMeasures; readonly onExplain: (clock: string) => void }) {
  const [table, setTable] = useState(false);
  const [all, setAll] = useState(false);
  const pressing = person.limits.filter((each) => isRunning(each.state) || each.liberty);
  const limits = all || pressing.length === 0 ? person.limits : pressing;
  return (
    <section className="panel" aria-label={person.name}>
      <div className="panel-head">
        <h3>{person.name}</h3>
        {person.held_days > 0 && <span className="quiet">在本案累计羁押{person.held_days}日</span>}
        <span className="stretch" />
        {pressing.length < person.limits.length && pressing.length > 0 && (
          <span className="quiet">
            <Switch size="small" aria-label="全部期限" checked={all} onChange={setAll} /> 全部期限
          </span>
        )}
        <span className="quiet">
          <Switch size="small" aria-label="表格" checked={table} onChange={setTable} /> 表格
        </span>
      </div>
      {table ? <MeasuresTable person={person} limits={limits} /> : <Chart person={person} limits={limits} onExplain={onExplain} />}
    </section>
  );
}
