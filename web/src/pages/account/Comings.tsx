/** What was done at the door in one's own name lately: by oneself, as one hopes. */
import { $api } from "@/api/client";
import { shownInstant } from "@/clocks/instants";
import { Failed, Loading } from "@/states/states";

export function Comings() {
  const asked = $api.useQuery("get", "/api/me/comings", {}, { staleTime: 0 });
  if (asked.isPending) return <Loading rows={2} />;
  if (asked.isError) return <Failed error={asked.error} onRetry={() => void asked.refetch()} />;
  return (
    <section className="panel" aria-label="我的登录记录">
      <h2>我的登录记录</h2>
      <p className="quiet">不是您本人所为的，请立即修改口令，并告知系统管理员和督察部门。</p>
      <ul>
        {asked.data.items.map((came) => (
          <li key={`${came.at}/${came.sort}/${came.address}`} title={came.agent}>
            {[shownInstant(came.at), came.sort_zh, came.how, came.address, came.by && `经办人：${came.by}`, came.times > 1 && `一分钟内另有${String(came.times)}次`].filter(Boolean).join("，")}
          </li>
        ))}
      </ul>
    </section>
  );
}
