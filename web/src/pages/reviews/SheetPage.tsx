/** The screen on which a file is scored: the file without names on the left, the checklist on the right, by keyboard. */
import { useMutation } from "@tanstack/react-query";
import { App, Button, Checkbox, Input, InputNumber } from "antd";
import { useEffect, useRef, useState } from "react";
import { Link, useParams } from "react-router";

import { $api } from "@/api/client";
import { wordsOf } from "@/api/problem";
import { useMe } from "@/api/queries";
import type { ChecklistItem, MaskedStep, SheetView } from "@/api/shapes";
import { areStale, matterIsStale } from "@/api/stale";
import { takeStep } from "@/api/steps";
import { shownInstant } from "@/clocks/instants";
import { discardDraft, newKey } from "@/forms/drafts";
import { HALF, itemsOf, type Said, type Scoring, STEP, sumOf, useScoring } from "@/pages/reviews/scoring";
import { VERDICT_KEYS, VERDICTS } from "@/pages/reviews/words";
import { useShortcut } from "@/shell/shortcuts";
import { Nothing, Shown } from "@/states/states";

function FileStep({ step }: { readonly step: MaskedStep }) {
  return (
    <article className="file-step">
      <h3>
        {step.part && `${step.part} `}第 {step.entry} 步 {step.title} {step.late && <span className="review-mark orange">抽取后补录</span>}
      </h3>
      <p className="quiet">
        {step.by} · <span className="number">{shownInstant(step.at)}</span>
      </p>
      <dl>
        {step.said.map((each) => (
          <div key={each.title}>
            <dt>{each.title}</dt>
            <dd>
              {each.lines.map((line, n) => (
                <div key={n}>{line}</div>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </article>
  );
}

function File({ told }: { readonly told: SheetView }) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by the keyboard
    <section className="panel review-file" aria-label="隐名案卷" tabIndex={0}>
      <h2>案卷（隐名）</h2>
      <h3>文书和材料</h3>
      {told.papers.length === 0 ? (
        <Nothing>没有文书。</Nothing>
      ) : (
        <ul>
          {told.papers.map((each, n) => (
            <li key={n}>
              {each.title}
              {each.scanned && "（扫描件）"} <span className="quiet number">{shownInstant(each.at)}</span> {each.late && <span className="review-mark orange">抽取后形成</span>}
            </li>
          ))}
        </ul>
      )}
      {told.steps.map((each, n) => (
        <FileStep key={n} step={each} />
      ))}
      {told.more && <p className="quiet">步骤较多，仅列前四百步。</p>}
    </section>
  );
}

interface RowProps {
  readonly item: ChecklistItem;
  readonly said: Said | undefined;
  readonly why: readonly string[];
  readonly isAt: boolean;
  readonly isOpen: boolean;
  readonly onSay: (said: Partial<Said>) => void;
  readonly onCome: () => void;
}

function Row({ item, said, why, isAt, isOpen, onSay, onCome }: RowProps) {
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isAt) row.current?.scrollIntoView({ block: "nearest" });
  }, [isAt]);
  return (
    <li ref={row} className={`check-item${isAt ? " at" : ""}`} {...(isAt ? { "aria-current": true } : {})}>
      <div>
        <strong>
          {item.number}. {item.title}
        </strong>{" "}
        <span className="number">{item.points} 分</span>
      </div>
      <div className="quiet">
        {item.deduction}；{item.basis.join("、")}
        {item.veto && `；★${item.veto}`}
      </div>
      {why.map((each) => (
        <div key={each} className="check-found">
          巡查发现：{each}
        </div>
      ))}
      <div className="check-answer" role="group" aria-label={`第${String(item.number)}项`}>
        {VERDICT_KEYS.map((verdict) => (
          <Button
            key={verdict}
            size="small"
            disabled={!isOpen}
            type={said?.verdict === verdict ? "primary" : "default"}
            aria-pressed={said?.verdict === verdict}
            onFocus={onCome}
            onClick={() => {
              onSay({ verdict });
            }}
          >
            {VERDICTS[verdict]}
          </Button>
        ))}
        <InputNumber
          size="small"
          aria-label={`第${String(item.number)}项得分`}
          min={0}
          max={item.points}
          step={HALF}
          disabled={!isOpen || said?.verdict !== "partly"}
          value={said?.points ?? 0}
          onFocus={onCome}
          onChange={(points) => {
            onSay({ points: points ?? 0 });
          }}
        />
        {item.veto && !item.vetoed_unmet && (
          <Checkbox
            disabled={!isOpen || !(said?.verdict === "partly" || said?.verdict === "not")}
            checked={said?.veto ?? false}
            onChange={(event) => {
              onSay({ veto: event.target.checked });
            }}
          >
            一票否决
          </Checkbox>
        )}
      </div>
      <Input
        size="small"
        aria-label={`第${String(item.number)}项说明`}
        placeholder="说明（扣分、高于巡查建议的须写明）"
        maxLength={400}
        disabled={!isOpen}
        value={said?.note ?? ""}
        onFocus={onCome}
        onChange={(event) => {
          onSay({ note: event.target.value });
        }}
      />
    </li>
  );
}

/** j and k go down and up, 1 to 4 say how it is, + and - change the points, n goes to the note. */
function useKeys(items: readonly ChecklistItem[], { sheet, say }: Scoring, isOpen: boolean): readonly [number, (at: number) => void] {
  const [at, setAt] = useState(0);
  const item = items[at];
  const said = item && sheet[item.number];
  const tell = (what: Partial<Said>) => {
    if (item && isOpen) say(item, what);
  };
  const step = (by: number) => {
    if (said?.verdict === "partly") tell({ points: said.points + by });
  };
  useShortcut("j", "下一项", () => {
    setAt(Math.min(at + 1, items.length - 1));
  });
  useShortcut("k", "上一项", () => {
    setAt(Math.max(at - 1, 0));
  });
  useShortcut("1", "符合", () => {
    tell({ verdict: "met" });
  });
  useShortcut("2", "部分符合", () => {
    tell({ verdict: "partly" });
  });
  useShortcut("3", "不符合", () => {
    tell({ verdict: "not" });
  });
  useShortcut("4", "不适用", () => {
    tell({ verdict: "na" });
  });
  useShortcut("+", "加半分", () => {
    step(HALF);
  });
  useShortcut("-", "减半分", () => {
    step(-HALF);
  });
  useShortcut("n", "写说明", () => {
    document.querySelector<HTMLInputElement>(`[aria-label="第${String(item?.number ?? 0)}项说明"]`)?.focus();
  });
  return [at, setAt];
}

function Scored({ told, stage }: { readonly told: SheetView; readonly stage: string }) {
  const { message } = App.useApp();
  const username = useMe().data?.username ?? "";
  const scoring = useScoring(told);
  const isOpen = stage === "scoring";
  const [at, setAt] = useKeys(told.checklist.items, scoring, isOpen);
  const sum = sumOf(told, scoring.sheet);
  const afterwards = () => {
    matterIsStale(told.number);
    void areStale("/api/review-sheets", "/api/review-sheets/{number}");
  };
  const accept = useMutation({
    mutationFn: () => takeStep(told.number, "accept-review", { unrelated: true }, newKey()),
    onSuccess: afterwards,
    onError: (error) => void message.error(wordsOf(error)),
  });
  const send = useMutation({
    mutationFn: () => takeStep(told.number, STEP, { items: itemsOf(scoring.sheet) }, scoring.key),
    onSuccess: () => {
      discardDraft(username, told.number, STEP);
      void message.success("已打分。二席均打分以后由法制部门定分。");
      afterwards();
    },
    onError: (error) => void message.error(wordsOf(error)),
  });
  return (
    <div className="review-screen">
      <File told={told} />
      <section className="panel review-checklist" aria-label="评查标准">
        <h2>
          {told.checklist.zh} <span className="quiet number">{told.checklist.edition}</span>
        </h2>
        <p role="status">
          折合 <strong className="number">{sum.result}</strong> 分{sum.left > 0 && `，还有 ${String(sum.left)} 项未评定`}
          {sum.vetoes.length > 0 && `，第 ${sum.vetoes.join("、")} 项一票否决`}
        </p>
        {stage === "assigned" && (
          <p>
            <Button
              type="primary"
              loading={accept.isPending}
              onClick={() => {
                accept.mutate();
              }}
            >
              接收评查（声明没有应当回避的情形）
            </Button>{" "}
            <Link to={`/matters/${told.number}`}>申请回避</Link>
          </p>
        )}
        <ol className="check-items">
          {told.checklist.items.map((item, n) => (
            <Row
              key={item.number}
              item={item}
              said={scoring.sheet[item.number]}
              why={told.proposed.find((each) => each.item === item.number)?.why ?? []}
              isAt={n === at}
              isOpen={isOpen}
              onSay={(said) => {
                scoring.say(item, said);
              }}
              onCome={() => {
                setAt(n);
              }}
            />
          ))}
        </ol>
        {isOpen && (
          <Button
            type="primary"
            block
            disabled={sum.left > 0}
            loading={send.isPending}
            onClick={() => {
              send.mutate();
            }}
          >
            提交打分（提交后不能修改）
          </Button>
        )}
      </section>
    </div>
  );
}

export default function SheetPage() {
  const { number = "" } = useParams();
  const path = { params: { path: { number } } };
  const told = $api.useQuery("get", "/api/review-sheets/{number}", path);
  const card = $api.useQuery("get", "/api/matters/{number}", path);
  return <Shown of={told}>{(sheet) => <Shown of={card}>{({ stage }) => <Scored told={sheet} stage={stage} />}</Shown>}</Shown>;
}
