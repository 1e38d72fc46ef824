/** Second factors of those whom one supervises: vouched for once their owner was met (当面核实), or dropped. */
import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Input } from "antd";
import { useState } from "react";

import { $api, api } from "@/api/client";
import { wordsOf } from "@/api/problem";
import type { SecondFactor } from "@/api/shapes";
import { areStale } from "@/api/stale";
import { shownInstant } from "@/clocks/instants";
import { Failed, Loading } from "@/states/states";

function Line({ factor }: { readonly factor: SecondFactor }) {
  const [dropping, setDropping] = useState(false);
  const doing = useMutation({
    mutationFn: (what: "vouch" | "drop") => {
      const params = { path: { username: factor.username } };
      return what === "drop"
        ? api.POST("/api/admin/people/{username}/second-factor/drop", { params })
        : api.POST("/api/admin/people/{username}/second-factor/vouch", { params, body: { enrolled_at: factor.enrolled_at } });
    },
    onSuccess: () => areStale("/api/second-factors"),
  });
  return (
    <li>
      <strong>{factor.zh}</strong>
      <span className="quiet">
        （{factor.units_zh.join("、")}，{factor.offices_zh.join("、")}
        {factor.badge && `，警号${factor.badge}`}）
      </span>{" "}
      <span className="number">{shownInstant(factor.enrolled_at)}</span> 启用{" "}
      {factor.awaits && (
        <Button
          type="primary"
          size="small"
          loading={doing.isPending}
          onClick={() => {
            doing.mutate("vouch");
          }}
        >
          核实无误
        </Button>
      )}{" "}
      <Button
        danger
        size="small"
        loading={doing.isPending}
        onClick={() => {
          if (dropping) doing.mutate("drop");
          else setDropping(true);
        }}
      >
        {dropping ? "确认停用" : "停用"}
      </Button>
      {doing.isError && <Alert type="error" showIcon title={wordsOf(doing.error)} />}
    </li>
  );
}

export function SecondFactors() {
  const [sought, setSought] = useState("");
  const asked = $api.useQuery("get", "/api/second-factors", {}, { staleTime: 0 });
  if (asked.isPending) return <Loading rows={2} />;
  if (asked.isError) return <Failed error={asked.error} onRetry={() => void asked.refetch()} />;
  const awaiting = asked.data.items.filter((each) => each.awaits);
  const inUse = asked.data.items.filter((each) => !each.awaits);
  const found = inUse.filter((each) => sought && [each.zh, each.username, each.badge].some((said) => said.includes(sought)));
  if (asked.data.items.length === 0) return null;
  return (
    <section className="panel above-list" aria-label="动态口令">
      <h2>动态口令</h2>
      {awaiting.length > 0 ? (
        <>
          <p>以下人员启用了动态口令，请当面核实身份，由其出示设备后确认；不是其本人启用的，请予停用。</p>
          <ul aria-label="待当面核实">
            {awaiting.map((each) => (
              <Line key={each.username} factor={each} />
            ))}
          </ul>
        </>
      ) : (
        <p className="quiet">没有待当面核实的。</p>
      )}
      <Input
        aria-label="查找在用的动态口令"
        placeholder={`在用${String(inUse.length)}个：设备遗失的，按姓名、用户名或者警号查找后停用`}
        value={sought}
        onChange={(event) => {
          setSought(event.target.value.trim());
        }}
      />
      <ul aria-label="在用">
        {found.map((each) => (
          <Line key={each.username} factor={each} />
        ))}
      </ul>
    </section>
  );
}
