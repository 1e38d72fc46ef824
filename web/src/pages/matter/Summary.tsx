/** What happened: as people told it in this matter and in those that it came of, and who called. */
import { Link } from "react-router";

import { useWords } from "@/api/queries";
import type { MatterCard, PersonInMatter, RequestSheet } from "@/api/shapes";
import { shownInstant } from "@/clocks/instants";
import { FilledForm, useStepForm } from "@/forms/FilledForm";
import { Phone } from "@/pages/matter/Phone";
import { useSummary } from "@/pages/matter/reading";

function Title({ step }: { readonly step: string }) {
  return <>{useStepForm(step).data?.title}</>;
}

/** Somebody of the matter it came of, or whoever called, with the number under which to reach them. */
function Person({ person }: { readonly person: PersonInMatter }) {
  const words = useWords().data;
  return (
    <li>
      <span className="quiet">{person.roles.map((role) => words?.roles[role] ?? role).join("、")}</span> <strong>{person.name || "姓名不详"}</strong>{" "}
      <Phone number={person.said["phone"]} />
    </li>
  );
}

type Said = RequestSheet["summary"]["told"];

/** Step by step what was told, of the matter of that number and of those that it came of. */
export function Told({ told, number }: { readonly told: Said; readonly number: string }) {
  return told.map((each) => (
    <section key={`${each.matter}/${String(each.seq)}`}>
      <h3>
        <Title step={each.step} /> · {shownInstant(each.at)} {each.by}
        {each.matter !== number && (
          <>
            {" · "}
            <Link to={`/matters/${each.matter}`}>{each.matter}</Link>
          </>
        )}
      </h3>
      <FilledForm step={each.step} form={each.form} before={each.corrected} />
    </section>
  ));
}

export function Summary({ card }: { readonly card: MatterCard }) {
  const { data } = useSummary(card.number);
  if (!data || data.told.length + data.people.length === 0) return null;
  const callers = card.people.filter((each) => each.roles.includes("reporter"));
  return (
    <section className="panel summary" aria-label="基本情况">
      <h2>基本情况</h2>
      <ul className="summary-people">
        {[...callers, ...data.people].map((each) => (
          <Person key={each.id + each.name} person={each} />
        ))}
      </ul>
      <Told told={data.told} number={card.number} />
    </section>
  );
}
