/** What was just entered here, with its numbers and where it stands now, what is on its way or was refused; and what others entered last. */
import { Button } from "antd";
import { Link } from "react-router";

import { $api } from "@/api/client";
import { useKinds, useRoster } from "@/api/queries";
import type { ProblemDocument } from "@/api/problem";
import type { MatterRow } from "@/api/shapes";
import { inChina, nowInChina } from "@/clocks/instants";
import { UrgentTag } from "@/clocks/UrgentTag";
import { useHolds } from "@/shell/desk";
import { Dispatch } from "@/pages/intake/Dispatch";
import type { Call } from "@/pages/intake/outbox";

interface Props {
  readonly calls: readonly Call[];
  /** The call that is being dispatched. */
  readonly open: string;
  readonly onOpen: (number: string) => void;
  readonly onCorrect: (call: Call) => void;
}

const WORDS = { sending: "送出中…", waiting: "⟳ 等待连接，自动重送", refused: "✕ 未被接受", entered: "" } as const;

function useStanding(): ReadonlyMap<string, MatterRow> {
  const answer = $api.useQuery("get", "/api/matters", { params: { query: { kind: "incident", limit: 100 } } });
  return new Map(answer.data?.items.map((each) => [each.number, each]));
}

/** As many of the others as a shift that begins looks at. */
const OTHERS = 8;

/** A call that was not entered on this machine, or not by this person. */
function callOf(row: MatterRow): Call {
  return { key: row.number, number: row.number, title: row.title, place: "", unit: row.unit, at: new Date(row.opened_at).getTime(), state: "entered" };
}

export function Entered(props: Props) {
  const standing = useStanding();
  const own = new Set(props.calls.map((each) => each.number));
  const others = [...standing.values()].filter((each) => !own.has(each.number)).slice(0, OTHERS);
  return (
    <>
      <Own {...props} standing={standing} />
      {others.length > 0 && (
        <section className="panel entered" aria-label="近来的警情">
          <h2>近来的警情</h2>
          <ul>
            {others.map((each) => (
              <Row key={each.number} call={callOf(each)} here={each} isOpen={props.open === each.number} onOpen={props.onOpen} onCorrect={props.onCorrect} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Own({ calls, open, onOpen, onCorrect, standing }: Props & { readonly standing: ReadonlyMap<string, MatterRow> }) {
  return (
    <section className="panel entered" aria-label="刚才录入的警情">
      <h2>
        刚才录入 <span className="quiet number">{calls.filter((each) => each.state === "entered").length} 起</span>
      </h2>
      {calls.length === 0 && <p className="quiet">录入后的编号在这里；可以接着派警。</p>}
      <ul>
        {calls.map((call) => (
          <Row key={call.key} call={call} here={standing.get(call.number ?? "")} isOpen={Boolean(call.number) && open === call.number} onOpen={onOpen} onCorrect={onCorrect} />
        ))}
      </ul>
    </section>
  );
}

function wordsOf(problem: ProblemDocument | undefined): string | undefined {
  return (problem?.errors ?? []).map((each) => each.detail).join("；") || problem?.detail;
}

interface RowProps {
  readonly call: Call;
  readonly here: MatterRow | undefined;
  readonly isOpen: boolean;
  readonly onOpen: (number: string) => void;
  readonly onCorrect: (call: Call) => void;
}

function Row({ call, here, isOpen, onOpen, onCorrect }: RowProps) {
  const stages = useKinds().data?.find((each) => each.kind === "incident")?.stages;
  const units = useRoster().data?.units;
  const maySend = useHolds("reporting-desk", "station-head", "auxiliary-officer");
  const seq = here?.seq ?? call.seq ?? 0;
  const stage = here ? (stages?.[here.stage] ?? here.stage) : "已接报";
  const where = [here?.unit_zh ?? units?.find((each) => each.unit === call.unit)?.zh, here?.officer_zh].filter(Boolean).join(" ");
  const isFresh = !here || here.stage === "received" || here.stage === "dispatched";
  return (
    <li className={`call-${call.state}`}>
      <div>
        {call.number ? (
          <Link to={`/matters/${call.number}`} className="number">
            {call.number}
          </Link>
        ) : (
          <span className="call-state">{WORDS[call.state]}</span>
        )}
        <span className="quiet number">{inChina(call.at).format(inChina(call.at).isSame(nowInChina(), "day") ? "HH:mm" : "M月D日 HH:mm")}</span>
      </div>
      <div>
        <UrgentTag urgent={here?.urgent ?? false} /> {call.title}
      </div>
      {call.state === "entered" && (
        <div className="why">
          <span className="quiet">
            {stage}
            {where && ` · ${where}`}
          </span>
          {maySend && isFresh && !isOpen && (
            <Button
              size="small"
              aria-label={`${here?.stage === "dispatched" ? "改派" : "派警"} ${call.number ?? ""}`}
              onClick={() => {
                onOpen(call.number ?? "");
              }}
            >
              {here?.stage === "dispatched" ? "改派" : "派警"}
            </Button>
          )}
        </div>
      )}
      {call.state === "entered" && call.problem && (
        <div className="why">
          <span className="refused-words">未能记为重复报案：{wordsOf(call.problem)}</span>
        </div>
      )}
      {call.state === "refused" && (
        <div className="why">
          <span className="refused-words">{wordsOf(call.problem)}</span>
          <Button
            size="small"
            onClick={() => {
              onCorrect(call);
            }}
          >
            改正
          </Button>
        </div>
      )}
      {isOpen && (
        <Dispatch
          number={call.number ?? ""}
          seq={seq}
          unit={here?.unit && units?.some((each) => each.unit === here.unit && each.kind !== "centre" && each.kind !== "bureau") ? here.unit : call.unit}
          onClose={() => {
            onOpen("");
          }}
        />
      )}
    </li>
  );
}
