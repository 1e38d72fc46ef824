/** Everything around the pages: language, theme, queries, and whether anybody is signed in. */
import { QueryClientProvider } from "@tanstack/react-query";
import { App as AntdApp, ConfigProvider } from "antd";
import zhCN from "antd/locale/zh_CN";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import { useEffect } from "react";
import { RouterProvider } from "react-router";

import { onReturn } from "@/api/connection";
import { queryClient } from "@/api/queries";
import { useSession } from "@/api/session";
import { SignIn } from "@/pages/signin/SignIn";
import { router } from "@/shell/routes";
import { themeOf, useDark } from "@/theme/theme";

dayjs.locale("zh-cn");

export function App() {
  const dark = useDark();
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
    <ConfigProvider locale={zhCN} theme={themeOf(dark)} button={{ autoInsertSpace: false }}>
      <AntdApp style={{ height: "100%" }}>
        <QueryClientProvider client={queryClient}>{session ? <RouterProvider key={session.token} router={router} /> : <SignIn />}</QueryClientProvider>
      </AntdApp>
    </ConfigProvider>
  );
}
