import { SearchOutlined } from "@ant-design/icons";
import { keepPreviousData } from "@tanstack/react-query";
import { Button, Input, Modal } from "antd";
import { useDeferredValue, useState } from "react";
import { useNavigate } from "react-router";

import { $api } from "@/api/client";
import type { components } from "@/api/contract";
import { useKinds } from "@/api/queries";
import { Failed, Loading, Nothing } from "@/states/states";

type Found = components["schemas"]["Found"];

interface Hit {
  readonly key: string;
  readonly matter: string;
  readonly kind: string;
  readonly title: string;
  readonly said: string;
}

function hitsOf(found: Found): readonly { readonly zh: string; readonly hits: readonly Hit[] }[] {
  const groups = [
    { zh: "事项", hits: found.matters.map((each) => ({ ...each, key: each.number, matter: each.number, said: each.number })) },
    { zh: "人员", hits: found.people.map((each, n) => ({ ...each, key: `p${n}`, said: `${each.name} · ${each.matched}` })) },
    { zh: "内容", hits: found.narrative.map((each, n) => ({ ...each, key: `n${n}`, said: each.excerpt })) },
  ];
  return groups.filter((group) => group.hits.length > 0);
}

function Results({ found, onGo }: { readonly found: Found; readonly onGo: (matter: string) => void }) {
  const kinds = useKinds().data ?? [];
  const groups = hitsOf(found);
  if (groups.length === 0) return <Nothing>在您可以知悉的范围内没有找到</Nothing>;
  return groups.map((group) => (
    <section key={group.zh}>
      <h2 className="search-group">{group.zh}</h2>
      {group.hits.map((hit) => (
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
  ));
}

function SearchBox({ onGo }: { readonly onGo: (matter: string) => void }) {
  const [text, setText] = useState("");
  const asked = useDeferredValue(text.trim());
  const answer = $api.useQuery("post", "/api/search", { body: { q: asked } }, { enabled: asked.length > 1, placeholderData: keepPreviousData });
  const down = (event: React.KeyboardEvent) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
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
      <Input
        autoFocus
        size="large"
        prefix={<SearchOutlined />}
        placeholder="编号、标题、姓名、身份证号、电话、车牌、内容"
        aria-label="搜索"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
        }}
      />
      <div className="search-results" aria-live="polite">
        {asked.length > 1 && answer.isPending && <Loading rows={3} />}
        {answer.isError && <Failed error={answer.error} />}
        {asked.length > 1 && answer.data && <Results found={answer.data} onGo={onGo} />}
      </div>
    </div>
  );
}

/** Search over everything that the caller may know of. */
export function Search({ open, onOpen, onClose }: { readonly open: boolean; readonly onOpen: () => void; readonly onClose: () => void }) {
  const navigate = useNavigate();
  return (
    <>
      <Button icon={<SearchOutlined />} onClick={onOpen} className="search-opener">
        <span className="search-words">搜索</span>
        <kbd className="search-words">Ctrl K</kbd>
      </Button>
      <Modal open={open} onCancel={onClose} footer={null} closable={false} width={640} style={{ top: 64 }} destroyOnHidden title={<span className="unseen">搜索</span>}>
        <SearchBox
          onGo={(matter) => {
            onClose();
            void navigate(`/matters/${matter}`);
          }}
        />
      </Modal>
    </>
  );
}
