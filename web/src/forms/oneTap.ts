/** Steps that are said with one tap, and need nothing filled in: that one has the dispatch or the task, and that one is there. */
export const ONE_TAP: Readonly<Record<string, string>> = { "accept-dispatch": "签收", "arrive-on-scene": "到达现场", "sign-joint-task": "签收" };
