/** Several legal documents printed in one go: which, in which order, how many of each. */
import { ArrowUpOutlined, PrinterOutlined } from "@ant-design/icons";
import { Alert, Button, Checkbox, InputNumber, Modal } from "antd";
import { useState } from "react";

import { api } from "@/api/client";
import { save } from "@/api/files";
import { wordsOf } from "@/api/problem";
import type { Documents } from "@/api/shapes";

type Issued = Documents["items"][number];

/** How many of each are wanted, in the order of printing; none of those that are left out. */
type Wanted = readonly { readonly document: Issued; readonly copies: number }[];

const MOST_COPIES = 20;

function earlier(wanted: Wanted, at: number): Wanted {
  const [one, before] = [wanted[at], wanted[at - 1]];
  return one && before ? [...wanted.slice(0, at - 1), one, before, ...wanted.slice(at + 1)] : wanted;
}

function PrintDialog({ number, documents, onClose }: { readonly number: string; readonly documents: readonly Issued[]; readonly onClose: () => void }) {
  const [wanted, setWanted] = useState<Wanted>(documents.map((document) => ({ document, copies: 1 })));
  const [bothSides, setBothSides] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const chosen = wanted.filter((each) => each.copies > 0);
  const copiesOf = (id: number, copies: number) => {
    setWanted(wanted.map((each) => (each.document.id === id ? { ...each, copies } : each)));
  };
  const print = async () => {
    setBusy(true);
    setError("");
    const query = { document: chosen.map((each) => each.document.id), copies: chosen.map((each) => each.copies), both_sides: bothSides };
    try {
      await save(api.GET("/api/matters/{number}/printout", { params: { path: { number }, query }, parseAs: "blob" }), `${number}文书.pdf`);
      onClose();
    } catch (cause) {
      setError(wordsOf(cause));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal open title="一并打印" onCancel={onClose} okText="生成打印文件" okButtonProps={{ disabled: chosen.length === 0, loading: busy }} onOk={() => void print()}>
      <ol className="papers">
        {wanted.map(({ document, copies }, at) => (
          <li key={document.id}>
            <Checkbox
              checked={copies > 0}
              onChange={(event) => {
                copiesOf(document.id, event.target.checked ? 1 : 0);
              }}
            >
              {document.title} <span className="quiet number">{document.number}</span>
            </Checkbox>
            <span className="stretch" />
            <InputNumber
              size="small"
              min={0}
              max={MOST_COPIES}
              value={copies}
              aria-label={`${document.title}的份数`}
              onChange={(value) => {
                copiesOf(document.id, value ?? 0);
              }}
            />
            <Button
              size="small"
              icon={<ArrowUpOutlined />}
              aria-label={`${document.title}提前`}
              disabled={at === 0}
              onClick={() => {
                setWanted(earlier(wanted, at));
              }}
            />
          </li>
        ))}
      </ol>
      <Checkbox
        checked={bothSides}
        onChange={(event) => {
          setBothSides(event.target.checked);
        }}
      >
        双面打印，每份另起一张纸
      </Checkbox>
      {error && <Alert type="error" showIcon role="alert" title={error} />}
    </Modal>
  );
}

/** Nothing where fewer than two of them can be printed. */
export function PrintTogether({ number, documents }: { readonly number: string; readonly documents: readonly Issued[] }) {
  const [open, setOpen] = useState(false);
  const printable = documents.filter((each) => each.formats.includes("pdf"));
  if (printable.length < 2) return null;
  return (
    <>
      <Button
        size="small"
        icon={<PrinterOutlined />}
        onClick={() => {
          setOpen(true);
        }}
      >
        一并打印
      </Button>
      {open && (
        <PrintDialog
          number={number}
          documents={printable}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}
