import { NotBuilt } from "@/states/states";

export function BoardsPage() {
  return <NotBuilt title="看板" />;
}
