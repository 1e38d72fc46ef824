/** Bringing open cases along (在办案件迁入): a ledger is tried, put forward, released by another, and entered. */
import "@/pages/intake/intake.css";

import { InboxOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Alert, App, Button, Collapse, Progress, Upload } from "antd";
import { useState } from "react";

import { $api, api, dataOf } from "@/api/client";
import { save } from "@/api/files";
import { shownInstant } from "@/clocks/instants";
import { saidOf } from "@/pages/administration/told";
import { keyOf, useEntering } from "@/pages/moving/entering";
import { type CellFault, type Chosen, type Ledger, type Meant, keepHeadings, ledgersAreStale, proposeLedger, refusedRows, type TrialRun, tryLedger } from "@/pages/moving/told";
import { HeadingMap } from "@/pages/moving/HeadingMap";
import { CasesTable, ClocksTable, FaultsTable } from "@/pages/moving/TrialTables";
import { Nothing, Shown } from "@/states/states";

export function MovingPage() {
  const ledgers = $api.useQuery("get", "/api/case-ledgers");
  const [shown, setShown] = useState<string | null>(null);
  return (
    <>
      <div className="page-head">
        <h1>在办案件迁入</h1>
      </div>
      <Shown of={ledgers}>
        {({ items, may_propose, may_release }) => (
          <div className="import">
            {shown ? (
              <OneLedger
                digest={shown}
                mayEnter={may_propose}
                mayRelease={may_release}
                onBack={() => {
                  setShown(null);
                }}
              />
            ) : (
              <>
                {may_propose && <ChooseLedger onProposed={setShown} />}
                <Ledgers items={items} onOpen={setShown} />
              </>
            )}
          </div>
        )}
      </Shown>
    </>
  );
}

function ChooseLedger({ onProposed }: { readonly onProposed: (digest: string) => void }) {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const trying = useMutation({
    mutationFn: async ({ next, remembered }: { readonly next: Chosen; readonly remembered: readonly Meant[] }) => {
      if (remembered.length > 0) await keepHeadings(remembered);
      return tryLedger(next);
    },
  });
  const look = (next: Chosen, remembered: readonly Meant[] = []) => {
    setChosen(next);
    trying.mutate({ next, remembered });
  };
  const mend = ({ sheet, row, field }: CellFault, text: string) => {
    if (chosen) look({ ...chosen, mends: [...chosen.mends.filter((each) => !(each.sheet === sheet && each.row === row && each.field === field)), { sheet, row, field, text }] });
  };
  return (
    <section className="panel" aria-label="试算">
      {!(chosen && trying.data) && (
        <>
          <Upload.Dragger
            accept=".xlsx,.xls,.ods,.csv,.et"
            maxCount={1}
            showUploadList={false}
            disabled={trying.isPending}
            beforeUpload={(file) => {
              look({ file, mends: [], columns: [] });
              return false;
            }}
          >
            <p className="upload-sign" aria-hidden="true">
              <InboxOutlined />
            </p>
            <p>{trying.isPending ? "正在试算每一起案件的期限…" : "把在办案件台账（刑事案件、行政案件，案件和人员各一张表，或者合为一张）拖到这里，或者点按选择"}</p>
            <p className="quiet">先试算：逐人列出将起算的期限和已经超期的，不写入任何内容。期限按当时的时间、当时的法律计算。</p>
          </Upload.Dragger>
          <ol className="import-steps">
            <li>
              没有台账的，下载
              <Button type="link" onClick={() => void save(api.GET("/api/case-ledgers/template.xlsx", { parseAs: "blob" }), "在办案件台账.xlsx")}>
                空白台账
              </Button>
              填写；已有台账的不必改表头。
            </li>
            <li>试算；有误的格子在页面上改。须审批的措施要有文书号和批准人，均按纸质审批记载。</li>
            <li>提请放行：由督察核对试算结果后放行。</li>
            <li>放行后录入；同一案号在同一单位只录入一次，录入可以暂停、继续。</li>
          </ol>
        </>
      )}
      {trying.isError && <Alert type="error" showIcon role="alert" title={saidOf(trying.error)} />}
      {chosen && trying.data && (
        <Tried
          chosen={chosen}
          trial={trying.data}
          isTrying={trying.isPending}
          onMend={mend}
          onMeant={(columns, remembered) => {
            look({ ...chosen, columns }, remembered);
          }}
          onProposed={onProposed}
          onForget={() => {
            setChosen(null);
            trying.reset();
          }}
        />
      )}
    </section>
  );
}

interface TriedProps {
  readonly chosen: Chosen;
  readonly trial: TrialRun;
  readonly isTrying: boolean;
  readonly onMend: (fault: CellFault, text: string) => void;
  readonly onMeant: (columns: readonly Meant[], remembered: readonly Meant[]) => void;
  readonly onProposed: (digest: string) => void;
  readonly onForget: () => void;
}

function Tried({ chosen, trial, isTrying, onMend, onMeant, onProposed, onForget }: TriedProps) {
  const { message } = App.useApp();
  const proposing = useMutation({
    mutationFn: () => proposeLedger(chosen),
    onSuccess: ({ ledger }) => {
      void ledgersAreStale();
      onProposed(ledger.digest);
    },
    onError: (error) => {
      void message.error(saidOf(error));
    },
  });
  return (
    <>
      <div className="import-head">
        <h2>{chosen.file.name}</h2>
        <span className="stretch" />
        <div className="import-controls">
          {trial.cases.length > 0 && !trial.moved_in && (
            <Button
              type="primary"
              loading={proposing.isPending || isTrying}
              onClick={() => {
                proposing.mutate();
              }}
            >
              提请放行 {trial.cases.length} 起
            </Button>
          )}
          {trial.faults.length > 0 && <Button onClick={() => void save(refusedRows(chosen), "未能迁入的在办案件.xlsx")}>下载有误的行</Button>}
          <Button onClick={onForget}>换一个文件</Button>
        </div>
      </div>
      {trial.sheets.map((each) => (
        <p key={each.sheet} className="quiet">
          {each.sheet}：读的是工作表“{each.called}”，表头在第 {each.heading_row} 行。{each.passed_over.length > 0 && `没有读的列：${each.passed_over.join("、")}。`}
        </p>
      ))}
      <Collapse
        ghost
        items={trial.sheets.map((each) => ({
          key: each.sheet,
          label: `${each.sheet}表的表头${each.passed_over.length > 0 ? `（有 ${String(each.passed_over.length)} 列没有读）` : ""}`,
          children: <HeadingMap sheet={each} meant={chosen.columns} isTrying={isTrying} onMeant={onMeant} />,
        }))}
      />
      {trial.moved_in && <Alert type="warning" showIcon title={trial.moved_in} />}
      <Summary trial={trial} />
      <Tables trial={trial} onMend={onMend} run={null} />
    </>
  );
}

function Summary({ trial }: { readonly trial: TrialRun }) {
  const people = trial.cases.reduce((sum, each) => sum + each.people.length, 0);
  return (
    <p role="status">
      可迁入 {trial.cases.filter((each) => !each.number).length} 起、{people} 人，其中在押 {trial.held} 人；将起算期限 {trial.clocks.filter((each) => each.state !== "overrun").length} 项，<strong>已经超期 {trial.overdue} 项</strong>；有误的格子{" "}
      {trial.faults.length} 处。
    </p>
  );
}

function Tables({ trial, onMend, run }: { readonly trial: TrialRun; readonly onMend: (fault: CellFault, text: string) => void; readonly run: ReturnType<typeof useEntering> | null }) {
  return (
    <Collapse
      ghost
      defaultActiveKey={["faults", "clocks", ...(run ? ["cases"] : [])]}
      items={[
        ...(trial.faults.length > 0 ? [{ key: "faults", label: `有误的格子 ${String(trial.faults.length)}`, children: <FaultsTable faults={trial.faults} onMend={onMend} /> }] : []),
        { key: "clocks", label: `期限 ${String(trial.clocks.length)}（超期在前）`, children: <ClocksTable clocks={trial.clocks} /> },
        { key: "cases", label: `案件 ${String(trial.cases.length)}`, children: <CasesTable cases={trial.cases} run={run} /> },
      ]}
    />
  );
}

function Ledgers({ items, onOpen }: { readonly items: readonly Ledger[]; readonly onOpen: (digest: string) => void }) {
  return (
    <section className="panel" aria-label="已提请的台账">
      <h2>已提请的台账</h2>
      {items.length === 0 && <Nothing>还没有提请迁入的台账</Nothing>}
      {items.map((each) => (
        <div key={each.digest} className="import-head">
          <span>
            <strong>{each.file}</strong> {each.cases} 起、{each.people} 人
          </span>
          <span className="quiet">
            {each.proposed_by_zh} {shownInstant(each.proposed_at)} 提请 · {each.released_by_zh ? `${each.released_by_zh} 已放行，已录入 ${String(each.entered)} 起` : "待督察放行"}
          </span>
          <span className="stretch" />
          <Button
            aria-label={`打开 ${each.file}`}
            onClick={() => {
              onOpen(each.digest);
            }}
          >
            打开
          </Button>
        </div>
      ))}
    </section>
  );
}

interface LedgerProps {
  readonly digest: string;
  readonly mayEnter: boolean;
  readonly mayRelease: boolean;
  readonly onBack: () => void;
}

function OneLedger({ digest, mayEnter, mayRelease, onBack }: LedgerProps) {
  const one = $api.useQuery("get", "/api/case-ledgers/{digest}", { params: { path: { digest } } });
  return (
    <Shown of={one}>{({ ledger, trial }) => <LedgerPanel ledger={ledger} trial={trial} mayEnter={mayEnter} mayRelease={mayRelease} onBack={onBack} />}</Shown>
  );
}

function LedgerPanel({ ledger, trial, mayEnter, mayRelease, onBack }: Omit<LedgerProps, "digest"> & { readonly ledger: Ledger; readonly trial: TrialRun }) {
  const { message } = App.useApp();
  const run = useEntering(ledger.digest, trial.cases);
  const releasing = useMutation({
    mutationFn: () => dataOf(api.POST("/api/case-ledgers/{digest}/release", { params: { path: { digest: ledger.digest } } })),
    onSuccess: ledgersAreStale,
    onError: (error) => {
      void message.error(saidOf(error));
    },
  });
  const done = trial.cases.filter((each) => each.number ?? run.numbers.has(keyOf(each))).length;
  const left = trial.cases.length - done;
  return (
    <section className="panel" aria-label={ledger.file}>
      <div className="import-head">
        <h2>{ledger.file}</h2>
        <span className="quiet">
          {ledger.proposed_by_zh} {shownInstant(ledger.proposed_at)} 提请
          {ledger.released_by_zh && ` · ${ledger.released_by_zh} ${shownInstant(ledger.released_at)} 放行`}
        </span>
        <span className="stretch" />
        <div className="import-controls">
          {mayRelease && !ledger.released_at && (
            <Button
              type="primary"
              loading={releasing.isPending}
              onClick={() => {
                releasing.mutate();
              }}
            >
              核对无误，放行
            </Button>
          )}
          {mayEnter && ledger.released_at && left > 0 && !trial.moved_in && !run.isRunning && (
            <Button type="primary" onClick={run.start}>
              {done > 0 ? `继续录入 ${String(left)} 起` : `录入 ${String(left)} 起`}
            </Button>
          )}
          {run.isRunning && <Button onClick={run.pause}>暂停</Button>}
          <Button onClick={onBack}>返回</Button>
        </div>
      </div>
      {trial.moved_in && left > 0 && <Alert type="warning" showIcon title={trial.moved_in} />}
      {!ledger.released_at && mayEnter && <Alert type="info" showIcon title="已提请，等待督察放行后录入。" />}
      {ledger.released_at && <Progress percent={trial.cases.length ? Math.floor((done / trial.cases.length) * 100) : 100} status={run.isRunning ? "active" : "normal"} aria-label="录入进度" />}
      <Summary trial={trial} />
      {ledger.released_at && (
        <p role="status">
          已录入 {done} 起，未录入 {left} 起{run.refusals.size > 0 && `，其中未获准 ${String(run.refusals.size)} 起`}。
        </p>
      )}
      <Tables trial={trial} onMend={() => undefined} run={run} />
    </section>
  );
}
