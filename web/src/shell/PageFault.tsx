import { Button, Result } from "antd";
import { useRouteError } from "react-router";

import { Refused, Unreachable } from "@/api/problem";
import { Failed } from "@/states/states";

/** A page that broke: the others go on. A part that could not be loaded is mostly one that a newer version replaced. */
export function PageFault() {
  const error = useRouteError();
  const reload = () => {
    window.location.reload();
  };
  if (error instanceof Refused || error instanceof Unreachable) return <Failed error={error} onRetry={reload} />;
  return (
    <Result
      status="error"
      title="页面出错"
      subTitle="系统可能刚刚更新，或者连接中断。已填写的内容保存在草稿中。"
      extra={
        <Button type="primary" onClick={reload}>
          重新载入
        </Button>
      }
    />
  );
}
