/** One report (报告) as it was made: to be read at a meeting, printed, or taken along as a workbook or a Word document. */
import { FileExcelOutlined, FileWordOutlined, PrinterOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { App, Button } from "antd";
import { Link, useParams } from "react-router";

import { $api, api } from "@/api/client";
import { save } from "@/api/files";
import type { ReportSection, ReportView } from "@/api/shapes";
import { shownInstant } from "@/clocks/instants";
import { Nothing, Shown } from "@/states/states";

const NUMBER = /^[A-Z]{2}\d{6,}$/;

type Cell = ReportSection["rows"][number][number];

function shown(cell: Cell) {
  if (typeof cell === "string" && NUMBER.test(cell)) return <Link to={`/matters/${cell}`}>{cell}</Link>;
  return cell;
}

function Section({ section, place }: { readonly section: ReportSection; readonly place: number }) {
  const count = `${String(section.rows.length)} 项${section.more ? "以上，其余见列表" : ""}`;
  return (
    <section className="panel report-section" aria-labelledby={`section-${section.id}`}>
      <h2 id={`section-${section.id}`}>
        {place}. {section.zh} <span className="quiet number">{count}</span>
      </h2>
      <p className="quiet">{section.counts}</p>
      {section.rows.length === 0 ? (
        <Nothing>无</Nothing>
      ) : (
        <div className="report-table">
          <table>
            <thead>
              <tr>
                {section.columns.map((column) => (
                  <th key={column.heading} scope="col">
                    {column.heading}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {section.rows.map((row, n) => (
                <tr key={n}>
                  {row.map((cell, m) => (
                    <td key={section.columns[m]?.heading}>{shown(cell)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Report({ report }: { readonly report: ReportView }) {
  const { message } = App.useApp();
  const take = useMutation({
    mutationFn: (as: "document" | "workbook") =>
      save(api.GET(`/api/reports/{report_id}/${as}`, { params: { path: { report_id: report.id } }, parseAs: "blob" }), "报告"),
    onError: (error) => void message.error(error.message),
  });
  const { content } = report;
  return (
    <article className="report">
      <header className="report-head">
        <div>
          <h2>
            {content.unit_zh}
            {content.zh}
          </h2>
          <p className="quiet">
            期间 <span className="number">{shownInstant(content.since)}</span> 至 <span className="number">{shownInstant(content.until)}</span>，数据时间{" "}
            <span className="number">{shownInstant(content.as_of)}</span>
            {report.late_minutes > 0 && <strong>（迟制 {report.late_minutes} 分钟）</strong>}。封存的案件不列入。
          </p>
        </div>
        <div className="report-take">
          <Button icon={<FileExcelOutlined />} loading={take.isPending} onClick={() => { take.mutate("workbook"); }}>
            Excel
          </Button>
          <Button icon={<FileWordOutlined />} loading={take.isPending} onClick={() => { take.mutate("document"); }}>
            Word
          </Button>
          <Button icon={<PrinterOutlined />} onClick={() => { window.print(); }}>
            打印
          </Button>
        </div>
      </header>
      {content.sections.map((section, n) => (
        <Section key={section.id} section={section} place={n + 1} />
      ))}
      <footer className="quiet">
        本报告制作后不再改动，摘要 <span className="number">{report.sm3.slice(0, 16)}</span> 载入本局日志。
        <Link to="/boards/reports">全部报告</Link>
      </footer>
    </article>
  );
}

export default function ReportPage() {
  const { id = "" } = useParams();
  const report = $api.useQuery("get", "/api/reports/{report_id}", { params: { path: { report_id: Number(id) } } }, { staleTime: Infinity });
  return <Shown of={report}>{(told) => <Report report={told} />}</Shown>;
}
