import { NotBuilt } from "@/states/states";

export function IntakePage() {
  return <NotBuilt title="接警台" />;
}
