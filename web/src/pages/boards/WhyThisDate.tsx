import "@/forms/forms.css";
import "@/pages/matter/matter.css";

import { lazy, type ReactNode, Suspense, useState } from "react";

const WhyDrawer = lazy(async () => ({ default: (await import("@/pages/matter/WhyDrawer")).WhyDrawer }));

/** The reasons of a limit, as the matter's own page tells them: what is shown of them, and how to ask for those of one. */
export function useWhy(): [ReactNode, (matter: string, clock: string) => void] {
  const [asked, ask] = useState<{ readonly matter: string; readonly clock: string } | null>(null);
  const shown = asked && (
    <Suspense>
      <WhyDrawer
        number={asked.matter}
        clock={asked.clock}
        onClose={() => {
          ask(null);
        }}
      />
    </Suspense>
  );
  return [
    shown,
    (matter, clock) => {
      ask({ matter, clock });
    },
  ];
}
