/** Which requests somebody has opened here: what decides on liberty is approved by nobody who has not looked at it. */
import { useWords } from "@/api/queries";
import type { Task } from "@/api/shapes";
import type { Decidable } from "@/approvals/decisions";

export function decidable(task: Task): Decidable[] {
  if (!task.request || task.request_seq === null) return [];
  const { matter, title, request, seq, office } = task;
  return [{ matter, title, request, request_zh: task.step_zh ?? request, asked_at_seq: task.request_seq, seq, office }];
}

// Whoever has opened it has seen what they decide upon; asked anew, it is another.
const seen = new Set<string>();

function nameOf({ matter, asked_at_seq }: Decidable): string {
  return `${matter}/${String(asked_at_seq)}`;
}

/** Whether a request must be looked at before it is approved: its file is sealed, or it decides on liberty and has not been opened here. */
export function useMustBeSeen(): (task: Task) => boolean {
  const onLiberty = useWords().data?.on_liberty;
  return (task) => decidable(task).some((one) => !task.form || ((onLiberty?.includes(one.request) ?? true) && !seen.has(nameOf(one))));
}

/** Say that a request was opened. */
export function saw(task: Task): void {
  for (const one of decidable(task)) seen.add(nameOf(one));
}
