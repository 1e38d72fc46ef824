import { KeyOutlined, LogoutOutlined, UserOutlined } from "@ant-design/icons";
import { Button, Popover, Radio, Segmented } from "antd";
import { Link } from "react-router";

import { useMe } from "@/api/queries";
import { leave } from "@/api/session";
import { sendHeld } from "@/approvals/outbox";
import { chooseDesk, deskId, useDesk, useStandsFor } from "@/shell/desk";
import { chooseTheme, type ThemeChoice, useThemeChoice } from "@/theme/theme";

const THEMES: readonly { readonly value: ThemeChoice; readonly label: string }[] = [
  { value: "light", label: "浅色" },
  { value: "dark", label: "深色" },
  { value: "automatic", label: "随系统" },
];

function Card() {
  const me = useMe().data;
  const desk = useDesk();
  const theme = useThemeChoice();
  if (!me) return null;
  return (
    <div className="who-card">
      <div>
        <strong>{me.zh}</strong> <span className="quiet">警号 {me.badge}</span>
      </div>
      <Radio.Group
        aria-label="我的职务"
        value={desk ? deskId(desk) : ""}
        onChange={(event) => {
          chooseDesk(String(event.target.value));
        }}
        className="desks"
      >
        <Radio value="">全部职务</Radio>
        {me.offices.map((each) => (
          <Radio key={deskId(each)} value={deskId(each)}>
            {each.unit_zh} · {each.zh}
          </Radio>
        ))}
      </Radio.Group>
      <Segmented aria-label="配色" block options={[...THEMES]} value={theme} onChange={chooseTheme} />
      <Link to="/account">
        <KeyOutlined aria-hidden /> 口令与登录
      </Link>
      <Button icon={<LogoutOutlined />} onClick={() => void sendHeld().then(() => leave())} block>
        退出登录
      </Button>
    </div>
  );
}

/** Who is signed in, from which office they look, how the pages look, and the way out. */
export function WhoAmI() {
  const me = useMe().data;
  const first = useStandsFor();
  return (
    <Popover content={<Card />} trigger="click" placement="bottomRight">
      <Button type="text" icon={<UserOutlined />} className="who">
        <span className="who-name">{me?.zh}</span>
        <span className="unseen">我的账户</span>
        <span className="who-desk quiet">{first ? `${first.unit_zh} · ${first.zh}` : ""}</span>
      </Button>
    </Popover>
  );
}
