/** What was entered late (补录) in a matter. */
import { useWords } from "@/api/queries";
import type { MatterCard } from "@/api/shapes";
import { shownInstant } from "@/clocks/instants";
import { TableFrame } from "@/pages/matter/TableFrame";

type LateEntry = MatterCard["late"][number];

/** How long after it happened something was entered, in the two largest units. */
function afterWords(minutes: number): string {
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)];
  if (days > 0) return `${String(days)} 天 ${String(hours)} 小时`;
  return hours > 0 ? `${String(hours)} 小时 ${String(minutes % 60)} 分` : `${String(minutes)} 分`;
}

/** What was entered long after it happened, with both instants. */
export function LateEntries({ card }: { readonly card: MatterCard }) {
  const words = useWords().data;
  // What was asked for late is marked again where it was approved: it is said once.
  const markOf = (each: LateEntry) => `${each.step}/${each.at}/${each.recorded_at}`;
  const late = card.late.filter((each, n) => card.late.findIndex((one) => markOf(one) === markOf(each)) === n);
  if (late.length === 0) return null;
  const named = (step: string) => words?.steps[step] ?? step;
  return (
    <section className="panel" aria-label="补录">
      <h2>补录</h2>
      <TableFrame>
        <table className="plain-table">
          <thead>
            <tr>
              {["步骤", "发生时间", "录入时间", "相差", "纸质审批文书号"].map((each) => (
                <th key={each} scope="col">
                  {each}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {late.map((each) => (
              <tr key={markOf(each)}>
                <td>
                  {named(each.step)}
                  {each.request && `：${named(each.request)}`}
                  {each.liberty && <span className="quiet">（关系人身自由）</span>}
                </td>
                <td className="number">{shownInstant(each.at)}</td>
                <td className="number">{shownInstant(each.recorded_at)}</td>
                <td className="number">{afterWords(each.minutes)}</td>
                <td>{each.paper || "—"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
    </section>
  );
}
