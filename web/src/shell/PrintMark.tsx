/** Who printed a page, and when, across each sheet (水印): seen on paper alone. */
import { useEffect, useState } from "react";
import { flushSync } from "react-dom";

import { useMe } from "@/api/queries";
import { nowInChina } from "@/clocks/instants";

export function PrintMark() {
  const me = useMe().data;
  const [at, setAt] = useState("");
  useEffect(() => {
    const note = () => {
      flushSync(() => {
        setAt(nowInChina().format("YYYY-MM-DD HH:mm"));
      });
    };
    window.addEventListener("beforeprint", note);
    return () => {
      window.removeEventListener("beforeprint", note);
    };
  }, []);
  if (!me) return null;
  return (
    <p className="print-mark" aria-hidden="true">
      {me.zh}（{me.username}） {at}
    </p>
  );
}
