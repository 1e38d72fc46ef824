/** One report (报告) as it was made: to be read at a meeting, printed, or taken along as a workbook, a Word document or a PDF. */
import { FileExcelOutlined, FilePdfOutlined, FileWordOutlined, PrinterOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Alert, App, Button, Input, Modal } from "antd";
import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router";

import { $api, api } from "@/api/client";
import { save } from "@/api/files";
import type { ReportSection, ReportView } from "@/api/shapes";
import { shownInstant } from "@/clocks/instants";
import { PlainTable } from "@/lists/PlainTable";
import { once } from "@/pages/administration/once";
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
        <PlainTable columns={section.columns.map((column) => column.heading)}>
          {section.rows.map((row, n) => (
            <tr key={n}>
              {row.map((cell, m) => (
                <td key={section.columns[m]?.heading}>{shown(cell)}</td>
              ))}
            </tr>
          ))}
        </PlainTable>
      )}
    </section>
  );
}

/** Which edition this is, where the others are, and how it is corrected. */
function Editions({ report }: { readonly report: ReportView }) {
  const { message } = App.useApp();
  const go = useNavigate();
  const [reason, say] = useState("");
  const [asking, ask] = useState(false);
  const correct = useMutation({
    mutationFn: () =>
      once(["correct", report.id, reason], (header) =>
        api.POST("/api/reports/{report_id}/correct", { params: { path: { report_id: report.id }, header }, body: { reason } }),
      ),
    onSuccess: (made) => { ask(false); void go(`/boards/reports/${String(made.id)}`); },
    onError: (error) => void message.error(error.message),
  });
  const later = report.others.some((each) => each.edition > report.edition);
  return (
    <>
      {(later || report.edition > 1) && (
        <Alert
          type={later ? "warning" : "info"}
          showIcon
          title={later ? "本报告已有更正版" : `更正理由：${report.reason}`}
          description={report.others.map((each) => (
            <div key={each.id}>
              <Link to={`/boards/reports/${String(each.id)}`}>{each.edition === 1 ? "原版" : `更正版（第 ${String(each.edition)} 版）`}</Link>
              ，摘要 <span className="number">{each.sm3.slice(0, 16)}</span>
            </div>
          ))}
        />
      )}
      {report.may_correct && (
        <p className="report-correct">
          <Button onClick={() => { ask(true); }}>制作更正版</Button> <span className="quiet">有错的报告不改动，另制更正版，两版都保留。</span>
        </p>
      )}
      <Modal
        open={asking}
        title="制作更正版"
        okText="制作"
        okButtonProps={{ disabled: reason.trim() === "", loading: correct.isPending }}
        onCancel={() => { ask(false); }}
        onOk={() => { correct.mutate(); }}
      >
        <label htmlFor="correction-reason">更正理由</label>
        <Input.TextArea id="correction-reason" rows={3} value={reason} onChange={(event) => { say(event.target.value); }} />
        <p className="quiet">写明错在何处、依据什么更正。系统按现在的记录重新统计，并列出与原版不同的各行。</p>
      </Modal>
    </>
  );
}

function Report({ report }: { readonly report: ReportView }) {
  const { message } = App.useApp();
  const take = useMutation({
    mutationFn: (as: "document" | "pdf" | "workbook") =>
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
            {report.edition > 1 && `（更正版，第 ${String(report.edition)} 版）`}
          </h2>
          {report.number && <p className="number">{report.number}</p>}
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
          <Button
            icon={<FilePdfOutlined />}
            loading={take.isPending}
            disabled={report.pdf === ""}
            title={report.pdf ? `随报告制作，不再重制；摘要 ${report.pdf.slice(0, 16)}` : "正在制作，或者本机没有可以排版的字体"}
            onClick={() => { take.mutate("pdf"); }}
          >
            PDF
          </Button>
          <Button icon={<PrinterOutlined />} onClick={() => { window.print(); }}>
            打印
          </Button>
        </div>
      </header>
      <Editions report={report} />
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
