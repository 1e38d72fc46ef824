import { Result } from "antd";
import { Link } from "react-router";

export function NoSuchPage() {
  return <Result status="404" title="没有这一页" extra={<Link to="/">回到工作台</Link>} />;
}
