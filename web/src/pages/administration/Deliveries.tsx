/** What was told to systems outside, and what became of it; what was given up is sent again by its own step. */
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Segmented, Select, Table } from "antd";
import type { ColumnsType } from "antd/es/table";
import { useState } from "react";
import { Link } from "react-router";

import { read, send } from "@/api/client";
import { shownInstant } from "@/clocks/instants";
import { newKey } from "@/forms/drafts";
import { adminKeys, type DeliveriesTold, type DeliveryTold, type PartnerTold, saidOf } from "@/pages/administration/told";
import { Nothing, Shown } from "@/states/states";

const STATES: Readonly<Record<string, string>> = { undeliverable: "✕ 送达失败", sending: "… 送达中", delivered: "✓ 已签收", abandoned: "○ 不再送达" };
const COLOURS: Readonly<Record<string, string>> = { undeliverable: "red", sending: "orange", delivered: "blue", abandoned: "none" };

interface Props {
  readonly partners: readonly PartnerTold[];
  readonly system: string;
  readonly onSystem: (system: string) => void;
}

const COLUMNS: ColumnsType<DeliveryTold> = [
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
  { title: "状态", key: "stage", width: 110, render: (_, each) => <span className={`colour colour-${COLOURS[each.stage] ?? "none"}`}>{STATES[each.stage] ?? each.stage_zh}</span> },
  { title: "次数", dataIndex: "attempts", width: 60, align: "right", className: "number", responsive: ["md"] },
  { title: "最近尝试", dataIndex: "tried_at", width: 140, className: "number", responsive: ["md"], render: (at: string | null) => shownInstant(at) },
  { title: "未签收的原因", dataIndex: "last_error", responsive: ["md"] },
];

async function sendAgain({ number, seq }: DeliveryTold): Promise<void> {
  await send("POST", `/api/matters/${number}/steps/repeat-delivery`, {}, { "Idempotency-Key": newKey(), "If-Match": `"${seq}"` });
}

export function Deliveries({ partners, system, onSystem }: Props) {
  const [state, setState] = useState("undeliverable");
  const filters = { system, state };
  const deliveries = useInfiniteQuery({
    queryKey: adminKeys.deliveries(filters),
    queryFn: ({ pageParam, signal }) => read<DeliveriesTold>("/api/admin/deliveries", { ...filters, cursor: pageParam, limit: 50 }, signal),
    initialPageParam: "",
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const rows = deliveries.data?.pages.flatMap((each) => each.items) ?? [];
  const resending = useResending();
  return (
    <section className="panel" aria-label="送达">
      <div className="filter-row">
        <h2>送达</h2>
        <Segmented aria-label="状态" value={state} onChange={setState} options={[...Object.entries(STATES).map(([value, label]) => ({ value, label })), { value: "", label: "全部" }]} />
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
      <Shown of={deliveries}>
        {() =>
          rows.length === 0 ? (
            <Nothing>{state === "undeliverable" ? "没有送达失败的，一切都已送到或者正在送" : "没有这样的送达"}</Nothing>
          ) : (
            <>
              <Table<DeliveryTold>
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
              {deliveries.hasNextPage && (
                <Button block type="text" loading={deliveries.isFetchingNextPage} onClick={() => void deliveries.fetchNextPage()}>
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
  const client = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const all = async (rows: readonly DeliveryTold[]) => {
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
    await client.invalidateQueries({ queryKey: ["admin"] });
    if (failures.length > 0) void message.error(`${failures.length} 件未能重新送达。${failures[0] ?? ""}`);
    else void message.success(`${rows.length} 件已交重新送达`);
  };
  return { isBusy, all };
}
