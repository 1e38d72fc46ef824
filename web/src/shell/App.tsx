/** Everything around the pages: language, theme, queries, and whether anybody is signed in. */
import { QueryClientProvider } from "@tanstack/react-query";
import { App as AntdApp, ConfigProvider } from "antd";
import zhCN from "antd/locale/zh_CN";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import { useDeferredValue, useEffect, useMemo } from "react";
import { RouterProvider } from "react-router";

import { onReturn } from "@/api/connection";
import { queryClient } from "@/api/queries";
import { useSession } from "@/api/session";
import { SignIn } from "@/pages/signin/SignIn";
import { router } from "@/shell/routes";
import { themeOf, useDark } from "@/theme/theme";

dayjs.locale("zh-cn");

export function App() {
  // The page itself changes at once; what is Ant Design's follows, and holds up nothing.
  const dark = useDeferredValue(useDark());
  const theme = useMemo(() => themeOf(dark), [dark]);
  const session = useSession();
  useEffect(() => onReturn(() => void queryClient.invalidateQueries()), []);
  // What one person read is not shown to the next.
  useEffect(
    () =>
      session
        ? () => {
            queryClient.clear();
          }
        : undefined,
    [session],
  );
  return (
    <ConfigProvider locale={zhCN} theme={theme} button={{ autoInsertSpace: false }}>
      <AntdApp style={{ height: "100%" }}>
        <QueryClientProvider client={queryClient}>{session ? <RouterProvider key={session.token} router={router} /> : <SignIn />}</QueryClientProvider>
      </AntdApp>
    </ConfigProvider>
  );
}
