/** A request as the approval form (审批表) has it: who, what, what happened, evidence, opinion, limits, the paper, and its history. */
import "@/approvals/approvals.css";
import "@/forms/forms.css";

import { DownloadOutlined } from "@ant-design/icons";
import { App, Button } from "antd";
import type { ReactNode } from "react";
import { Link } from "react-router";

import { api } from "@/api/client";
import { save } from "@/api/files";
import { wordsOf } from "@/api/problem";
import type { RequestSheet } from "@/api/shapes";
import { PaperText } from "@/approvals/PaperText";
import { ColourTag } from "@/clocks/ColourTag";
import { Countdown } from "@/clocks/Countdown";
import { shownInstant } from "@/clocks/instants";
import { Cited } from "@/law/Cited";
import { useRequestSheet } from "@/pages/matter/reading";
import { Told } from "@/pages/matter/Summary";
import { Shown } from "@/states/states";

type Evidence = RequestSheet["evidence"][number];
type Turned = RequestSheet["opinions"][number];

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

/** Whom it is about first, with the numbers by which they are told from others. */
function People({ people }: { readonly people: RequestSheet["people"] }) {
  const concerned = people.some((each) => each.concerned) ? people.filter((each) => each.concerned) : people;
  const others = people.filter((each) => !concerned.includes(each));
  return (
    <>
      <ul className="sheet-people">
        {concerned.map((each) => (
          <li key={each.id}>
            <strong>{each.name || "姓名不详"}</strong> <span className="quiet">{each.roles_zh.join("、")}</span>{" "}
            <span className="number">{each.citizen_id}</span> {each.said["sex"]} {each.said["address"]}
          </li>
        ))}
      </ul>
      {others.length > 0 && <p className="quiet">本事项其他人员：{others.map((each) => `${each.name || "姓名不详"}（${each.roles_zh.join("、")}）`).join("、")}</p>}
    </>
  );
}

function Rows({ lines }: { readonly lines: readonly string[] }) {
  return (
    <ol className="form-said-rows">
      {lines.map((line, n) => (
        <li key={String(n)}>{line}</li>
      ))}
    </ol>
  );
}

function Answers({ sheet }: { readonly sheet: RequestSheet }) {
  return (
    <>
      <dl className="form-facts">
        {sheet.answers.map((each) => (
          <div key={each.title} style={{ display: "contents" }}>
            <dt>{each.title}</dt>
            <dd style={{ whiteSpace: "pre-wrap" }}>{each.lines.length > 1 ? <Rows lines={each.lines} /> : each.lines}</dd>
          </div>
        ))}
      </dl>
      {sheet.denied.length > 0 && (
        <details>
          <summary className="quiet">另有 {sheet.denied.length} 项回答为“否”</summary>
          <p className="quiet">{sheet.denied.join("、")}</p>
        </details>
      )}
    </>
  );
}

function EvidenceRow({ each }: { readonly each: Evidence }) {
  const { message } = App.useApp();
  const open = () => {
    const { matter, id } = each;
    const file =
      each.sort === "document"
        ? api.GET("/api/matters/{number}/documents/{document}", { params: { path: { number: matter, document: id } }, parseAs: "blob" })
        : api.GET("/api/matters/{number}/dossier/{item}", { params: { path: { number: matter, item: id } }, parseAs: "blob" });
    save(file, each.title).catch((error: unknown) => void message.error(wordsOf(error)));
  };
  return (
    <li>
      <Button type="link" size="small" icon={<DownloadOutlined />} onClick={open}>
        {each.title}
      </Button>{" "}
      <span className="quiet number">
        {each.number} {shownInstant(each.at)}
      </span>
    </li>
  );
}

function Turns({ turns }: { readonly turns: readonly Turned[] }) {
  return (
    <ol className="sheet-turns">
      {turns.map((each) => (
        <li key={each.seq}>
          <span className="quiet number">{shownInstant(each.at)}</span> {each.by_zh} <strong>{each.step_zh ?? each.step}</strong>
          {each.words && `：${each.words}`}
        </li>
      ))}
    </ol>
  );
}

function Limits({ clocks }: { readonly clocks: RequestSheet["clocks"] }) {
  return (
    <ul className="sheet-clocks">
      {clocks.map((each) => (
        <li key={each.id}>
          <ColourTag colour={each.colour} /> {each.zh} {each.due_at && <Countdown due={each.due_at} colour={each.colour} />}
        </li>
      ))}
    </ul>
  );
}

function Sheet({ sheet, within }: { readonly sheet: RequestSheet; readonly within: boolean }) {
  return (
    <div className="sheet">
      {sheet.people.length > 0 && (
        <Part title="对象">
          <People people={sheet.people} />
        </Part>
      )}
      <Part title={`呈请事项：${sheet.step_zh}`}>
        <p className="quiet">
          依据 <Cited text={sheet.basis} on={sheet.asked_at} />
        </p>
        <Answers sheet={sheet} />
      </Part>
      {!within && sheet.summary.told.length > 0 && (
        <Part title="案件事实">
          <Told told={sheet.summary.told} number={sheet.matter} />
        </Part>
      )}
      {sheet.opinions.length > 0 && (
        <Part title="法制审核意见">
          <Turns turns={sheet.opinions} />
        </Part>
      )}
      {sheet.evidence.length > 0 && (
        <Part title={`卷内材料（${String(sheet.evidence.length)}）`}>
          <ul className="sheet-evidence">
            {sheet.evidence.map((each) => (
              <EvidenceRow key={`${each.sort}/${String(each.id)}`} each={each} />
            ))}
          </ul>
        </Part>
      )}
      {sheet.clocks.length > 0 && (
        <Part title="同意以后办结、终止或者延长的期限">
          <Limits clocks={sheet.clocks} />
        </Part>
      )}
      {sheet.papers.length > 0 && (
        <Part title="同意以后制作的文书">
          {sheet.papers.map((each) => (
            <PaperText key={each.type} paper={each} isAhead />
          ))}
        </Part>
      )}
      {sheet.history.length > 1 && (
        <Part title="本项呈请的经过">
          <Turns turns={sheet.history} />
        </Part>
      )}
      {!within && (
        <p>
          <Link to={`/matters/${sheet.matter}`}>打开事项</Link>
        </p>
      )}
    </div>
  );
}

/** The sheet of a request; `within` the page of its matter, which has the facts already. */
export function ApprovalSheet({ number, seq, within = false }: { readonly number: string; readonly seq: number; readonly within?: boolean }) {
  const sheet = useRequestSheet(number, seq);
  return <Shown of={sheet}>{(data) => <Sheet sheet={data} within={within} />}</Shown>;
}
