/** Everything around the pages: language, theme, queries, and whether anybody is signed in. */
import "@/shell/tab";
import { QueryClientProvider } from "@tanstack/react-query";
import { App as AntdApp, ConfigProvider } from "antd";
import zhCN from "antd/locale/zh_CN";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import { lazy, type ReactNode, Suspense, useDeferredValue, useEffect, useMemo } from "react";
import { RouterProvider } from "react-router";

import { onReturn } from "@/api/connection";
import { queryClient } from "@/api/queries";
import { useSession } from "@/api/session";
import { Cited } from "@/law/Cited";
import { SignIn } from "@/pages/signin/SignIn";
import { router } from "@/shell/routes";
import { Citing } from "@/states/citing";
import { Loading } from "@/states/states";
import { themeOf, useDark } from "@/theme/theme";

dayjs.locale("zh-cn");

// Of citizens, who have no account: whoever is signed in here or not.
const OF_CITIZENS = window.location.pathname === "/counter";
const CounterPage = lazy(async () => ({ default: (await import("@/pages/counter/CounterPage")).CounterPage }));

const BUTTON = { autoInsertSpace: false };
const WHOLE = { height: "100%" };
const cited = (text: string) => <Cited text={text} />;

/** Ant Design in Chinese and in the colours of the hour. The page itself changes at once; this follows, and holds up nothing. */
function Dressed({ children }: { readonly children: ReactNode }) {
  const dark = useDeferredValue(useDark());
  const theme = useMemo(() => themeOf(dark), [dark]);
  return useMemo(
    () => (
      <ConfigProvider locale={zhCN} theme={theme} button={BUTTON}>
        <AntdApp style={WHOLE}>{children}</AntdApp>
      </ConfigProvider>
    ),
    [theme, children],
  );
}

export function App() {
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
    <Dressed>
      <QueryClientProvider client={queryClient}>
        {OF_CITIZENS ? (
          <Suspense fallback={<Loading rows={4} />}>
            <CounterPage />
          </Suspense>
        ) : (
          <Citing value={cited}>{session ? <RouterProvider key={session.token} router={router} /> : <SignIn />}</Citing>
        )}
      </QueryClientProvider>
    </Dressed>
  );
}
