import { afterEach, vi } from "vitest";

import { answer, forgetAll } from "./server";

// Clients take hold of `fetch` when they are made.
vi.stubGlobal("fetch", answer);

afterEach(() => {
  forgetAll();
  vi.useRealTimers();
});
