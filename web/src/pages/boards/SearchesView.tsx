import { $api, given } from "@/api/client";
import { shownInstant } from "@/clocks/instants";
import { Queues } from "@/pages/boards/QueuesView";
import { FRESH, type SearchBoard, useFilters } from "@/pages/boards/reading";
import { TableFrame } from "@/pages/matter/TableFrame";
import { Shown } from "@/states/states";

function minutesWords(minutes: number | null): string {
  if (minutes === null) return "—";
  return minutes < 60 ? `${String(minutes)} 分钟` : `${String(Math.floor(minutes / 60))} 小时 ${String(minutes % 60)} 分`;
}

function Figures({ board }: { readonly board: SearchBoard }) {
  const of = board.figures;
  const rows: readonly (readonly [string, string])[] = [
    ["失联报告", String(of.reported)],
    ["已找到", `${String(of.found)}${of.found_rate === null ? "" : `（${of.found_rate.toFixed(1)}%）`}`],
    ["24小时内找到", String(of.within_day)],
    ["72小时内找到", String(of.within_three_days)],
    ["7日内找到", String(of.within_week)],
    ["平均用时", minutesWords(of.mean_minutes)],
    ["用时中位数", minutesWords(of.median_minutes)],
    ["自行返回", String(of.self_returned)],
    ["死亡", String(of.dead)],
    ["立为案件", String(of.cases)],
    ["下达的协同任务", String(of.tasks)],
    ...of.by_how.map((each) => [`由${each.zh}找到`, String(each.count)] as const),
  ];
  return (
    <section className="panel" aria-label="查找情况">
      <h2>查找情况</h2>
      <p className="period">
        本期 <b className="number">{board.since}</b> 至 <b className="number">{board.until}</b> 报告的失联人员
      </p>
      <ul className="watch-list">
        {rows.map(([zh, value]) => (
          <li key={zh}>
            <b className="number">{value}</b>
            <span>{zh}</span>
          </li>
        ))}
      </ul>
      <p className="quiet foot">按报告时间计入本期，从报告到找到计时；平均用时和中位数不含自行返回的。认定不属失联的不计。统计于 {shownInstant(board.at)}</p>
    </section>
  );
}

const GROUPS = { unit: "单位", age: "年龄", cause: "失联原因" } as const;

/** The same by unit, age and cause. */
function Groups({ board }: { readonly board: SearchBoard }) {
  return (
    <section className="panel" aria-label="分组情况">
      <h2>按单位、年龄、原因</h2>
      <TableFrame>
        <table className="plain-table">
          <thead>
            <tr>
              {["分组", "名称", "报告", "找到", "找到率", "平均用时"].map((each) => (
                <th key={each} scope="col">
                  {each}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {board.groups.map((each) => (
              <tr key={each.by + each.zh}>
                <td>{GROUPS[each.by]}</td>
                <th scope="row">{each.zh}</th>
                <td className="number">{each.reported}</td>
                <td className="number">{each.found}</td>
                <td className="number">{each.found_rate.toFixed(1)}%</td>
                <td className="number">{minutesWords(each.mean_minutes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
    </section>
  );
}

/** The search room's board: who is searched for and what was asked of whom, and how searches came out. */
export default function SearchesView() {
  const [{ unit, from, to }] = useFilters();
  const board = $api.useQuery("get", "/api/boards/searches", { params: { query: given({ unit, from, to }) } }, FRESH);
  return (
    <Shown of={board} rows={10}>
      {(data) => (
        <>
          <Queues board={data} />
          <Figures board={data} />
          {data.groups.length > 0 && <Groups board={data} />}
        </>
      )}
    </Shown>
  );
}
