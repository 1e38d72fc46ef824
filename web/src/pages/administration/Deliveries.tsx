/** What was told to systems outside, and what became of it; what was given up is sent again by its own step. */
import { App, Button, Segmented, Select, Table } from "antd";
import type { ColumnsType } from "antd/es/table";
import { useState } from "react";
import { Link } from "react-router";

import { api, stepHeaders } from "@/api/client";
import type { paths } from "@/api/contract";
import { areStale } from "@/api/stale";
import { shownInstant } from "@/clocks/instants";
import { newKey } from "@/forms/drafts";
import { useList } from "@/lists/lists";
import { type DeliveryView, type PartnerView, saidOf } from "@/pages/administration/told";
import { Nothing, Shown } from "@/states/states";

type Stage = NonNullable<NonNullable<paths["/api/admin/deliveries"]["get"]["parameters"]["query"]>["state"]>;

const STATES: Readonly<Record<Stage, string>> = { undeliverable: "✕ 送达失败", sending: "… 送达中", delivered: "✓ 已签收", abandoned: "○ 不再送达" };
const COLOURS: Readonly<Record<Stage, string>> = { undeliverable: "red", sending: "orange", delivered: "blue", abandoned: "none" };

const STAGES = Object.keys(STATES) as readonly Stage[];

// A delivery may also not have begun.
function isKnown(stage: string): stage is Stage {
  return stage in STATES;
}

interface Props {
  readonly partners: readonly PartnerView[];
  readonly system: string;
  readonly onSystem: (system: string) => void;
}

const COLUMNS: ColumnsType<DeliveryView> = [
  {
    title: "送达",
    key: "title",
    render: (_, each) => (
      <>
        <div>{each.title}</div>
        <Link to={`/matters/${each.number}`} className="number">
          {each.number}
        </Link>
      </>
    ),
  },
  { title: "事项", dataIndex: "subject", width: 150, className: "number", responsive: ["lg"], render: (subject: string) => <Link to={`/matters/${subject}`}>{subject}</Link> },
  { title: "状态", key: "stage", width: 110, render: (_, each) => <span className={`colour colour-${isKnown(each.stage) ? COLOURS[each.stage] : "none"}`}>{isKnown(each.stage) ? STATES[each.stage] : each.stage_zh}</span> },
  { title: "次数", dataIndex: "attempts", width: 60, align: "right", className: "number", responsive: ["md"] },
  { title: "最近尝试", dataIndex: "tried_at", width: 140, className: "number", responsive: ["md"], render: (at: string | null) => shownInstant(at) },
  { title: "未签收的原因", dataIndex: "last_error", responsive: ["md"] },
];

async function sendAgain({ number, seq }: DeliveryView): Promise<void> {
  await api.POST("/api/matters/{number}/steps/repeat-delivery", { params: { path: { number }, header: stepHeaders(newKey(), seq) }, body: {} });
}

export function Deliveries({ partners, system, onSystem }: Props) {
  const [state, setState] = useState<Stage | "">("undeliverable");
  const deliveries = useList("/api/admin/deliveries", { query: { system, state } });
  const rows = deliveries.rows ?? [];
  const resending = useResending();
  return (
    <section className="panel" aria-label="送达">
      <div className="filter-row">
        <h2>送达</h2>
        <Segmented<Stage | ""> aria-label="状态" value={state} onChange={setState} options={[...STAGES.map((value) => ({ value, label: STATES[value] })), { value: "", label: "全部" }]} />
        <Select
          aria-label="系统"
          allowClear
          placeholder="全部系统"
          options={partners.map((each) => ({ value: each.system, label: each.zh }))}
          value={system || null}
          onChange={(value: string | null) => {
            onSystem(value ?? "");
          }}
        />
        <span className="stretch" />
        {state === "undeliverable" && rows.length > 1 && (
          <Button loading={resending.isBusy} onClick={() => void resending.all(rows)}>
            重新送达这 {rows.length} 件
          </Button>
        )}
      </div>
      <Shown of={{ ...deliveries, data: deliveries.rows }}>
        {() =>
          rows.length === 0 ? (
            <Nothing>{state === "undeliverable" ? "没有送达失败的，一切都已送到或者正在送" : "没有这样的送达"}</Nothing>
          ) : (
            <>
              <Table<DeliveryView>
                size="small"
                rowKey="number"
                pagination={false}
                dataSource={rows}
                columns={[
                  ...COLUMNS,
                  {
                    title: <span className="unseen">办理</span>,
                    key: "act",
                    width: 100,
                    render: (_, each) =>
                      each.stage === "undeliverable" && (
                        <Button size="small" aria-label={`重新送达 ${each.number}`} disabled={resending.isBusy} onClick={() => void resending.all([each])}>
                          重新送达
                        </Button>
                      ),
                  },
                ]}
              />
              {deliveries.hasMore && (
                <Button block type="text" loading={deliveries.isMore} onClick={deliveries.more}>
                  更多
                </Button>
              )}
            </>
          )
        }
      </Shown>
    </section>
  );
}

/** Send some again, one after another, and say how it went. */
function useResending() {
  const { message } = App.useApp();
  const [isBusy, setBusy] = useState(false);
  const all = async (rows: readonly DeliveryView[]) => {
    setBusy(true);
    const failures: string[] = [];
    for (const each of rows) {
      try {
        await sendAgain(each);
      } catch (error) {
        failures.push(`${each.number}：${saidOf(error)}`);
      }
    }
    setBusy(false);
    await areStale("/api/admin/");
    if (failures.length > 0) void message.error(`${failures.length} 件未能重新送达。${failures[0] ?? ""}`);
    else void message.success(`${rows.length} 件已交重新送达`);
  };
  return { isBusy, all };
}
