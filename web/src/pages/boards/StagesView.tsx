import { Table, type TableColumnsType } from "antd";
import { Link } from "react-router";

import { $api, given } from "@/api/client";
import { shownInstant } from "@/clocks/instants";
import { FRESH, type Filters, type StageBoard, useFilters } from "@/pages/boards/reading";
import { Nothing, Shown } from "@/states/states";

type Stay = StageBoard["stages"][number];

/** Half of the matters within the dark part, nine of ten within the light one. */
function Span({ stay, longest }: { readonly stay: Stay; readonly longest: number }) {
  const share = (days: number) => `${String((days / Math.max(longest, 1)) * 100)}%`;
  return (
    <div className="stay" aria-hidden="true">
      <span className="stay-most" style={{ width: share(stay.p90_days) }} />
      <span className="stay-half" style={{ width: share(stay.median_days) }} />
    </div>
  );
}

function columns(filters: Filters, longest: number): TableColumnsType<Stay> {
  const days = (title: string, name: "median_days" | "p90_days"): TableColumnsType<Stay>[number] => ({
    title,
    key: name,
    align: "right",
    width: 96,
    sorter: (one, other) => one[name] - other[name],
    sortDirections: ["descend"],
    render: (_, stay) => <span className="number">{stay[name]} 天</span>,
  });
  return [
    // Rows of one kind follow each other; the kind is said at each, so that it is still said when they are sorted.
    { title: "种类", dataIndex: "kind_zh", key: "kind", width: 110, className: "quiet-cell" },
    { title: "阶段", dataIndex: "stage_zh", key: "stage", width: 140, className: "first-column" },
    {
      title: "未结",
      key: "open",
      align: "right",
      width: 76,
      sorter: (one, other) => one.open - other.open,
      sortDirections: ["descend"],
      render: (_, stay) => (
        <Link className="number" aria-label={`${stay.kind_zh} ${stay.stage_zh} 未结 ${String(stay.open)} 件`} to={`/matters?kind=${stay.kind}&stage=${stay.stage}&unit=${filters.unit}`}>
          {stay.open}
        </Link>
      ),
    },
    {
      title: "补录",
      key: "late",
      dataIndex: "late",
      align: "right",
      width: 76,
      className: "number",
      sorter: (one, other) => one.late - other.late,
      sortDirections: ["descend"],
    },
    days("中位数", "median_days"),
    days("九成以内", "p90_days"),
    { title: "停留", key: "span", width: 180, render: (_, stay) => <Span stay={stay} longest={longest} /> },
    {
      title: "停留最久的一件",
      key: "oldest",
      sorter: (one, other) => (one.oldest?.days ?? 0) - (other.oldest?.days ?? 0),
      sortDirections: ["descend"],
      render: (_, { oldest }) =>
        oldest && (
          <span className="stay-oldest">
            <Link to={`/matters/${oldest.number}`}>{oldest.title}</Link>
            <span className="quiet number" title={`自 ${shownInstant(oldest.since)}`}>
              {oldest.days} 天
            </span>
          </span>
        ),
    },
  ];
}

export default function StagesView() {
  const [filters] = useFilters();
  const board = $api.useQuery("get", "/api/boards/stages", { params: { query: given(filters) } }, FRESH);
  return (
    <div className="panel">
      <Shown of={board} rows={12}>
        {(data) => {
          const longest = Math.max(0, ...data.stages.map((each) => each.p90_days));
          return (
            <>
              <Table<Stay>
                size="small"
                className="figures"
                rowKey={(stay) => `${stay.kind} ${stay.stage}`}
                pagination={false}
                scroll={{ x: 860 }}
                columns={columns(filters, longest)}
                dataSource={data.stages}
                locale={{ emptyText: <Nothing>没有符合条件的未结事项</Nothing> }}
              />
              <p className="quiet foot">按日历日；已办结、已转为案件等只待归档的不计入未结。条形深色为一半事项的停留天数，浅色为九成事项的停留天数。统计于 {shownInstant(data.at)}</p>
            </>
          );
        }}
      </Shown>
    </div>
  );
}
