/** Who came and went (登录记录): who signed in or tried to, from where, how, and how it ended; and by which second factor they do. */
import type { Coming, ComingSort } from "@/api/shapes";
import { shownInstant } from "@/clocks/instants";
import { useFilters } from "@/lists/filters";
import { useList } from "@/lists/lists";
import { type Column, VirtualTable } from "@/lists/VirtualTable";
import { SecondFactors } from "@/pages/boards/SecondFactors";
import { asked, TraceFilters } from "@/pages/boards/TraceFilters";

const SORTS: Readonly<Record<ComingSort, string>> = {
  "signed-in": "登录",
  "wrong-password": "用户名或者口令不正确",
  "no-second-factor": "未输入动态口令",
  "wrong-second-factor": "动态口令不正确",
  "password-expired": "他人设置的口令已经过期",
  "account-closed": "账号已停用",
  limited: "尝试过于频繁，未受理",
  "signed-out": "退出登录",
  "signed-out-everywhere": "在所有设备上退出登录",
  unproved: "核对口令未通过",
  "password-changed": "修改口令",
  "password-set": "口令由他人设置",
  "second-factor-enrolled": "启用动态口令",
  "second-factor-vouched": "动态口令经当面核实",
  "second-factor-dropped": "动态口令由他人停用",
};

function Who({ row }: { readonly row: Coming }) {
  if (!row.username) return <span className="quiet">（没有这一用户）</span>;
  return (
    <span title={`${row.username} ${row.units_zh.join("、")}`}>
      {row.zh ?? row.username}
      <span className="quiet">（{row.offices_zh.join("、") || "无职务"}）</span>
    </span>
  );
}

function How({ row }: { readonly row: Coming }) {
  const said = [row.how, row.by && `经办人：${row.by}`, row.times > 1 && `一分钟内另有${String(row.times)}次`].filter(Boolean).join("；");
  return (
    <span title={row.agent}>
      {said} <span className="quiet">{row.agent}</span>
    </span>
  );
}

const COLUMNS: readonly Column<Coming>[] = [
  { key: "at", title: "时间", width: "140px", cell: (row) => <span className="number">{shownInstant(row.at)}</span> },
  { key: "who", title: "何人", width: "minmax(150px, 1fr)", cell: (row) => <Who row={row} /> },
  { key: "sort", title: "何事", width: "minmax(150px, 1fr)", cell: (row) => row.sort_zh },
  { key: "address", title: "网络地址", width: "130px", cell: (row) => <span className="number">{row.address}</span> },
  { key: "how", title: "方式与所用程序", width: "minmax(200px, 2fr)", cell: (row) => <How row={row} /> },
];

export default function ComingsView() {
  const filters = useFilters();
  const list = useList("/api/comings", { query: asked<ComingSort>(filters) });
  return (
    <>
      <SecondFactors />
      <div className="filters" role="search" aria-label="筛选登录记录">
        <TraceFilters filters={filters} who="何人" what="何事" sorts={SORTS} />
      </div>
      <VirtualTable
        label="登录记录"
        list={list}
        columns={COLUMNS}
        rowKey={(row) => `${row.at}/${row.username}/${row.sort}/${row.address}`}
        empty="没有符合条件的登录记录。"
        card={(row) => (
          <>
            <div className="card-line spread">
              <strong>{row.sort_zh}</strong>
              <span className="number">{shownInstant(row.at)}</span>
            </div>
            <div className="card-line spread">
              <Who row={row} />
              <span className="number">{row.address}</span>
            </div>
            <div className="card-line">
              <How row={row} />
            </div>
          </>
        )}
      />
    </>
  );
}
