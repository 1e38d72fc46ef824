/** The risk words that the bureau has added or taken out, by group. */
import { Button, Drawer } from "antd";
import { useState } from "react";

import type { InspectionSettings } from "@/api/shapes";
import { type Subject, ProposalForm } from "@/pages/inspections/ProposalForm";

type Group = InspectionSettings["words"][number];

export function Words({ settings }: { readonly settings: InspectionSettings }) {
  const [changing, setChanging] = useState<Group | null>(null);
  const held = (group: string) => settings.editions.find((each) => each.holds && each.name === `words/${group}`);
  const subject = (group: Group): Subject => {
    const value = held(group.group)?.value;
    return { sort: "words", group: group.group, added: value?.added ?? [], removed: value?.removed ?? [] };
  };
  const proposes = settings.units.some((each) => each.bureau && each.proposes);
  return (
    <section className="panel" aria-label="风险词">
      <h2>风险词</h2>
      <p className="quiet">通用词表之外，本局增加或者排除的词。改动使验收句读错的，不能提请。</p>
      <ul className="hits">
        {settings.words.map((each) => (
          <li key={each.group}>
            {each.label} <span className="quiet">{held(each.group)?.words ?? "按通用词表"}</span>{" "}
            {proposes && (
              <Button size="small" type="link" aria-label={`提请修改风险词：${each.label}`} onClick={() => { setChanging(each); }}>
                提请修改
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Drawer title={`风险词：${changing?.label ?? ""}`} open={changing !== null} destroyOnHidden size={420} onClose={() => { setChanging(null); }}>
        {changing && <ProposalForm subject={subject(changing)} settings={settings} onDone={() => { setChanging(null); }} />}
      </Drawer>
    </section>
  );
}
