/** My work (工作台): what is due, what lies before me, what I did, asked for, and was copied. */
import "@/pages/work/work.css";

import { Segmented, Tabs } from "antd";
import { useSearchParams } from "react-router";

import { useMe } from "@/api/queries";
import { DueCards } from "@/pages/work/DueCards";
import { CopiedList, DoneList, StartedList } from "@/pages/work/PastLists";
import { TodoList } from "@/pages/work/TodoList";
import { useTaskCounts } from "@/shell/Alerts";
import { useHolds } from "@/shell/desk";

const TABS = [
  { key: "todo", label: "待办", List: TodoList },
  { key: "done", label: "已办", List: DoneList },
  { key: "started", label: "我呈请的", List: StartedList },
  { key: "copied", label: "抄送我的", List: CopiedList },
] as const;

function TodoLabel() {
  const count = Object.values(useTaskCounts().data ?? {}).reduce((sum, each) => sum + each, 0);
  return <>待办 {count > 0 && <span className="todo-count number">{count}</span>}</>;
}

export function WorkPage() {
  const [search, setSearch] = useSearchParams();
  const handles = useHolds("case-officer", "auxiliary-officer");
  const me = useMe().data;
  const chosen = TABS.find((each) => each.key === search.get("tab")) ?? TABS[0];
  const mine = (search.get("due") ?? (handles ? "mine" : "unit")) === "mine";
  const change = (name: string, value: string) => {
    setSearch(
      (before) => {
        before.set(name, value);
        return before;
      },
      { replace: true },
    );
  };
  return (
    <div className="work">
      <div className="page-head">
        <h1>工作台</h1>
        <span className="stretch" />
        <Segmented
          aria-label="期限的范围"
          value={mine ? "mine" : "unit"}
          options={[
            { value: "mine", label: "我承办的" },
            { value: "unit", label: "我单位的" },
          ]}
          onChange={(next) => {
            change("due", next);
          }}
        />
      </div>
      {me && <DueCards mine={mine} />}
      <Tabs
        activeKey={chosen.key}
        onChange={(key) => {
          change("tab", key);
        }}
        items={TABS.map(({ key, label, List }) => ({ key, label: key === "todo" ? <TodoLabel /> : label, children: <List /> }))}
        destroyOnHidden
      />
    </div>
  );
}
