/** The verbs of an approver: 同意 in one click, 退回 with its reason on the spot; both can be taken back for some seconds. */
import { Button, Form, Input, Space } from "antd";
import { type ReactNode, useState } from "react";

import type { Decidable } from "@/approvals/decisions";
import { agree, hold, useIsHeld } from "@/approvals/outbox";

interface Props {
  readonly one: Decidable;
  /** Whether the reason of a return is being given. */
  readonly returning: boolean;
  readonly onReturning: (is: boolean) => void;
  readonly onDecided?: () => void;
  /** Further verbs. */
  readonly children?: ReactNode;
}

function Return({ one, onReturning, onDecided }: Omit<Props, "children" | "returning">) {
  const [words, setWords] = useState("");
  const [tried, setTried] = useState(false);
  const lacks = words.trim() === "";
  const send = () => {
    setTried(true);
    if (lacks) return;
    hold("return", one, { words, person: "" });
    onReturning(false);
    onDecided?.();
  };
  return (
    <Form layout="vertical" component="div">
      <Form.Item label="退回理由" htmlFor="return-words" required {...(tried && lacks ? { validateStatus: "error", help: "必须填写" } : {})}>
        <Input.TextArea
          id="return-words"
          rows={2}
          maxLength={8000}
          autoFocus
          value={words}
          onChange={(event) => {
            setWords(event.target.value);
          }}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
          }}
        />
      </Form.Item>
      <Space>
        <Button type="primary" danger onClick={send}>
          退回呈请人
        </Button>
        <Button
          onClick={() => {
            onReturning(false);
          }}
        >
          不退回
        </Button>
      </Space>
    </Form>
  );
}

export function Deciding({ one, returning, onReturning, onDecided, children }: Props) {
  const isHeld = useIsHeld()(one);
  if (isHeld) return <p className="quiet">已经决定，即将送出；可以在页面下方撤销。</p>;
  if (returning) return <Return one={one} onReturning={onReturning} {...(onDecided ? { onDecided } : {})} />;
  return (
    <Space wrap>
      <Button
        type="primary"
        onClick={() => {
          agree(one);
          onDecided?.();
        }}
      >
        同意
      </Button>
      <Button
        onClick={() => {
          onReturning(true);
        }}
      >
        退回
      </Button>
      {children}
    </Space>
  );
}
