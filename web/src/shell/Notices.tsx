import { BellOutlined, SoundOutlined } from "@ant-design/icons";
import { Badge, Button, Drawer, Segmented, Switch } from "antd";
import { useEffect, useRef, useState } from "react";
import { Link } from "react-router";

import { looked } from "@/api/looked";
import { useMe, useNotices } from "@/api/queries";
import type { Notice } from "@/api/shapes";
import { ColourTag } from "@/clocks/ColourTag";
import { shownInstant } from "@/clocks/instants";
import { Nothing, Shown } from "@/states/states";
import { chime, SOUND } from "@/shell/chime";

const SHOWN: Readonly<Record<string, readonly Notice["type"][]>> = { 全部: ["clock", "turn", "message", "copy"], 轮到我: ["turn"], 预警: ["clock"], 其他: ["message", "copy"] };

function readUpTo(username: string): number {
  return Number(localStorage.getItem(`louke.notices.${username}`) ?? 0);
}

function NoticeList({ notices, seen, onGo }: { readonly notices: readonly Notice[]; readonly seen: number; readonly onGo: () => void }) {
  if (notices.length === 0) return <Nothing>还没有通知</Nothing>;
  return (
    <ul className="notice-list">
      {notices.map((each) => (
        <li key={each.id} className={each.id > seen ? "fresh" : ""}>
          <Link to={each.matter ? `/matters/${each.matter}${each.clock ? `?clock=${encodeURIComponent(each.clock)}` : ""}` : "/account"} onClick={onGo}>
            {each.words}
          </Link>
          <div className="quiet">
            {each.colour && <ColourTag colour={each.colour} />} {each.title} · {shownInstant(each.sent_at)}
          </div>
        </li>
      ))}
    </ul>
  );
}

/** Warnings to me and my offices: a badge while some are new, and a sound only for whoever wants one. */
export function Notices() {
  const [open, setOpen] = useState(false);
  const [sound, setSound] = useState(localStorage.getItem(SOUND) === "on");
  const username = useMe().data?.username ?? "";
  const notices = useNotices();
  const [seen, setSeen] = useState<number | null>(null);
  const read = seen ?? readUpTo(username);
  const newest = notices.data?.items[0]?.id ?? 0;
  const fresh = notices.data?.items.filter((each) => each.id > read).length ?? 0;
  const heard = useRef(0);
  const [only, setOnly] = useState("全部");
  // Whose turn it is was heard as it was told.
  const warned = notices.data?.items.find((each) => each.type !== "turn")?.id ?? 0;

  useEffect(() => {
    if (heard.current && warned > heard.current && sound) chime();
    if (warned) heard.current = warned;
  }, [warned, sound]);

  const readAll = () => {
    localStorage.setItem(`louke.notices.${username}`, String(newest));
    setSeen(newest);
    looked();
  };
  const close = () => {
    setOpen(false);
  };
  const hearing = (
    <span className="quiet">
      <SoundOutlined aria-hidden /> 声音{" "}
      <Switch
        size="small"
        aria-label="通知声音"
        checked={sound}
        onChange={(on) => {
          localStorage.setItem(SOUND, on ? "on" : "off");
          setSound(on);
        }}
      />
    </span>
  );
  return (
    <>
      <Badge count={fresh} size="small" color="#b3151d" overflowCount={49} offset={[-4, 6]}>
        <Button
          type="text"
          icon={<BellOutlined />}
          aria-label={fresh ? `通知，${fresh} 条未读` : "通知"}
          onClick={() => {
            setOpen(true);
          }}
        />
      </Badge>
      <Drawer title="通知" open={open} onClose={close} extra={hearing} size={420}>
        <div className="filters">
          <Segmented aria-label="只看" size="small" value={only} options={Object.keys(SHOWN)} onChange={setOnly} />
          <span className="stretch" />
          <Button size="small" disabled={fresh === 0} onClick={readAll}>
            全部已读
          </Button>
        </div>
        <Shown of={notices}>
          {(page) => <NoticeList notices={page.items.filter((each) => SHOWN[only]?.includes(each.type))} seen={read} onGo={close} />}
        </Shown>
      </Drawer>
    </>
  );
}
