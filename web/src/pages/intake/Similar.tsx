/** Whether somebody has called about this already: looked for while the call is typed, never in the way of typing. */
import { keepPreviousData } from "@tanstack/react-query";
import { Button, Tag } from "antd";
import { useEffect, useState } from "react";

import { $api } from "@/api/client";
import type { components } from "@/api/contract";
import { shownInstant } from "@/clocks/instants";

export type SimilarIncident = components["schemas"]["SimilarIncident"];

interface Asked {
  readonly place: string;
  readonly narrative: string;
  readonly phone: string;
}

// Long enough that no letter is asked about, short enough to be there when the next field is.
const PAUSE_MS = 400;
// So few characters are like everything.
const FEWEST = 4;

function useSettled(asked: Asked): Asked {
  const [settled, setSettled] = useState(asked);
  const { place, narrative, phone } = asked;
  useEffect(() => {
    const timer = window.setTimeout(() => {
      setSettled({ place, narrative, phone });
    }, PAUSE_MS);
    return () => {
      window.clearTimeout(timer);
    };
  }, [place, narrative, phone]);
  return settled;
}

/** As much of it as the server compares. */
function begun({ place, narrative, phone }: Asked): Asked {
  return { place: place.slice(0, 200), narrative: narrative.slice(0, 1000), phone: phone.slice(0, 30) };
}

export function useSimilar(asked: Asked): readonly SimilarIncident[] {
  const settled = useSettled(asked);
  const isEnough = settled.place.length >= FEWEST || settled.narrative.length >= FEWEST || settled.phone.length >= 7;
  const answer = $api.useQuery("post", "/api/incidents/similar", { body: begun(settled) }, {
    enabled: isEnough,
    placeholderData: keepPreviousData,
    // A hint that cannot be had is not missed.
    retry: false,
  });
  return isEnough ? (answer.data ?? []) : [];
}

interface Props {
  readonly found: readonly SimilarIncident[];
  readonly chosen: string;
  readonly onChoose: (number: string) => void;
}

export function Similar({ found, chosen, onChoose }: Props) {
  return (
    <section className="panel similar" aria-label="可能重复的警情">
      <h2>
        可能重复 {found.length > 0 && <Tag color="warning">{`! ${found.length} 起`}</Tag>}
      </h2>
      <p className="unseen" role="status">
        {found.length > 0 ? `近七日有 ${found.length} 起相似警情` : ""}
      </p>
      {found.length === 0 && <p className="quiet">边填边查近七日的相似警情，不影响录入。</p>}
      <ul>
        {found.map((each) => (
          <li key={each.number} className={each.number === chosen ? "chosen" : ""}>
            <div>
              <a href={`/matters/${each.number}`} target="_blank" rel="noreferrer" className="number">
                {each.number}
              </a>
              <span className="quiet">
                {shownInstant(each.opened_at)} · {each.stage_zh}
              </span>
            </div>
            <div>{each.title}</div>
            <div className="why">
              <span className="quiet">{each.why}</span>
              <Button
                size="small"
                type={each.number === chosen ? "primary" : "default"}
                aria-pressed={each.number === chosen}
                aria-label={`与 ${each.number} 是同一警情`}
                onClick={() => {
                  onChoose(each.number === chosen ? "" : each.number);
                }}
              >
                {each.number === chosen ? "✓ 同一警情" : "同一警情"}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
