import { PrinterOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { Link } from "react-router";

import { useKinds, useMe, useRoster } from "@/api/queries";
import type { MatterCard } from "@/api/shapes";
import { ColourTag } from "@/clocks/ColourTag";
import { Countdown, useNow } from "@/clocks/Countdown";
import { shownInstant } from "@/clocks/instants";
import { MarkTags } from "@/clocks/MarkTags";
import { nearestOf } from "@/clocks/nearest";
import { UrgentTag } from "@/clocks/UrgentTag";

// What officers call the time at which a matter of each kind began.
const OPENED: Readonly<Partial<Record<MatterCard["kind"], string>>> = { incident: "接警时间", "criminal-case": "受案时间", "public-order-case": "立案时间" };

/** Where it stands, and who answers for it. */
export function Standing({ card }: { readonly card: MatterCard }) {
  const kind = useKinds().data?.find((each) => each.kind === card.kind);
  const people = useRoster().data?.people ?? [];
  const handlers = card.handlers.map((each) => people.find((one) => one.username === each)?.zh ?? each);
  return (
    <div className="quiet">
      <strong>{kind?.stages[card.stage] ?? card.stage}</strong> · {card.unit_zh} · {card.officer_zh ?? "尚未指定民警"}
      {handlers.length > 0 && ` · 办案组：${handlers.join("、")}`} · {OPENED[card.kind] ?? "创建时间"} {shownInstant(card.opened_at)}
    </div>
  );
}

/** Its marks; by what it is sensitive, since when, and whether superiors were told. */
function MarksLine({ card }: { readonly card: MatterCard }) {
  if (card.marks.length === 0) return null;
  return (
    <div>
      <MarkTags marks={card.marks} />
      {card.sensitive && (
        <>
          {" "}
          {card.sensitive.criteria.join("、")}
          <span className="quiet">
            {" "}
            · {shownInstant(card.sensitive.since)} 列入 · {card.sensitive.reported ? "已报备" : "尚未报备"}
          </span>
        </>
      )}
    </div>
  );
}

/** What it is, where it stands, who answers for it, and how long is left of the nearest limit. */
export function MatterHead({ card, onExplain, onPrint }: { readonly card: MatterCard; readonly onExplain: (clock: string) => void; readonly onPrint: () => void }) {
  const kind = useKinds().data?.find((each) => each.kind === card.kind);
  const supervises = (useMe().data?.offices ?? []).some((each) => each.office === "supervisor");
  const nearest = nearestOf(card.clocks, useNow());
  return (
    <header className="matter-head">
      <div className="matter-title">
        <div className="quiet">
          {kind?.zh} <span className="number">{card.number}</span>
          {card.sealed && <span className="colour colour-orange"> 封存档案</span>}
        </div>
        <h1>
          <UrgentTag urgent={card.urgent} /> {card.title}
        </h1>
        <Standing card={card} />
        <MarksLine card={card} />
        {supervises && (
          <Link className="no-print" to={`/boards/readings?matter=${card.number}`}>
            查阅记录
          </Link>
        )}
      </div>
      {nearest?.due_at && (
        <button
          type="button"
          className={`matter-due colour-${nearest.colour}`}
          title="为什么是这一天？"
          onClick={() => {
            onExplain(nearest.id);
          }}
        >
          <span>
            {nearest.zh} <ColourTag colour={nearest.colour} />
          </span>
          <strong>
            <Countdown due={nearest.due_at} colour={nearest.colour} />
          </strong>
          <span className="number">{shownInstant(nearest.due_at, nearest.date_only)} 届满 · 为什么？</span>
        </button>
      )}
      <Button icon={<PrinterOutlined />} className="print-button" aria-label="打印" onClick={onPrint} />
    </header>
  );
}
