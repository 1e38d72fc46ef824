import { NotBuilt } from "@/states/states";

export function CalculatorPage() {
  return <NotBuilt title="期限计算器" />;
}
