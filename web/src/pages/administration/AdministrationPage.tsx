import { NotBuilt } from "@/states/states";

export function AdministrationPage() {
  return <NotBuilt title="系统管理" />;
}
