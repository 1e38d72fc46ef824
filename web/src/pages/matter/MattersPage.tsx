import { NotBuilt } from "@/states/states";

export function MattersPage() {
  return <NotBuilt title="事项" />;
}
