/** What a page shows when it has nothing to show: still loading, empty, or refused. */
import { Button, Empty, Result, Skeleton } from "antd";
import { type ReactNode, useContext } from "react";

import { isRefused, Refused, Unreachable } from "@/api/problem";
import { Citing } from "@/states/citing";
import { ReasonForm } from "@/states/ReasonForm";

export function Loading({ rows = 6 }: { readonly rows?: number }) {
  return (
    <div role="status" aria-label="正在载入" style={{ padding: 16 }}>
      <Skeleton active title={false} paragraph={{ rows }} />
    </div>
  );
}

export function Nothing({ children, action }: { readonly children: ReactNode; readonly action?: ReactNode }) {
  return (
    <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={<span className="quiet">{children}</span>} style={{ padding: 24 }}>
      {action}
    </Empty>
  );
}

/** A refusal in words: what, why, on which article, and what to do. */
export function Failed({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const cite = useContext(Citing);
  const retry = onRetry ? (
    <Button type="primary" onClick={onRetry}>
      重试
    </Button>
  ) : undefined;
  if (error instanceof Unreachable) {
    return <Result status="warning" title="与服务器的连接中断" subTitle="正在自动重新连接，已填写的内容不会丢失。" extra={retry} />;
  }
  if (isRefused(error, "matter-not-found")) {
    return <Result status="404" title="没有这一事项，或者您无权知悉" subTitle="请核对编号；如需查阅，请联系办案单位。" />;
  }
  if (onRetry && isRefused(error, "reading-reason-missing")) return <ReasonForm detail={error.problem.detail} onSaid={onRetry} />;
  const problem = error instanceof Refused ? error.problem : undefined;
  const words = [problem?.detail, problem?.basis && `依据：${problem.basis}`, problem?.trace_id && `追踪号 ${problem.trace_id}`];
  const said = cite(words.filter(Boolean).join(" "));
  return <Result status="error" title={problem?.title ?? "页面出错"} subTitle={said} extra={retry} />;
}

interface Asked<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  readonly isPending: boolean;
  readonly refetch: () => unknown;
}

/** What was asked for, once it is there; until then, and where it is refused, one of the states above. */
export function Shown<T>({ of, rows, children }: { readonly of: Asked<T>; readonly rows?: number; readonly children: (data: T) => ReactNode }) {
  if (of.data !== undefined) return children(of.data);
  if (of.isPending) return <Loading {...(rows === undefined ? {} : { rows })} />;
  return <Failed error={of.error} onRetry={() => void of.refetch()} />;
}
