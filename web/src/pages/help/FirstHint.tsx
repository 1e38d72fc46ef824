import "@/pages/help/help.css";

import { Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";

import { useMe } from "@/api/queries";
import help from "@/pages/help/help.json";
import { useStandsFor } from "@/shell/desk";

const KEY = "louke.hinted.";

/** What somebody who is here for the first time does with their office; gone for good once they have read it. */
export function FirstHint() {
  const username = useMe().data?.username;
  const office = useStandsFor()?.office ?? "";
  const [read, setRead] = useState(false);
  const says = (help.begin as Readonly<Record<string, string>>)[office];
  if (!username || !says || read || localStorage.getItem(KEY + username) !== null) return null;
  return (
    <aside className="first-hint no-print" aria-label="初次使用">
      <p>
        {says} <Link to="/help">更多帮助</Link>
      </p>
      <Button
        size="small"
        onClick={() => {
          localStorage.setItem(KEY + username, "");
          setRead(true);
        }}
      >
        知道了
      </Button>
    </aside>
  );
}
