/** A drawing, whose library is loaded when the first is shown. */
import { lazy, Suspense } from "react";

import type { DrawingProps } from "@/charts/Drawing";
import { Loading } from "@/states/states";

const Drawing = lazy(async () => ({ default: (await import("@/charts/Drawing")).Drawing }));

export function Chart(props: DrawingProps) {
  return (
    <Suspense fallback={<Loading rows={4} />}>
      <Drawing {...props} />
    </Suspense>
  );
}
