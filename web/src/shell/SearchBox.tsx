import { keepPreviousData } from "@tanstack/react-query";
import { SearchOutlined } from "@ant-design/icons";
import { Input, Select } from "antd";
import { useDeferredValue, useState } from "react";

import { $api } from "@/api/client";
import type { components } from "@/api/contract";
import { useKinds, useWords } from "@/api/queries";
import { Failed, Loading, Nothing } from "@/states/states";

type Found = components["schemas"]["Found"];
type Kind = NonNullable<components["schemas"]["Wanted"]["kind"]> | null;

// Fewer characters would leaf through everything, and the server finds nothing by them.
const FEWEST = 2;
// A whole citizen's number: whatever is found by it is one person's.
const CITIZEN = /^\d{17}[\dXx]$/;

interface Hit {
  readonly key: string;
  readonly matter: string;
  readonly kind: string;
  readonly title: string;
  readonly said: string;
}

type Roles = Readonly<Record<string, string>> | undefined;

function hitsOf(found: Found, roles: Roles): readonly { readonly zh: string; readonly hits: readonly Hit[] }[] {
  const groups = [
    { zh: "警情案件", hits: found.matters.map((each) => ({ ...each, key: each.number, matter: each.number, said: each.number })) },
    {
      zh: "人员",
      hits: found.people.map((each, n) => ({
        ...each,
        key: `p${n}`,
        said: [each.name, roles?.[each.role] ?? "", `按${each.matched_zh}`].filter(Boolean).join(" · "),
      })),
    },
    { zh: "文书", hits: found.papers.map((each, n) => ({ ...each, key: `d${n}`, said: `${each.paper} ${each.number}` })) },
    { zh: "内容", hits: found.narrative.map((each, n) => ({ ...each, key: `n${n}`, said: each.excerpt })) },
  ];
  return groups.filter((group) => group.hits.length > 0);
}

/** How often, and as whom, the citizen of that number was in matters that the reader may know of. */
function Earlier({ found, roles }: { readonly found: Found; readonly roles: Roles }) {
  const counts = new Map<string, number>();
  for (const each of found.people) {
    const role = roles?.[each.role] ?? "涉及人员";
    counts.set(role, (counts.get(role) ?? 0) + 1);
  }
  if (counts.size === 0) return null;
  const said = [...counts].map(([role, count]) => `${role} ${String(count)} 次`).join("、");
  return <p className="quiet">此人在您可以知悉的范围内：{said}</p>;
}

function Hits({ zh, hits, onGo }: { readonly zh: string; readonly hits: readonly Hit[]; readonly onGo: (matter: string) => void }) {
  const kinds = useKinds().data ?? [];
  return (
    <section>
      <h2 className="search-group">{zh}</h2>
      {hits.map((hit) => (
        <button
          key={hit.key}
          type="button"
          className="search-hit"
          onClick={() => {
            onGo(hit.matter);
          }}
        >
          <span>
            <span className="quiet">{kinds.find((each) => each.kind === hit.kind)?.zh}</span> {hit.title}
          </span>
          <span className="quiet">{hit.said}</span>
        </button>
      ))}
    </section>
  );
}

function Results({ found, asked, onGo }: { readonly found: Found; readonly asked: string; readonly onGo: (matter: string) => void }) {
  const roles = useWords().data?.roles;
  const groups = hitsOf(found, roles);
  if (groups.length === 0) return <Nothing>在您可以知悉的范围内没有找到</Nothing>;
  return (
    <>
      {CITIZEN.test(asked.normalize("NFKC").replace(/[\s-]/g, "")) && <Earlier found={found} roles={roles} />}
      {groups.map((group) => (
        <Hits key={group.zh} {...group} onGo={onGo} />
      ))}
    </>
  );
}

/** What the reader had open last, before anything is typed. */
function Lately({ onGo }: { readonly onGo: (matter: string) => void }) {
  const lately = $api.useQuery("get", "/api/search/lately");
  if (!lately.data || lately.data.length === 0) return null;
  return <Hits zh="最近查看" hits={lately.data.map((each) => ({ ...each, key: each.number, matter: each.number, said: each.number }))} onGo={onGo} />;
}

function KindPicker({ kind, onKind }: { readonly kind: Kind; readonly onKind: (kind: Kind) => void }) {
  const kinds = useKinds().data ?? [];
  return (
    <Select
      aria-label="种类"
      allowClear
      placeholder="全部种类"
      value={kind}
      onChange={(next: Kind | undefined) => {
        onKind(next ?? null);
      }}
      options={kinds.map((each) => ({ value: each.kind, label: each.zh }))}
    />
  );
}

export function SearchBox({ onGo }: { readonly onGo: (matter: string) => void }) {
  const [text, setText] = useState("");
  const [kind, setKind] = useState<Kind>(null);
  const asked = useDeferredValue(text.trim());
  const isEnough = asked.length >= FEWEST;
  const answer = $api.useQuery("post", "/api/search", { body: { q: asked, kind } }, { enabled: isEnough, placeholderData: keepPreviousData });
  const down = (event: React.KeyboardEvent) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    if ((event.target as HTMLElement).closest(".ant-select")) return;
    const hits = [...document.querySelectorAll<HTMLElement>(".search-hit")];
    const at = hits.indexOf(document.activeElement as HTMLElement);
    const next = hits[event.key === "ArrowDown" ? at + 1 : at - 1];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- the arrows move between the buttons within, which stay reachable by Tab
    <div onKeyDown={down} className="search">
      <div className="search-asked">
        <Input
          autoFocus
          size="large"
          prefix={<SearchOutlined />}
          placeholder="编号、姓名或拼音、证件号、电话、车牌、文号、内容"
          aria-label="搜索"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
          }}
        />
        <KindPicker kind={kind} onKind={setKind} />
      </div>
      <div className="search-results" aria-live="polite">
        {asked.length === 0 && <Lately onGo={onGo} />}
        {asked.length > 0 && !isEnough && <p className="quiet">请再输入一个字：至少两个字，号码至少四位</p>}
        {isEnough && answer.isPending && <Loading rows={3} />}
        {answer.isError && <Failed error={answer.error} />}
        {isEnough && answer.data && <Results found={answer.data} asked={asked} onGo={onGo} />}
      </div>
    </div>
  );
}
