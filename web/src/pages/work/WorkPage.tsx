import { NotBuilt } from "@/states/states";

export function WorkPage() {
  return <NotBuilt title="工作台" />;
}
