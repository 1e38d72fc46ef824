import { Button } from "antd";
import { useEffect, useState } from "react";
import { Link } from "react-router";

import { useWords } from "@/api/queries";
import type { JournalEntry, Words } from "@/api/shapes";
import { shownInstant } from "@/clocks/instants";
import { FilledForm } from "@/forms/FilledForm";
import { filledIn } from "@/forms/schema";
import { Cited } from "@/law/Cited";
import { useList } from "@/lists/lists";
import { Failed, Loading } from "@/states/states";

interface LateEntry {
  readonly step: string;
  readonly at: string;
  readonly recorded_at: string;
  readonly paper: string;
}

interface Content {
  readonly form?: Readonly<Record<string, unknown>>;
  readonly facts?: readonly { readonly fact: string; readonly at: string }[];
  readonly detail?: string;
  readonly members?: { readonly basis?: string };
  readonly title?: string;
  readonly number?: string;
  readonly actor?: { readonly offices: readonly string[] } | null;
  readonly teller?: string;
  readonly late?: readonly LateEntry[];
  readonly brought?: { readonly case_number: string; readonly row: number; readonly approver: string; readonly paper: string };
  readonly recorded?: { readonly receipt?: { readonly standing?: string; readonly opened?: readonly string[] } };
}

const SORTS: Readonly<Record<JournalEntry["sort"], string>> = {
  step: "办理",
  told: "获知",
  refusal: "不予办理",
  document: "文书",
  dossier: "卷宗",
  access: "查阅",
  inbound: "来文",
  turn: "确定轮到何人办理",
};

function titleOf(entry: JournalEntry, content: Content, words: Words | undefined): string {
  const name = words?.steps[entry.step] ?? "";
  const request = typeof content.form?.["request"] === "string" ? content.form["request"] : "";
  if (entry.sort === "document") return `制作文书：${content.title ?? ""} ${content.number ?? ""}`;
  if (entry.step === "give-query-code") return "发给查询码";
  if (entry.sort === "told") return `获知其他事项的办理：${name || entry.step}`;
  if (entry.sort === "refusal") return `未予办理：${name || entry.step}`;
  if (entry.step === "look-at-veiled") return "查看密级字段";
  if (request) return `${name}：${words?.steps[request] ?? request}`;
  return name || SORTS[entry.sort];
}

function Facts({ content, words }: { readonly content: Content; readonly words: Words | undefined }) {
  const facts = content.facts ?? [];
  if (facts.length === 0) return null;
  return (
    <ul className="journal-facts">
      {facts.map((each) => (
        <li key={each.fact + each.at}>
          {words?.facts[each.fact] ?? each.fact} <span className="quiet number">{shownInstant(each.at)}</span>
        </li>
      ))}
    </ul>
  );
}

function Late({ content, words }: { readonly content: Content; readonly words: Words | undefined }) {
  return (content.late ?? []).map((each) => (
    <div key={each.step + each.recorded_at} className="journal-late">
      <span className="colour colour-yellow">补录</span> {words?.steps[each.step] ?? each.step} 发生时间 <span className="number">{shownInstant(each.at)}</span>，录入时间{" "}
      <span className="number">{shownInstant(each.recorded_at)}</span>
      {each.paper && `，纸质审批 ${each.paper}`}
    </div>
  ));
}

/** That it happened before the matter was kept here, and what the paper of then says. */
function Brought({ content }: { readonly content: Content }) {
  const { brought, form } = content;
  if (!brought) return null;
  const at = form?.["at"];
  const said = [typeof at === "string" && `发生时间 ${shownInstant(at)}`, brought.paper && `文书号 ${brought.paper}`, brought.approver && `纸质审批 ${brought.approver}`, `原案号 ${brought.case_number}，台账第 ${String(brought.row)} 行`];
  return (
    <div className="journal-late">
      <span className="colour colour-blue">迁入</span> {said.filter(Boolean).join("，")}
    </div>
  );
}

function Entry({ entry, words, whole }: { readonly entry: JournalEntry; readonly words: Words | undefined; readonly whole: boolean }) {
  const [open, setOpen] = useState(whole);
  const content = entry.content as Content;
  const request = typeof content.form?.["request"] === "string" ? content.form["request"] : entry.step;
  const basis = content.members?.basis ?? (entry.sort === "step" ? (words?.bases[request] ?? "") : "");
  const awaits = content.recorded?.receipt?.standing === "awaiting-approval";
  const said = Object.keys(filledIn(content.form ?? {})).length > 0;
  const opened = content.recorded?.receipt?.opened ?? [];
  return (
    <li className={`journal-entry journal-${entry.sort}`}>
      <div className="journal-when number">{shownInstant(entry.recorded_at)}</div>
      <div className="journal-what">
        <div>
          <strong>{titleOf(entry, content, words)}</strong>
          {awaits && <span className="colour colour-none">呈请审批</span>}
        </div>
        <div className="quiet">
          {entry.name ?? "系统"}
          {content.actor?.offices.length ? `（${content.actor.offices.map((each) => words?.offices[each] ?? each).join("、")}）` : ""}
          {basis && (
            <>
              {" · "}
              <Cited text={basis} {...(content.members?.basis ? { on: entry.recorded_at } : {})} />
            </>
          )}
        </div>
        {content.detail && (
          <div className="journal-detail">
            <Cited text={content.detail} on={entry.recorded_at} />
          </div>
        )}
        <Late content={content} words={words} />
        <Brought content={content} />
        <Facts content={content} words={words} />
        {opened.map((number) => (
          <Link key={number} to={`/matters/${number}`}>
            创建 {number}
          </Link>
        ))}
        {said && (
          <button
            type="button"
            className="link-button"
            aria-expanded={open}
            onClick={() => {
              setOpen(!open);
            }}
          >
            {open ? "收起内容" : "查看填写的内容"}
          </button>
        )}
        {open && said && content.form && <FilledForm step={entry.step} form={content.form} />}
      </div>
      <div className="journal-seq quiet number" title={`本条的哈希 ${entry.hash}`}>
        #{entry.position}
      </div>
    </li>
  );
}

/** Everything that was done and tried: who, when, what, on which article; to its end and with every form, where it is wanted `whole`. */
export function JournalTimeline({ number, whole = false }: { readonly number: string; readonly whole?: boolean }) {
  const words = useWords().data;
  const journal = useList("/api/matters/{number}/journal", { number });
  const { hasMore, isMore, more } = journal;
  useEffect(() => {
    if (whole && hasMore && !isMore) more();
  }, [whole, hasMore, isMore, more]);
  if (journal.rows === undefined) return journal.isPending ? <Loading /> : <Failed error={journal.error} onRetry={() => void journal.refetch()} />;
  return (
    <section aria-label="日志" aria-busy={whole && hasMore}>
      <ol className="journal">
        {[...journal.rows].map((entry) => (
          <Entry key={entry.position} entry={entry} words={words} whole={whole} />
        ))}
      </ol>
      {hasMore && (
        <Button onClick={more} loading={isMore}>
          更多
        </Button>
      )}
    </section>
  );
}
