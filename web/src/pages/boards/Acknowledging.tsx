import "@/forms/forms.css";

import { lazy, type ReactNode, Suspense, useState } from "react";

import { useSteps } from "@/pages/matter/reading";

const StepDrawer = lazy(() => import("@/forms/StepDrawer"));

/** The form by which whoever supervises acknowledges the overruns of a matter, as the matter's own page has it. */
function Acknowledgement({ matter, onClose, onDone }: { readonly matter: string; readonly onClose: () => void; readonly onDone: () => void }) {
  const step = useSteps(matter).data?.find((each) => each.step === "acknowledge-overrun");
  return step && <StepDrawer number={matter} step={step} onClose={onClose} onDone={onDone} />;
}

/** The form over one matter: what is shown of it, and how to ask for it. */
export function useAcknowledging(onDone: () => void): [ReactNode, (matter: string) => void] {
  const [matter, ask] = useState("");
  const shown = matter && (
    <Suspense>
      <Acknowledgement
        matter={matter}
        onClose={() => {
          ask("");
        }}
        onDone={onDone}
      />
    </Suspense>
  );
  return [shown, ask];
}
