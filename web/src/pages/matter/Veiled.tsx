/** What is veiled in a letter (密级字段): each by its code; whoever asked and was approved looks at it, watermarked, for ten minutes. */
import { useMutation } from "@tanstack/react-query";
import { Button, Modal, Watermark } from "antd";
import { useEffect, useState } from "react";

import { $api, api, dataOf } from "@/api/client";
import { useMe } from "@/api/queries";
import type { MatterCard } from "@/api/shapes";
import { shownInstant } from "@/clocks/instants";
import { saidOf } from "@/pages/administration/told";

interface Shown {
  readonly title: string;
  readonly value: string;
  readonly until: string;
}

/** The value, until its time is over; it is neither copied nor printed. */
function Looking({ shown, onClose }: { readonly shown: Shown; readonly onClose: () => void }) {
  const me = useMe().data;
  const [since] = useState(() => new Date());
  useEffect(() => {
    const over = window.setTimeout(onClose, new Date(shown.until).getTime() - Date.now());
    return () => {
      window.clearTimeout(over);
    };
  }, [shown, onClose]);
  return (
    <Modal open title={shown.title} footer={null} onCancel={onClose} destroyOnHidden>
      <Watermark content={[`${me?.zh ?? ""} ${me?.username ?? ""}`, shownInstant(since.toISOString())]}>
        <p className="veiled-value no-print">{shown.value}</p>
        <p className="quiet">可以查看至 {shownInstant(shown.until)}，不得抄录、拍照、复制；每次查看都记入日志。</p>
      </Watermark>
    </Modal>
  );
}

export function Veiled({ card }: { readonly card: MatterCard }) {
  const protects = card.kind === "letter" && card.marks.includes("protected-reporter");
  const told = $api.useQuery("get", "/api/matters/{number}/veiled", { params: { path: { number: card.number } } }, { enabled: protects });
  const [shown, setShown] = useState<Shown | null>(null);
  const looking = useMutation({
    mutationFn: async (each: { readonly field: string; readonly title: string }): Promise<Shown> => {
      const path = { number: card.number, field: each.field };
      return { title: each.title, ...(await dataOf(api.GET("/api/matters/{number}/veiled/{field}", { params: { path } }))) };
    },
    onSuccess: setShown,
  });
  const fields = told.data ?? [];
  if (!protects || fields.length === 0) return null;
  return (
    <section className="panel" aria-label="密级字段">
      <h2>密级字段</h2>
      <ul className="people">
        {fields.map((each) => (
          <li key={each.field}>
            <span className="quiet">{each.title}</span> ●●● <span className="quiet">代号 {each.code}</span>{" "}
            {each.open_until && (
              <Button
                size="small"
                className="no-print"
                loading={looking.isPending}
                onClick={() => {
                  looking.mutate(each);
                }}
              >
                查看{each.title}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <p className="quiet">查看须“呈请查看密级字段”，经批准后一次查看十分钟。</p>
      {looking.isError && (
        <p role="alert" className="refused-words">
          ✕ {saidOf(looking.error)}
        </p>
      )}
      {shown && (
        <Looking
          shown={shown}
          onClose={() => {
            setShown(null);
          }}
        />
      )}
    </section>
  );
}
