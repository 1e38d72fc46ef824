import { NotBuilt } from "@/states/states";

export function MatterPage() {
  return <NotBuilt title="事项详情" />;
}
