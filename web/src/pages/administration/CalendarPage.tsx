/** A year's rest days as the State Council arranged them: clicked together and proposed with the notice, confirmed by another person. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Form, Input, InputNumber } from "antd";
import { useState } from "react";

import { $api, api, dataOf } from "@/api/client";
import type { components } from "@/api/contract";
import { Refused } from "@/api/problem";
import { nowInChina } from "@/clocks/instants";
import { fieldsOf, saidOf } from "@/pages/administration/told";
import { daysOf, isWeekend, YearGrid } from "@/pages/administration/YearGrid";
import { Shown } from "@/states/states";

type Year = components["schemas"]["YearView"];
type Proposal = components["schemas"]["ProposalView"];

// As the law's calculator counts.
const FIRST_YEAR = 2000;
const LAST_YEAR = 2100;

export default function CalendarPage() {
  const [year, setYear] = useState(() => nowInChina().year());
  const told = useQuery(yearOptions(year));
  return (
    <section className="panel" aria-label="放假安排">
      <div className="filter-row">
        <Button
          aria-label="上一年"
          onClick={() => {
            setYear(year - 1);
          }}
        >
          ‹
        </Button>
        <InputNumber
          aria-label="年份"
          min={FIRST_YEAR}
          max={LAST_YEAR}
          precision={0}
          value={year}
          onChange={(next) => {
            if (next) setYear(next);
          }}
          style={{ width: 90 }}
        />
        <Button
          aria-label="下一年"
          onClick={() => {
            setYear(year + 1);
          }}
        >
          ›
        </Button>
      </div>
      <Proposed year={year} />
      <Shown of={told}>{(known) => <YearForm key={`${known.year}/${known.rest_days.length}/${String(known.final)}`} known={known} />}</Shown>
    </section>
  );
}

function yearOptions(year: number) {
  return $api.queryOptions("get", "/api/calendar/{year}", { params: { path: { year } } });
}

function proposalOptions(year: number) {
  return $api.queryOptions("get", "/api/calendar/{year}/proposal", { params: { path: { year } } });
}

/** What somebody has proposed and nobody has confirmed yet; whoever did not propose it may confirm it. */
function Proposed({ year }: { readonly year: number }) {
  const { message } = App.useApp();
  const client = useQueryClient();
  const proposal = useQuery<Proposal | null>({
    queryKey: proposalOptions(year).queryKey,
    queryFn: async ({ signal }) => {
      try {
        return await dataOf(api.GET("/api/calendar/{year}/proposal", { params: { path: { year } }, signal }));
      } catch (error) {
        if (error instanceof Refused && error.problem.status === 404) return null;
        throw error;
      }
    },
  });
  const confirming = useMutation({
    mutationFn: (told: Proposal) => dataOf(api.POST("/api/calendar/{year}/confirm", { params: { path: { year: told.year } }, body: { proposed_at: told.proposed_at } })),
    onSuccess: (published) => {
      client.setQueryData(yearOptions(published.year).queryKey, published);
      client.setQueryData(proposalOptions(published.year).queryKey, null);
      void message.success(`已公布 ${published.year} 年放假安排`);
    },
  });
  const told = proposal.data;
  if (!told) return null;
  return (
    <Alert
      type="info"
      showIcon
      title={`${told.proposed_by_zh}提请公布 ${told.year} 年的放假安排，待另一人确认`}
      description={
        <>
          <p>
            依据：{told.notice}。新增休息日 <span className="number">{told.added.length}</span> 天
            {told.added.length > 0 && `（${told.added.join("、")}）`}，不再休息 <span className="number">{told.removed.length}</span> 天
            {told.removed.length > 0 && `（${told.removed.join("、")}）`}。
          </p>
          <p>
            确认公布以后，有 <strong className="number">{told.would_move}</strong> 个正在计算的期限将变动：通知责任人核对，期限由其重新计算后才变动。
          </p>
          {confirming.isError && (
            <p role="alert" className="refused-words">
              ✕ {saidOf(confirming.error)}
            </p>
          )}
          <Button
            type="primary"
            loading={confirming.isPending}
            onClick={() => {
              confirming.mutate(told);
            }}
          >
            确认公布
          </Button>
        </>
      }
    />
  );
}

function YearForm({ known }: { readonly known: Year }) {
  const { message } = App.useApp();
  const client = useQueryClient();
  const [rest, setRest] = useState<ReadonlySet<string>>(() => new Set(known.rest_days));
  const [form] = Form.useForm<{ notice: string }>();
  const publishing = useMutation({
    mutationFn: ({ notice }: { notice: string }) => dataOf(api.POST("/api/calendar/{year}", { params: { path: { year: known.year } }, body: { rest_days: [...rest].sort(), notice } })),
    onSuccess: (proposal) => {
      client.setQueryData(proposalOptions(proposal.year).queryKey, proposal);
      void message.success(`已提请公布 ${proposal.year} 年放假安排，待另一人确认`);
    },
    onError: (error) => {
      form.setFields(fieldsOf(error) as Parameters<typeof form.setFields>[0]);
    },
  });
  const days = daysOf(known.year);
  const holidays = days.filter((day) => rest.has(day) && !isWeekend(day)).length;
  const shifted = days.filter((day) => !rest.has(day) && isWeekend(day)).length;
  const before = new Set(known.rest_days);
  const isChanged = rest.size !== before.size || [...rest].some((day) => !before.has(day));
  return (
    <>
      {known.final ? (
        <Alert type="success" showIcon title={`${known.year} 年的放假安排已经公布`} description="可以更正后再次提请公布；已经算出的期限不因此改变。" />
      ) : (
        <Alert type="warning" showIcon title={`${known.year} 年的放假安排尚未公布`} description="现按周末和法定节日暂算。国务院办公厅通知发布后，请按通知点选放假与调休的日子，提请公布，由另一人确认。" />
      )}
      <p className="year-counts">
        休息日共 <strong className="number">{rest.size}</strong> 天，其中工作日放假 <strong className="number">{holidays}</strong> 天，周末上班 <strong className="number">{shifted}</strong> 天
        <span className="year-legend">
          <span className="day-sample day-rest">休</span> 放假
          <span className="day-sample day-work">班</span> 周末上班
          <span className="day-sample day-weekend">日</span> 周末
        </span>
      </p>
      <p className="quiet">点按某一天，或用方向键移到那一天后按空格，在上班与休息之间切换。</p>
      <YearGrid
        year={known.year}
        rest={rest}
        onToggle={(day) => {
          const next = new Set(rest);
          if (!next.delete(day)) next.add(day);
          setRest(next);
        }}
      />
      <Form
        form={form}
        layout="vertical"
        className="publish-row"
        onFinish={(asked) => {
          publishing.mutate(asked);
        }}
      >
        <Form.Item name="notice" label="依据的通知" rules={[{ required: true, message: "须写明通知的名称和文号" }]}>
          <Input maxLength={200} placeholder={`国务院办公厅关于${known.year}年部分节假日安排的通知（国办发明电〔…〕…号）`} />
        </Form.Item>
        {publishing.isError && (
          <p role="alert" className="refused-words">
            ✕ {saidOf(publishing.error)}
          </p>
        )}
        <div className="form-row">
          <Button type="primary" htmlType="submit" loading={publishing.isPending}>
            提请公布
          </Button>
          <Button
            disabled={!isChanged}
            onClick={() => {
              setRest(before);
            }}
          >
            恢复
          </Button>
          <span className="quiet">{isChanged ? "有尚未提请公布的改动" : ""}</span>
        </div>
      </Form>
    </>
  );
}
