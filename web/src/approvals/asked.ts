/** Who asked for an approval, and whose request it is since they left. */
interface Asked {
  readonly asked_by_zh: string | null;
  readonly asker_zh: string | null;
}

export function askedWords({ asked_by_zh: first, asker_zh: now }: Asked): string {
  if (now === first) return `${first ?? ""} 呈请`;
  return `${first ?? ""} 呈请（${now ? `现由${now}接手` : "呈请人已不在任"}）`;
}
