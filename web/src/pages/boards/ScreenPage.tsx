import { NotBuilt } from "@/states/states";

export function ScreenPage() {
  return <NotBuilt title="大屏" />;
}
