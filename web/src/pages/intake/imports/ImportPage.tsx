/** Many incidents from one sheet (批量导入): checked first, then entered row by row, then what was refused to correct and upload again. */
import { InboxOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Alert, App, Button, Collapse, Progress, Segmented, Upload } from "antd";
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";

import { api } from "@/api/client";
import { save } from "@/api/files";
import { isRefused } from "@/api/problem";
import { useMe, useRoster } from "@/api/queries";
import { shownInstant } from "@/clocks/instants";
import { Mapping } from "@/pages/intake/imports/Mapping";
import { RowsTable, STATES } from "@/pages/intake/imports/RowsTable";
import type { RowState, Run } from "@/pages/intake/imports/run";
import { check, forget, isAtHand, pause, refusedSheet, shownRun, start, subscribe, takenUp, takeUp } from "@/pages/intake/imports/sheet";
import { Loading } from "@/states/states";

const ORDER: readonly RowState[] = ["good", "sending", "entered", "already", "refused"];

function useLeavingIsAsked(isRunning: boolean): void {
  useEffect(() => {
    if (!isRunning) return undefined;
    const ask = (event: BeforeUnloadEvent) => {
      event.preventDefault();
    };
    window.addEventListener("beforeunload", ask);
    return () => {
      window.removeEventListener("beforeunload", ask);
    };
  }, [isRunning]);
}

export default function ImportPage() {
  const username = useMe().data?.username;
  const run = useSyncExternalStore(subscribe, shownRun);
  const owner = useSyncExternalStore(subscribe, takenUp);
  useEffect(() => {
    if (username) void takeUp(username);
  }, [username]);
  useLeavingIsAsked(run?.state === "running" || run?.state === "waiting");
  if (!username || owner !== username) return <Loading />;
  return <div className="import">{run ? <RunPanel run={run} /> : <ChooseFile />}</div>;
}

function ChooseFile() {
  const checking = useMutation({ mutationFn: (file: File) => check(file) });
  const unread = isRefused(checking.error) ? checking.error.problem.columns : undefined;
  return (
    <section className="panel" aria-label="选择文件">
      <Upload.Dragger
        accept=".xlsx,.xls,.ods,.csv,.txt,.htm,.html,.et"
        maxCount={1}
        showUploadList={false}
        disabled={checking.isPending}
        beforeUpload={(file) => {
          checking.mutate(file);
          return false;
        }}
      >
        <p className="upload-sign" aria-hidden="true">
          <InboxOutlined />
        </p>
        <p>{checking.isPending ? "正在核对每一行…" : "把警情表或者台账（xlsx、xls、csv，至多 5 MB）拖到这里，或者点按选择"}</p>
        <p className="quiet">不必改表头：标题、表头所在的行和各列由系统辨认。先逐行核对，不会写入任何内容；核对之后由您决定是否录入。</p>
      </Upload.Dragger>
      {checking.isError && (
        <Alert
          type="error"
          showIcon
          role="alert"
          style={{ marginTop: 12 }}
          title={isRefused(checking.error) ? checking.error.problem.title : "没有核对成"}
          description={isRefused(checking.error) ? (checking.error.problem.errors?.map((each) => each.detail).join("；") ?? checking.error.message) : "连接恢复后请再选一次文件。"}
        />
      )}
      {unread && <Mapping key={unread.map((each) => each.heading).join("/")} columns={unread} unknown={[]} />}
      <ol className="import-steps">
        <li>
          下载
          <Button type="link" onClick={() => void save(api.GET("/api/imports/template.xlsx", { parseAs: "blob" }), "警情表.xlsx")}>
            空白警情表
          </Button>
          ，每行填一起警情（至多 2000 行）。
        </li>
        <li>上传，查看每一格的核对结果；有误的格子可以直接在页面上改。</li>
        <li>旧台账有“处理结果”一列的，各行记为已办结，不再派警（只限本系统启用以前的警情）。</li>
        <li>录入无误的行；同一行无论谁上传、上传几次，只会录入一次。</li>
        <li>下载未录入的行，改正后再次上传。</li>
      </ol>
    </section>
  );
}

function RunPanel({ run }: { readonly run: Run }) {
  const { message } = App.useApp();
  const units = useRoster().data?.units;
  const names = useMemo(() => new Map(units?.map((each) => [each.unit, each.zh])), [units]);
  const [only, setOnly] = useState<RowState | "all">("all");
  const counts = useMemo(() => {
    const found: Record<RowState, number> = { good: 0, sending: 0, entered: 0, already: 0, refused: 0 };
    for (const each of run.rows) found[each.state] += 1;
    return found;
  }, [run.rows]);
  const rows = useMemo(() => (only === "all" ? run.rows : run.rows.filter((each) => each.state === only)), [run.rows, only]);
  const take = async () => {
    try {
      await save(refusedSheet(run.rows), "未录入的警情.xlsx");
    } catch (error) {
      void message.error(error instanceof Error ? error.message : "下载未成");
    }
  };
  return (
    <section className="panel" aria-label={`导入 ${run.file}`}>
      <div className="import-head">
        <h2>{run.file}</h2>
        <span className="quiet number">
          {run.rows.length} 行 · {shownInstant(new Date(run.checkedAt).toISOString())} 核对
        </span>
        <span className="stretch" />
        <Controls run={run} counts={counts} onTake={() => void take()} />
      </div>
      <Read run={run} />
      <Standing run={run} counts={counts} />
      <Segmented<RowState | "all">
        value={only}
        onChange={setOnly}
        aria-label="只看"
        options={[
          { value: "all", label: `全部 ${run.rows.length}` },
          ...ORDER.filter((each) => counts[each] > 0 || each === only).map((each) => ({ value: each, label: `${STATES[each].sign} ${STATES[each].zh} ${counts[each]}` })),
        ]}
        className="import-filter"
      />
      <RowsTable run={run} rows={rows} units={names} />
    </section>
  );
}

/** What was read, so that whoever knows the file sees whether it was read right. */
function Read({ run }: { readonly run: Run }) {
  const unread = run.columns.filter((each) => !each.field).map((each) => each.heading);
  const isOpen = run.state === "checked" && isAtHand();
  // What an earlier release kept says nothing of it.
  if (!run.sheet) return null;
  return (
    <>
      <p className="quiet">
        读的是工作表“{run.sheet}”，表头在第 {run.headingRow} 行。{unread.length > 0 && `没有导入的列：${unread.join("、")}。`}
      </p>
      {isOpen && run.unknown.length > 0 && <Alert type="warning" showIcon title={`有 ${String(run.unknown.length)} 种写法系统不认识，请说明各是什么`} />}
      {isOpen && (
        <Collapse
          ghost
          defaultActiveKey={run.unknown.length > 0 ? ["words"] : []}
          items={[{ key: "words", label: "各列和各种写法的含义", children: <Mapping key={run.checkedAt} columns={run.columns} unknown={run.unknown} /> }]}
        />
      )}
    </>
  );
}

type Counts = Readonly<Record<RowState, number>>;

function Controls({ run, counts, onTake }: { readonly run: Run; readonly counts: Counts; readonly onTake: () => void }) {
  const isBusy = run.state === "running" || run.state === "waiting";
  const left = counts.good + counts.sending;
  return (
    <div className="import-controls">
      {!isBusy && left > 0 && (
        <Button type="primary" onClick={start}>
          {run.state === "paused" ? "继续录入" : `录入 ${left} 起`}
        </Button>
      )}
      {isBusy && <Button onClick={pause}>暂停</Button>}
      {counts.refused > 0 && <Button onClick={onTake}>下载未录入的 {counts.refused} 行</Button>}
      {!isBusy && <Button onClick={forget}>换一个文件</Button>}
    </div>
  );
}

function Standing({ run, counts }: { readonly run: Run; readonly counts: Counts }) {
  const whole = run.rows.length - counts.refused;
  const done = counts.entered + counts.already;
  const report = `已录入 ${counts.entered} 起，此前已有 ${counts.already} 起，未录入 ${counts.refused} 行`;
  return (
    <div className="import-standing">
      {run.state !== "checked" && <Progress percent={whole ? Math.floor((done / whole) * 100) : 100} status={run.state === "running" ? "active" : "normal"} aria-label="录入进度" />}
      <p role="status" className={run.state === "waiting" ? "import-waiting" : "quiet"}>
        {run.state === "checked" && `可录入 ${counts.good} 起，此前已有 ${counts.already} 起，有误 ${counts.refused} 行；尚未写入任何内容。`}
        {run.state === "running" && `正在录入：${done} / ${whole}`}
        {run.state === "waiting" && `⟳ ${run.waitingFor}（${done} / ${whole}）`}
        {run.state === "paused" && `已暂停：${done} / ${whole}`}
        {run.state === "done" && `录入完毕：${report}。`}
      </p>
    </div>
  );
}
