import { Button } from "antd";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { useParams } from "react-router";
import { keys } from "@/api/queries";
import { read } from "@/api/client";
import type { Step } from "@/api/shapes";
import { Shown } from "@/states/states";
const StepDrawer = lazy(() => import("@/forms/StepDrawer"));
export function MatterPage() {
  const { number = "" } = useParams();
  const steps = useQuery({ queryKey: keys.matter(number, "steps"), queryFn: () => read<Step[]>(`/api/matters/${number}/steps`) });
  const [step, setStep] = useState<Step | null>(null);
  return <Shown of={steps}>{(all) => <>{all.map((s) => <Button key={s.step + (s.request ?? "")} onClick={() => setStep(s)}>{s.title}</Button>)}
  {step && <Suspense><StepDrawer number={number} step={step} seq={1} onClose={() => setStep(null)} /></Suspense>}</>}</Shown>;
}
