/** The systems outside: whether each is reached, what waits for it, and what was given up and may be sent again. */
import { Table, Tooltip } from "antd";
import type { ColumnsType } from "antd/es/table";
import { useState } from "react";

import { $api } from "@/api/client";
import { shownInstant } from "@/clocks/instants";
import { Deliveries } from "@/pages/administration/Deliveries";
import type { PartnerView } from "@/pages/administration/told";
import { Shown } from "@/states/states";

function Standing({ partner }: { readonly partner: PartnerView }) {
  if (!partner.configured) return <span className="colour colour-none">○ 未配置地址</span>;
  if (partner.given_up > 0) return <span className="colour colour-red">✕ 有送达失败</span>;
  if (partner.waiting > 0 && partner.last_error) return <span className="colour colour-orange">▲ 重试中</span>;
  return <span className="colour colour-blue">✓ 正常</span>;
}

const COLUMNS: ColumnsType<PartnerView> = [
  {
    title: "系统",
    key: "zh",
    width: 200,
    render: (_, partner) => (
      <Tooltip title={partner.wants.length > 0 ? `通知：${partner.wants.join("、")}` : ""}>
        <span>{partner.zh}</span>
      </Tooltip>
    ),
  },
  { title: "所在主机", dataIndex: "host", width: 160, className: "number", responsive: ["lg"], render: (host: string) => host || "—" },
  { title: "状态", key: "standing", width: 130, render: (_, partner) => <Standing partner={partner} /> },
  { title: "等待", dataIndex: "waiting", width: 70, align: "right", className: "number" },
  { title: "失败", dataIndex: "given_up", width: 70, align: "right", className: "number" },
  { title: "最近签收", dataIndex: "last_receipt_at", width: 140, className: "number", responsive: ["md"], render: (at: string | null) => shownInstant(at) },
  { title: "最近来文", dataIndex: "last_heard_at", width: 140, className: "number", responsive: ["lg"], render: (at: string | null) => shownInstant(at) },
  {
    title: "最近一次失败",
    key: "error",
    responsive: ["md"],
    render: (_, { last_error, last_error_at }) =>
      last_error && (
        <>
          {last_error} <span className="quiet number">{shownInstant(last_error_at)}</span>
        </>
      ),
  },
];

export default function PartnersPage() {
  const [system, setSystem] = useState("");
  const partners = $api.useQuery("get", "/api/admin/partners", {}, { refetchInterval: 30_000 });
  return (
    <div className="stack">
      <section className="panel" aria-label="外部系统">
        <Shown of={partners}>
          {(told) => (
            <Table<PartnerView> size="small" rowKey="system" pagination={false} columns={COLUMNS} dataSource={told.partners} />
          )}
        </Shown>
      </section>
      <Deliveries partners={partners.data?.partners ?? []} system={system} onSystem={setSystem} />
    </div>
  );
}
