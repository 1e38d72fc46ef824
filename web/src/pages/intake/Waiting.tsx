import { Link } from "react-router";

import { $api } from "@/api/client";

const QUEUES = [
  { stage: "received", zh: "待派警" },
  { stage: "dispatched", zh: "派而未签" },
  { stage: "accepted", zh: "签而未到" },
  { stage: "on_scene", zh: "到而未反馈" },
] as const;

/** How many calls wait for somebody to be sent, to sign for it, and to arrive; each opens its list. */
export function Waiting() {
  const stages = $api.useQuery("get", "/api/boards/station", {}).data?.stages ?? [];
  return (
    <nav className="waiting" aria-label="等待处警">
      {QUEUES.map(({ stage, zh }) => (
        <Link key={stage} to={`/matters?kind=incident&stage=${stage}`}>
          {zh} <strong className="number">{stages.find((each) => each.kind === "incident" && each.stage === stage)?.count ?? 0}</strong>
        </Link>
      ))}
    </nav>
  );
}
