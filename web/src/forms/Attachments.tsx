import { CameraOutlined, PaperClipOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { type ChangeEvent, useRef } from "react";

import { type Place, ScanFields } from "@/dossier/ScanFields";
import { PHOTOGRAPHS, SCANS, sizeWords } from "@/dossier/scans";
import type { Attaching, Attachment } from "@/forms/attaching";
import { usePhone } from "@/theme/phone";

const STATES: Readonly<Record<Attachment["state"], readonly [string, string, string]>> = {
  chosen: ["colour-none", "·", "待入卷"],
  sending: ["colour-blue", "…", "正在入卷"],
  unsent: ["colour-yellow", "!", "没有送达"],
  refused: ["colour-red", "✕", "未入卷"],
  entered: ["colour-none", "✓", "已入卷"],
};

interface Props {
  readonly attaching: Attaching;
  readonly places: readonly Place[];
}

function Row({ one, attaching, places }: Props & { readonly one: Attachment }) {
  const [colour, sign, word] = STATES[one.state];
  const isSettled = one.state === "entered" || one.state === "sending";
  return (
    <li>
      <div className="attachment-head">
        <span className="attachment-name">{one.file.name}</span>
        <span className="quiet number">{sizeWords(one.file.size)}</span>
        <span className={`colour ${colour}`}>
          <span aria-hidden="true">{sign}</span>
          {word}
        </span>
        {!isSettled && (
          <Button
            size="small"
            aria-label={`移除附件 ${one.file.name}`}
            onClick={() => {
              attaching.remove(one.key);
            }}
          >
            移除
          </Button>
        )}
      </div>
      {one.words && <p className="refused-words">{one.words}</p>}
      {one.state !== "entered" && (
        <div className="attachment-fields">
          <ScanFields
            id={`attachment-${one.key}`}
            places={places}
            place={one.place}
            title={one.title}
            // What may have arrived is sent again as it was.
            disabled={isSettled || one.state === "unsent"}
            onChange={(next) => {
              attaching.file(one.key, next);
            }}
          />
        </div>
      )}
    </li>
  );
}

export function AttachmentList({ attaching, places }: Props) {
  return (
    <ul className="attachments" aria-label="附件" aria-live="polite">
      {attaching.files.map((each) => (
        <Row key={each.key} one={each} attaching={attaching} places={places} />
      ))}
    </ul>
  );
}

/** The files that go with a form into the dossier (附件). */
export function Attachments({ attaching, places }: Props) {
  const phone = usePhone();
  const taken = attaching.files.length;
  const files = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const chosen = (event: ChangeEvent<HTMLInputElement>) => {
    attaching.add([...(event.target.files ?? [])]);
    // The same file may be chosen again after it was removed.
    event.target.value = "";
  };
  return (
    <fieldset className="attachments-field">
      <legend>附件</legend>
      <AttachmentList attaching={attaching} places={places} />
      <div className="attachment-head">
        {phone && (
          <>
            <input ref={camera} type="file" hidden accept={PHOTOGRAPHS} capture="environment" onChange={chosen} />
            <Button size="large" className="camera" icon={<CameraOutlined />} onClick={() => camera.current?.click()}>
              {taken > 0 ? `再拍一张（已有 ${String(taken)} 件）` : "拍照"}
            </Button>
          </>
        )}
        <input ref={files} type="file" hidden multiple accept={SCANS} onChange={chosen} />
        <Button size={phone ? "large" : "middle"} icon={<PaperClipOutlined />} onClick={() => files.current?.click()}>
          {phone ? "从手机选择" : "添加扫描件"}
        </Button>
        <span className="quiet">办理后存入电子卷宗：PDF、图片、DOCX</span>
      </div>
      {attaching.files.length > 0 && <p className="draft-note">附件不随草稿保存：离开以后需要重新选择。</p>}
    </fieldset>
  );
}

/** What is left to do when the step was accepted and not all of its files were. */
export function AttachmentsLeft({ attaching, places }: Props) {
  const { waiting, isSending } = attaching;
  return (
    <>
      <p role="status">
        步骤已经提交。{isSending ? "正在将附件存入电子卷宗……" : `还有 ${String(waiting)} 个附件没有入卷，可以更正、重试或者移除。`}
      </p>
      <AttachmentList attaching={attaching} places={places} />
      <div className="form-buttons">
        <Button type="primary" loading={isSending} onClick={attaching.send}>
          重试
        </Button>
      </div>
    </>
  );
}
