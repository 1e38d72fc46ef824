/** A drive (专项清查): what it goes through by which selection, how far each unit has come, and what it came to. */
import { Link, useParams } from "react-router";

import { $api } from "@/api/client";
import type { DriveView } from "@/api/shapes";
import { shownInstant } from "@/clocks/instants";
import { PlainTable } from "@/lists/PlainTable";
import { ItemsOf } from "@/pages/reviews/DriveItemsView";
import { purposeWord } from "@/pages/reviews/words";
import { Nothing, Shown } from "@/states/states";

const UNIT_COLUMNS = ["单位", "列入", "已反馈", "已核验", "超期", "曾退回", "列入后办案活动", "经核验的结果"];

function Units({ drive }: { readonly drive: DriveView }) {
  if (drive.units.length === 0) return <Nothing>尚未启动；启动以后各事项分给承办民警。</Nothing>;
  const of = (unit: string, state: string) => `/reviews/drives/${drive.number}?unit=${unit}${state && `&state=${state}`}`;
  return (
    <PlainTable columns={UNIT_COLUMNS}>
      {drive.units.map((each) => (
        <tr key={each.unit}>
          <td>
            <Link to={of(each.unit, "")}>{each.unit_zh}</Link>
          </td>
          <td className="number">{each.items}</td>
          <td className="number">{each.answered}</td>
          <td className="number">
            <Link to={of(each.unit, "verified")}>{each.verified}</Link>
          </td>
          <td className="number">
            <Link to={of(each.unit, "overdue")}>{each.overdue}</Link>
          </td>
          <td className="number">{each.returned}</td>
          <td className="number">{each.acts}</td>
          <td>
            {Object.entries(each.results)
              .map(([result, many]) => `${drive.results[result] ?? result} ${String(many)}`)
              .join("，")}
          </td>
        </tr>
      ))}
    </PlainTable>
  );
}

function Drive({ drive }: { readonly drive: DriveView }) {
  return (
    <section className="panel" aria-label="清查进展">
      <h2>
        {drive.topic} <span className="quiet">{purposeWord(drive.purpose)}</span>
      </h2>
      <p>
        {drive.launched_at ? `${shownInstant(drive.launched_at)}启动，` : "尚未启动，"}
        {drive.until}截至。清查范围：
        {drive.selections.map((each) => `${each.zh} ${String(each.matters)} 件`).join("，")}。
      </p>
      {drive.phases.length > 0 && <p className="quiet">阶段：{drive.phases.map((each) => `${each.topic}（至 ${each.until}）`).join("，")}。</p>}
      {drive.without_officer.length > 0 && (
        <p role="status" className="check-found">
          承办民警已离任、启动前须确定承继民警：{drive.without_officer.join("、")}。
        </p>
      )}
      <Units drive={drive} />
      {drive.summary && <p>总结：{drive.summary}</p>}
      {drive.demand && <p>工作要求：{drive.demand}</p>}
    </section>
  );
}

export default function DrivePage() {
  const { number = "" } = useParams();
  const drive = $api.useQuery("get", "/api/drives/{number}", { params: { path: { number } } });
  return (
    <>
      <p>
        <Link to={`/matters/${number}`}>批次 {number}：办理启动和总结</Link>
      </p>
      <Shown of={drive}>{(told) => <Drive drive={told} />}</Shown>
      <ItemsOf drive={number} />
    </>
  );
}
