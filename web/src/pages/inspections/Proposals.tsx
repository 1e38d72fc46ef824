/** What is proposed of the inspections, for whoever confirms or declines it. */
import { useMutation } from "@tanstack/react-query";
import { App, Button, Popconfirm, Space } from "antd";

import { api } from "@/api/client";
import type { InspectionSetting, InspectionSettings } from "@/api/shapes";
import { shownInstant } from "@/clocks/instants";
import { once } from "@/pages/administration/once";
import { saidOf } from "@/pages/administration/told";
import { settingsAreStale } from "@/pages/inspections/asked";

export function Proposals({ settings }: { readonly settings: InspectionSettings }) {
  if (settings.proposed.length === 0) return null;
  return (
    <section className="panel" aria-label="待确认的设定">
      <h2>待确认的设定</h2>
      <p className="quiet">法制员提请，局领导确认后对此后的巡查生效；已经提示的仍按提示时的设定。</p>
      <ul className="hits">
        {settings.proposed.map((each) => (
          <li key={`${each.unit}/${each.name}`}>
            <strong>
              {each.unit_zh} · {each.label}
            </strong>
            ：{each.words}
            <div className="quiet">
              {each.proposed_by_zh} {shownInstant(each.at)}提请：{each.reason}
            </div>
            {each.may_confirm ? <Deciding of={each} /> : <div className="quiet">待局领导确认</div>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Deciding({ of }: { readonly of: InspectionSetting }) {
  const { message } = App.useApp();
  const body = { unit: of.unit, name: of.name, proposed_at: of.at };
  const deciding = useMutation({
    mutationFn: (agrees: boolean) =>
      agrees
        ? once(["confirm-inspection-setting", body], (header) => api.POST("/api/inspection-settings/confirm", { params: { header }, body }))
        : once(["decline-inspection-setting", body], (header) => api.POST("/api/inspection-settings/decline", { params: { header }, body })),
    onSuccess: (_, agrees) => {
      settingsAreStale();
      void message.success(agrees ? `已确认${of.label}：${of.words}` : `未同意${of.label}`);
    },
    onError: (error) => {
      settingsAreStale();
      void message.error(saidOf(error));
    },
  });
  const act = (agrees: boolean) => {
    deciding.mutate(agrees);
  };
  return (
    <Space>
      <Popconfirm title={`确认${of.label}？`} description={`${of.words}，即时生效。`} okText="确认" cancelText="取消" onConfirm={() => { act(true); }}>
        <Button size="small" type="primary" aria-label={`确认${of.label}`} loading={deciding.isPending}>
          确认
        </Button>
      </Popconfirm>
      <Popconfirm title={`不同意${of.label}？`} description="仍按现行设定巡查。" okText="不同意" cancelText="取消" onConfirm={() => { act(false); }}>
        <Button size="small" aria-label={`不同意${of.label}`}>
          不同意
        </Button>
      </Popconfirm>
    </Space>
  );
}
