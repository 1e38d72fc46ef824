import { NotBuilt } from "@/states/states";

export function ClocksPage() {
  return <NotBuilt title="期限" />;
}
