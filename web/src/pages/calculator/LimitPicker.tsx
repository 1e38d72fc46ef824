import { Select } from "antd";
import { useDeferredValue, useState } from "react";

import { byPhase, type Limit, useLimits } from "@/pages/calculator/question";
import { useShortcut } from "@/shell/shortcuts";
import { Nothing, Shown } from "@/states/states";

const SEARCH = "limit-search";

function Choice({ limit }: { readonly limit: Limit }) {
  return (
    <div className="limit-choice">
      <span>{limit.zh}</span>
      <span className="quiet">
        {limit.articles[0]?.zh} · {limit.bases.map((each) => each.zh).filter(Boolean).join(" / ")}
      </span>
    </div>
  );
}

/** One limit of all, found by its name, an article, the fact that starts it, or its id. */
export function LimitPicker({ chosen, onChoose }: { readonly chosen: string; readonly onChoose: (limit: string) => void }) {
  const [typed, setTyped] = useState("");
  const asked = useDeferredValue(typed.trim());
  const found = useLimits(asked);
  const all = useLimits("");
  const named = all.data?.find((each) => each.limit === chosen);
  useShortcut("/", "查找期限", () => document.getElementById(SEARCH)?.focus());
  const groups = [...byPhase(found.data ?? [])].map(([phase, limits]) => ({
    label: phase,
    title: phase,
    options: limits.map((each) => ({ value: each.limit, label: each.zh, limit: each })),
  }));
  // The chosen one keeps its name while others are looked for.
  const isListed = found.data?.some((each) => each.limit === chosen);
  const apart = named && !isListed && !asked ? [{ value: named.limit, label: named.zh, limit: named }] : [];
  return (
    <Select
      id={SEARCH}
      aria-label="期限"
      className="limit-picker"
      size="large"
      allowClear
      showSearch={{ filterOption: false, searchValue: typed, onSearch: setTyped }}
      placeholder="期限的名称、条文或者起算事实，例如 提请批捕、刑诉法第91条、执行拘留"
      listHeight={420}
      options={[...apart, ...groups]}
      value={chosen ? (named?.zh ?? chosen) : null}
      optionRender={(option) => {
        const { limit } = option.data as { limit?: Limit };
        return limit ? <Choice limit={limit} /> : option.label;
      }}
      notFoundContent={found.isPending ? "正在查找" : <Nothing>没有这样的期限，换个说法试试</Nothing>}
      onChange={(limit: string | null) => {
        setTyped("");
        onChoose(limit ?? "");
      }}
    />
  );
}

/** Every limit under the phase of a case, to look through. */
export function Directory({ onChoose }: { readonly onChoose: (limit: string) => void }) {
  return (
    <Shown of={useLimits("")} rows={14}>
      {(limits) => (
        <div className="directory">
          {[...byPhase(limits)].map(([phase, each]) => (
            <section key={phase} className="panel" aria-label={phase}>
              <h2>
                {phase} <span className="quiet number">{each.length}</span>
              </h2>
              <ul>
                {each.map((limit) => (
                  <li key={limit.limit}>
                    <button
                      type="button"
                      onClick={() => {
                        onChoose(limit.limit);
                      }}
                    >
                      <span>{limit.zh}</span>
                      <span className="quiet">
                        {[...new Set(limit.bases.map((base) => base.zh))].filter(Boolean).slice(0, 3).join(" / ")}
                      </span>
                    </button>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      )}
    </Shown>
  );
}
