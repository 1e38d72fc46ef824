/** How long a new password would withstand guessing, as the server reckons it, while it is typed. */
import { useMutation } from "@tanstack/react-query";
import { Progress } from "antd";
import { useEffect } from "react";

import { api, dataOf } from "@/api/client";

// Nobody types on for so long.
const PAUSE_MS = 400;
const WORDS = ["极易猜到", "容易猜到", "较易猜到", "还不够强", "还不够长"];

export function Meter({ password }: { readonly password: string }) {
  const { mutate, data } = useMutation({ mutationFn: (said: string) => dataOf(api.POST("/api/me/password/strength", { body: { password: said } })), gcTime: 0 });
  useEffect(() => {
    const pause = window.setTimeout(() => {
      if (password) mutate(password);
    }, PAUSE_MS);
    return () => {
      window.clearTimeout(pause);
    };
  }, [password, mutate]);
  if (!password || !data) return null;
  return (
    <div role="status" aria-label="口令强度">
      <Progress percent={((data.score + 1) / WORDS.length) * 100} steps={WORDS.length} showInfo={false} status={data.enough ? "success" : "exception"} />
      <p className="quiet">{data.enough ? "可以使用" : WORDS[data.score]}</p>
    </div>
  );
}
