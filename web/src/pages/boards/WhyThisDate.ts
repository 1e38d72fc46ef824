import "@/forms/forms.css";
import "@/pages/matter/matter.css";

import { lazy } from "react";

/** The reasons of a limit, as the matter's own page tells them. */
export const WhyThisDate = lazy(async () => ({ default: (await import("@/pages/matter/WhyDrawer")).WhyDrawer }));
