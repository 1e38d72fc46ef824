/** What is known of whoever calls (此前事项): looked for once their telephone or citizen number is whole, as far as the desk may read; it leaves a trace. */
import { Link } from "react-router";

import { $api } from "@/api/client";
import { useWords } from "@/api/queries";

const PHONE = /^(?:1\d{10}|0\d{9,11})$/;
const CITIZEN = /^\d{17}[\dX]$/;
// More are looked through by searching.
const MOST = 8;

function whole(citizenNumber: string, phone: string): string {
  const [person, called] = [citizenNumber, phone].map((each) => each.normalize("NFKC").replace(/[\s-]/g, "").toUpperCase()) as [string, string];
  if (CITIZEN.test(person)) return person;
  const bare = called.replace(/^\+?86(?=1)/, "");
  return PHONE.test(bare) ? bare : "";
}

export function Earlier({ citizenNumber, phone }: { readonly citizenNumber: string; readonly phone: string }) {
  const asked = whole(citizenNumber, phone);
  // A hint that cannot be had is not missed.
  const answer = $api.useQuery("post", "/api/search", { body: { q: asked, kind: null } }, { enabled: asked !== "", retry: false });
  const roles = useWords().data?.roles;
  const found = asked ? (answer.data?.people ?? []) : [];
  if (!asked) return null;
  return (
    <section className="panel similar" aria-label="此前事项">
      <h2>此前事项</h2>
      <p className="quiet" role="status">
        {answer.isPending ? "正在查…" : found.length === 0 ? "按这一号码没有查到您可以知悉的事项。" : `按这一号码查到 ${String(found.length)} 件${found.length > MOST ? `，显示最近 ${String(MOST)} 件` : ""}；查阅已留痕。`}
      </p>
      <ul>
        {found.slice(0, MOST).map((each) => (
          <li key={`${each.matter}/${each.name}/${each.role}/${each.matched}`}>
            <div>
              <Link to={`/matters/${each.matter}`} target="_blank" className="number">
                {each.matter}
              </Link>
              <span className="quiet">
                {each.kind_zh}
                {each.stage_zh && ` · ${each.stage_zh}`}
              </span>
            </div>
            <div>{each.title}</div>
            <div className="quiet">{[each.name, roles?.[each.role] ?? "", `按${each.matched_zh}`].filter(Boolean).join(" · ")}</div>
          </li>
        ))}
      </ul>
    </section>
  );
}
