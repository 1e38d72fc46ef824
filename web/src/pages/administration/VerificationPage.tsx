/** Whether the journal holds: asked for here, carried out by the watchdog, and told in words. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Table, Typography } from "antd";
import { Link } from "react-router";

import { $api, api, dataOf } from "@/api/client";
import { shownInstant } from "@/clocks/instants";
import { saidOf, type VerificationView } from "@/pages/administration/told";
import { Nothing, Shown } from "@/states/states";

const LOOK_AGAIN_MS = 1500;
const VERIFICATIONS = $api.queryOptions("get", "/api/admin/verification");

function isUnderWay({ state }: VerificationView): boolean {
  return state === "waiting" || state === "running";
}

export default function VerificationPage() {
  const client = useQueryClient();
  const told = useQuery({ ...VERIFICATIONS, refetchInterval: ({ state }) => (state.data?.items.some(isUnderWay) ? LOOK_AGAIN_MS : false) });
  const asking = useMutation({
    mutationFn: () => dataOf(api.POST("/api/admin/verification")),
    onSuccess: (after) => {
      client.setQueryData(VERIFICATIONS.queryKey, after);
    },
  });
  const latest = told.data?.items[0];
  const isBusy = asking.isPending || Boolean(latest && isUnderWay(latest));
  return (
    <div className="stack">
      <section className="panel" aria-label="核对日志">
        <div className="filter-row">
          <h2>日志核对</h2>
          <span className="quiet">逐条核对全部日志：有没有被改动，有没有缺失，日常所用各表与日志是否相符。</span>
          <span className="stretch" />
          <Button
            type="primary"
            loading={isBusy}
            onClick={() => {
              asking.mutate();
            }}
          >
            {isBusy ? "正在核对" : "现在核对"}
          </Button>
        </div>
        {asking.isError && <Alert type="error" showIcon role="alert" title={saidOf(asking.error)} />}
        <Shown of={told}>{({ items }) => (items[0] ? <Result of={items[0]} /> : <Nothing>还没有核对过</Nothing>)}</Shown>
      </section>
      {(told.data?.items.length ?? 0) > 1 && <Earlier items={told.data?.items.slice(1) ?? []} />}
    </div>
  );
}

function Result({ of }: { readonly of: VerificationView }) {
  const when = `${of.asked_by_zh ?? of.asked_by} 于 ${shownInstant(of.asked_at)} 发起`;
  if (of.state === "failed") return <Alert type="error" showIcon title="未能核对" description={`${of.failure}（${when}）`} />;
  if (of.state !== "done") return <Alert type="info" showIcon role="status" title={of.state_zh} description={`${when}；可以离开本页，核对照常进行。`} />;
  return (
    <div className="verified" role="status">
      <Alert type={of.holds ? "success" : "error"} showIcon title={of.holds ? "日志完整可信" : "日志有不相符之处，请立即报告并保全现场"} description={`${of.summary} ${when}，${shownInstant(of.ended_at)} 完成。`} />
      <dl className="verdicts">
        {of.verdicts.map((each) => (
          <div key={each.question} className={each.holds ? "holds" : "fails"}>
            <dt>
              <span className={`colour colour-${each.holds ? "blue" : "red"}`}>{each.holds ? "✓ 相符" : "✕ 不符"}</span> {each.name}
            </dt>
            <dd>{each.words}</dd>
          </div>
        ))}
      </dl>
      {of.faults.length > 0 && <Faults of={of} />}
      {of.newest_seal && (
        <p>
          <span className="quiet">最新封存摘要（请另行保管，下次以之核对）：</span>
          <Typography.Text code copyable={{ tooltips: ["复制", "已复制"] }} className="seal">
            {of.newest_seal}
          </Typography.Text>
        </p>
      )}
    </div>
  );
}

function Faults({ of }: { readonly of: VerificationView }) {
  return (
    <Table<VerificationView["faults"][number]>
      size="small"
      rowKey={(each) => `${each.chain}/${String(each.position)}/${each.words}`}
      pagination={false}
      dataSource={of.faults}
      columns={[
        { title: "事项", dataIndex: "chain", width: 170, className: "number", render: (chain: string) => (/^[A-Z]{2}\d+$/.test(chain) ? <Link to={`/matters/${chain}`}>{chain}</Link> : chain || "（不在您知悉范围）") },
        { title: "第几条", dataIndex: "position", width: 80, align: "right", className: "number" },
        { title: "不符之处", dataIndex: "words" },
      ]}
      footer={() => (of.faults_total > of.faults.length ? `共 ${of.faults_total} 处，列出前 ${of.faults.length} 处` : `共 ${of.faults_total} 处`)}
    />
  );
}

function Earlier({ items }: { readonly items: readonly VerificationView[] }) {
  return (
    <section className="panel" aria-label="以前的核对">
      <h2>以前的核对</h2>
      <Table<VerificationView>
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={[...items]}
        columns={[
          { title: "时间", dataIndex: "asked_at", width: 150, className: "number", render: (at: string) => shownInstant(at) },
          { title: "发起人", key: "who", width: 100, render: (_, each) => each.asked_by_zh ?? each.asked_by },
          {
            title: "结果",
            key: "result",
            render: (_, each) => {
              if (each.state !== "done") return each.state_zh;
              return (
                <>
                  <span className={`colour colour-${each.holds ? "blue" : "red"}`}>{each.holds ? "✓ 相符" : "✕ 不符"}</span> {each.summary}
                </>
              );
            },
          },
        ]}
      />
    </section>
  );
}
