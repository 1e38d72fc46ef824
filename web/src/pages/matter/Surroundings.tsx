/** Beside the matter: its people, and the matters it is linked with. */
import { Link } from "react-router";

import { useKinds, useWords } from "@/api/queries";
import type { MatterCard } from "@/api/shapes";
import { shownInstant } from "@/clocks/instants";
import { FilledForm } from "@/forms/FilledForm";
import { ColourTag } from "@/clocks/ColourTag";
import { Phone } from "@/pages/matter/Phone";

const SAID: Readonly<Record<string, string>> = { sex: "性别", phone: "电话", address: "住址", employer: "工作单位", born_on: "出生", acted_on: "行为日" };

export function People({ card }: { readonly card: MatterCard }) {
  const words = useWords().data;
  // Who holds a thing stands with the thing.
  const people = card.people.filter((each) => each.role !== "holder");
  if (people.length === 0) return null;
  return (
    <section className="panel" aria-label="人员">
      <h2>人员</h2>
      <ul className="people">
        {people.map((each) => (
          <li key={each.id}>
            <div>
              <strong>{each.name}</strong> <span className="quiet">{each.roles.map((role) => words?.roles[role] ?? role).join("、")}</span>
            </div>
            {each.citizen_id && <div className="number">{each.citizen_id}</div>}
            {Object.entries(each.said)
              .filter(([name, value]) => value && SAID[name])
              .map(([name, value]) => (
                <div key={name}>
                  <span className="quiet">{SAID[name]}</span> {name === "phone" ? <Phone number={value} /> : value}
                </div>
              ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A thing: what it is, who holds it and where. */
export function Thing({ card }: { readonly card: MatterCard }) {
  const { custody, thing } = card;
  if (!custody && !thing) return null;
  return (
    <section className="panel" aria-label="涉案财物">
      <h2>涉案财物</h2>
      {custody && (
        <p>
          <span className="quiet">现由</span> <strong>{custody.holder_zh}</strong> <span className="quiet">保管于</span> {custody.place ?? "—"}{" "}
          <span className="quiet">自 {shownInstant(custody.since)}</span>
        </p>
      )}
      {thing && <FilledForm step="open-exhibit" form={thing} />}
    </section>
  );
}

export function Links({ card }: { readonly card: MatterCard }) {
  const kinds = useKinds().data ?? [];
  const kindOf = (kind: string) => kinds.find((each) => each.kind === kind);
  const { parent, earlier, children, merged, linked, merged_into: mergedInto } = card.links;
  if (!parent && !mergedInto && children.length === 0 && merged.length === 0 && linked.length === 0) return null;
  return (
    <section className="panel" aria-label="关联事项">
      <h2>关联事项</h2>
      <ul className="links">
        {parent && (
          <li>
            <span className="quiet">来自</span> <Link to={`/matters/${parent}`}>{parent}</Link>
          </li>
        )}
        {earlier.map((each) => (
          <li key={each.number}>
            <span className="quiet">前案</span> <Link to={`/matters/${each.number}`}>{each.number}</Link>{" "}
            <span className="quiet">
              {kindOf(each.kind)?.zh ?? each.kind}，{shownInstant(each.turned_at)} 转办{each.days !== null && `，此前已用 ${each.days} 日`}
            </span>
          </li>
        ))}
        {mergedInto && (
          <li>
            <span className="quiet">已并入</span> <Link to={`/matters/${mergedInto}`}>{mergedInto}</Link>
          </li>
        )}
        {merged.map((each) => (
          <li key={each}>
            <span className="quiet">并入本案</span> <Link to={`/matters/${each}`}>{each}</Link>
          </li>
        ))}
        {linked.map((each) => (
          <li key={`${each.number}/${each.relation}/${each.theirs}`}>
            <span className="quiet">{each.zh}</span> <Link to={`/matters/${each.number}`}>{each.number}</Link>{" "}
            <span className="quiet">
              {each.title}，{kindOf(each.kind)?.stages[each.stage] ?? each.stage}
            </span>
          </li>
        ))}
        {children.map((each) => (
          <li key={each.number}>
            <span className="quiet">{kindOf(each.kind)?.zh ?? each.kind}</span> <Link to={`/matters/${each.number}`}>{each.title || each.number}</Link>
            <span className="quiet">{kindOf(each.kind)?.stages[each.stage] ?? each.stage}</span>
            {each.colour !== "none" && <ColourTag colour={each.colour} />}
          </li>
        ))}
      </ul>
    </section>
  );
}
