/** Legal documents and the dossier: what was issued, what lies where, what is missing. */
import { DownloadOutlined, EyeOutlined, UploadOutlined } from "@ant-design/icons";
import { Alert, App, Button, Drawer, Modal, Upload } from "antd";
import { useState } from "react";

import { $api, api, stepHeaders } from "@/api/client";
import { save } from "@/api/files";
import { isPassing, wordsOf } from "@/api/problem";
import type { Documents } from "@/api/shapes";
import { matterIsStale } from "@/api/stale";
import { PaperText } from "@/approvals/PaperText";
import { shownInstant } from "@/clocks/instants";
import { useDossier } from "@/dossier/reading";
import { type Filing, type Place, ScanFields } from "@/dossier/ScanFields";
import { MOST_MB, putIn, type Scan, scanOf, SCANS } from "@/dossier/scans";
import { newKey } from "@/forms/drafts";
import { Nothing, Shown } from "@/states/states";
import { PrintTogether } from "@/pages/matter/PrintTogether";
import { useDocuments } from "@/pages/matter/reading";

type Issued = Documents["items"][number];

/** Do something and say how it went wrong, if it does. */
function useTrying() {
  const { message } = App.useApp();
  return (what: Promise<unknown>, done = "") => {
    what.then(
      () => done && void message.success(done),
      (error: unknown) => void message.error(wordsOf(error)),
    );
  };
}

function Look({ document, onClose }: { readonly document: Issued; readonly onClose: () => void }) {
  const path = { number: document.matter, document: document.id };
  const text = $api.useQuery("get", "/api/matters/{number}/documents/{document}/text", { params: { path } });
  return (
    <Drawer open onClose={onClose} title={`${document.title} ${document.number}`} size="min(760px, 100vw)">
      <Shown of={text}>
        {(data) => (
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a paper is longer than the drawer, and must be reachable by the keyboard
          <div tabIndex={0}>
            <PaperText paper={data} />
          </div>
        )}
      </Shown>
    </Drawer>
  );
}

function DocumentRow({ document }: { readonly document: Issued }) {
  const trying = useTrying();
  const [isLooking, setLooking] = useState(false);
  return (
    <li>
      <span>
        {document.title} <span className="quiet number">{document.number}</span>
      </span>
      <span className="quiet number">{shownInstant(document.issued_at)}</span>
      {document.formats.length === 0 ? (
        <span className="quiet">正在制作</span>
      ) : (
        <Button
          size="small"
          icon={<EyeOutlined />}
          aria-label={`查看${document.title}`}
          onClick={() => {
            setLooking(true);
          }}
        >
          查看
        </Button>
      )}
      {document.formats.map((format) => (
        <Button
          key={format}
          size="small"
          icon={<DownloadOutlined />}
          onClick={() => {
            const path = { number: document.matter, document: document.id };
            trying(save(api.GET("/api/matters/{number}/documents/{document}", { params: { path, query: { format } }, parseAs: "blob" }), document.title));
          }}
        >
          {format.toUpperCase()}
        </Button>
      ))}
      {isLooking && (
        <Look
          document={document}
          onClose={() => {
            setLooking(false);
          }}
        />
      )}
    </li>
  );
}

export function DocumentList({ number }: { readonly number: string }) {
  const documents = useDocuments(number);
  return (
    <Shown of={documents} rows={2}>
      {({ items }) =>
        items.length === 0 ? (
          <Nothing>还没有制作法律文书</Nothing>
        ) : (
          <>
            <PrintTogether number={number} documents={items} />
            <ul className="papers">
              {items.map((each) => (
                <DocumentRow key={each.id} document={each} />
              ))}
            </ul>
          </>
        )
      }
    </Shown>
  );
}

function ScanDialog({ number, places, first, onClose }: { readonly number: string; readonly places: readonly Place[]; readonly first: string; readonly onClose: () => void }) {
  const [filing, setFiling] = useState<Filing>({ place: first, title: "" });
  const [scan, setScan] = useState<Scan | null>(null);
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  const put = async () => {
    if (!scan) return;
    setBusy(true);
    try {
      await putIn(number, { ...scan, ...filing });
      matterIsStale(number);
      onClose();
    } catch (cause) {
      // What was refused for good is another file's entry when it is corrected; what may have arrived is the same one.
      if (!isPassing(cause)) setScan(scanOf(scan.file));
      setError(wordsOf(cause));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal open title="扫描件入卷" onCancel={onClose} okText="入卷" okButtonProps={{ disabled: !scan, loading: busy }} onOk={() => void put()}>
      <div className="scan-form">
        <ScanFields id="scan" places={places} {...filing} onChange={setFiling} />
        <Upload.Dragger
          accept={SCANS}
          maxCount={1}
          beforeUpload={(chosen) => {
            setScan(scanOf(chosen));
            return false;
          }}
          onRemove={() => {
            setScan(null);
          }}
        >
          <p>
            <UploadOutlined /> 选择或者拖入文件：PDF、OFD、图片、DOCX，一件至多 {MOST_MB} MB
          </p>
        </Upload.Dragger>
        {error && <Alert type="error" showIcon role="alert" title={error} />}
      </div>
    </Modal>
  );
}

function PlaceSection({ place, number }: { readonly place: Place; readonly number: string }) {
  const trying = useTrying();
  if (place.documents.length + place.items.length + place.missing.length === 0) return null;
  return (
    <section aria-label={place.zh}>
      <h3>{place.zh}</h3>
      <ul className="papers">
        {place.documents.map((each) => (
          <DocumentRow key={each.id} document={each} />
        ))}
        {place.items.map((each) => (
          <li key={each.id}>
            <span>
              {each.title} <span className="quiet">第 {each.version} 版</span>
            </span>
            <span className="quiet">
              {each.uploaded_by_zh} {shownInstant(each.uploaded_at)} {each.declared_at ? "· 已声明与纸质一致" : ""}
            </span>
            <Button
              size="small"
              icon={<DownloadOutlined />}
              onClick={() => {
                const path = { number: each.matter || number, item: each.id };
                trying(save(api.GET("/api/matters/{number}/dossier/{item}", { params: { path }, parseAs: "blob" }), each.title));
              }}
            >
              下载
            </Button>
          </li>
        ))}
        {place.missing.map((each) => (
          <li key={each.matter + each.title + each.why}>
            <span className={`colour ${each.blocks ? "colour-red" : "colour-yellow"}`}>
              <span aria-hidden="true">{each.blocks ? "■" : "▲"}</span>
              {each.why === "absent" ? "缺" : "未声明一致"}
            </span>
            <span>{each.title}</span>
            {each.blocks && <span className="quiet">补齐前不能移送</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function declared(number: string) {
  const params = { path: { number }, header: stepHeaders(newKey()) };
  return api.POST("/api/matters/{number}/steps/declare-identical", { params, body: { identical: true } });
}

interface DossierProps {
  readonly number: string;
  /** Whether it is one that must be whole, and be vouched for, before it is sent on. */
  readonly declares: boolean;
}

/** The dossier, place by place, with what it lacks. */
export function DossierView({ number, declares }: DossierProps) {
  const dossier = useDossier(number, true);
  const [scanning, setScanning] = useState(false);
  const trying = useTrying();
  return (
    <Shown of={dossier}>
      {(data) => (
        <div className="panel">
          <div className="panel-head">
            <h2>{declares ? "电子卷宗" : "照片与材料"}</h2>
            {declares && (
              <span className={`colour ${data.complete ? "colour-none" : "colour-red"}`}>
                <span aria-hidden="true">{data.complete ? "✓" : "■"}</span>
                {data.complete ? "必备材料齐全" : `尚缺 ${String(data.blocking.length)} 项必备材料`}
              </span>
            )}
            <span className="stretch" />
            {declares && (
              <Button
                onClick={() => {
                  trying(
                    declared(number).then(() => {
                      matterIsStale(number);
                    }),
                    "已声明一致",
                  );
                }}
              >
                声明与纸质一致
              </Button>
            )}
            {data.may_scan && (
              <Button
                type="primary"
                icon={<UploadOutlined />}
                onClick={() => {
                  setScanning(true);
                }}
              >
                扫描件入卷
              </Button>
            )}
          </div>
          {data.places.map((each) => (
            <PlaceSection key={each.place} place={each} number={number} />
          ))}
          {scanning && (
            <ScanDialog
              number={number}
              places={data.places}
              first={data.places[0]?.place ?? ""}
              onClose={() => {
                setScanning(false);
              }}
            />
          )}
        </div>
      )}
    </Shown>
  );
}
