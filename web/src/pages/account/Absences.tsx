/** Who is away, and who stands in for them: one's own absences, and those of whom one stands in for. */
import { useMutation } from "@tanstack/react-query";
import { Alert, Button, DatePicker, Input, Select } from "antd";
import type { Dayjs } from "dayjs";
import { type FormEvent, useState } from "react";

import { $api, api } from "@/api/client";
import type { components } from "@/api/contract";
import { wordsOf } from "@/api/problem";
import { areStale } from "@/api/stale";
import { shownInstant, writtenInstant } from "@/clocks/instants";
import { newKey } from "@/forms/drafts";
import { Failed, Loading } from "@/states/states";

type Told = components["schemas"]["AbsenceView"];

function stale() {
  return areStale("/api/absences", "/api/tasks");
}

function AbsenceRow({ absence }: { readonly absence: Told }) {
  const ending = useMutation({
    mutationFn: () => api.POST("/api/absences/end", { body: { absence: absence.id }, params: { header: { "Idempotency-Key": newKey() } } }),
    onSuccess: stale,
  });
  return (
    <li>
      {absence.person_zh} {shownInstant(absence.begins)} 至 {shownInstant(absence.ends)} {absence.reason}，由{absence.deputy_zh}代理{" "}
      {absence.own && (
        <Button
          size="small"
          loading={ending.isPending}
          onClick={() => {
            ending.mutate();
          }}
        >
          登记返岗
        </Button>
      )}
      {ending.isError && <Alert type="error" showIcon title={wordsOf(ending.error)} />}
    </li>
  );
}

function NewAbsence() {
  const [deputy, setDeputy] = useState("");
  const [span, setSpan] = useState<readonly [Dayjs | null, Dayjs | null] | null>(null);
  const [reason, setReason] = useState("");
  const able = $api.useQuery("get", "/api/absences/deputies", {}).data?.items ?? [];
  const [begins, ends] = span ?? [null, null];
  const naming = useMutation({
    mutationFn: (body: { deputy: string; begins: string; ends: string; reason: string }) =>
      api.POST("/api/absences", { body: { person: "", ...body }, params: { header: { "Idempotency-Key": newKey() } } }),
    onSuccess: () => {
      setDeputy("");
      setSpan(null);
      setReason("");
      return stale();
    },
  });
  const ready = deputy && begins && ends && reason.trim();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (deputy && begins && ends && reason.trim()) naming.mutate({ deputy, begins: writtenInstant(begins), ends: writtenInstant(ends), reason: reason.trim() });
  };
  return (
    <form onSubmit={submit} className="sign-in-form">
      <p className="quiet">离岗期间，您的待办同时列入代理人的工作台，由代理人以其本人职务办理；返岗后恢复。代理人须在同一单位任您的全部职务。指名由您审批的，请另行转办或者委派。</p>
      <label htmlFor="deputy">代理人</label>
      <Select id="deputy" value={deputy || null} onChange={setDeputy} options={able.map((each) => ({ value: each.username, label: each.zh }))} notFoundContent="没有可以代理的人员" />
      <label htmlFor="away">离岗时间</label>
      <DatePicker.RangePicker id={{ start: "away", end: "back" }} showTime={{ format: "HH:mm" }} format="YYYY-MM-DD HH:mm" value={begins && ends ? [begins, ends] : null} onChange={setSpan} />
      <label htmlFor="why-away">事由</label>
      <Input
        id="why-away"
        maxLength={100}
        value={reason}
        onChange={(event) => {
          setReason(event.target.value);
        }}
      />
      {naming.isError && <Alert type="error" showIcon title={wordsOf(naming.error)} />}
      <Button type="primary" htmlType="submit" loading={naming.isPending} disabled={!ready}>
        登记离岗
      </Button>
    </form>
  );
}

export function Absences() {
  const asked = $api.useQuery("get", "/api/absences", {});
  if (asked.isPending) return <Loading rows={2} />;
  if (asked.isError) return <Failed error={asked.error} onRetry={() => void asked.refetch()} />;
  return (
    <section className="panel" aria-label="离岗代理">
      <h2>离岗代理</h2>
      <ul>
        {asked.data.items.map((each) => (
          <AbsenceRow key={each.id} absence={each} />
        ))}
      </ul>
      <NewAbsence />
    </section>
  );
}
