import type { Kind, StagePassed } from "@/api/shapes";
import { shownInstant } from "@/clocks/instants";

interface Shown {
  readonly stage: string;
  readonly zh: string;
  readonly state: "passed" | "here" | "ahead";
  readonly note: string;
}

/** What was really passed, then what ordinarily lies ahead of where it stands. */
function stagesOf(kind: Kind | undefined, course: readonly StagePassed[]): readonly Shown[] {
  const passed = course.map<Shown>((each, n) => ({
    stage: `${each.stage}${String(n)}`,
    zh: each.zh,
    state: each.left_at ? "passed" : "here",
    note: `${shownInstant(each.entered_at)}${each.by_zh ? ` · ${each.by_zh}` : ""}${each.step_zh ? ` · ${each.step_zh}` : ""}`,
  }));
  const here = course.at(-1)?.stage ?? "";
  const main = kind?.main ?? [];
  const at = main.indexOf(here);
  const onward = at >= 0 ? main.slice(at + 1) : aheadFromAside(kind, here, main);
  const ahead = onward.map<Shown>((stage) => ({ stage, zh: kind?.stages[stage] ?? stage, state: "ahead", note: "" }));
  return [...passed, ...ahead];
}

/** From a stage off the ordinary course: the first of the course to which it leads, and what follows. */
function aheadFromAside(kind: Kind | undefined, here: string, main: readonly string[]): readonly string[] {
  const leads = kind?.graph.find((each) => each.stage === here)?.leads_to ?? [];
  const at = main.findIndex((stage) => leads.includes(stage));
  return at >= 0 ? main.slice(at) : [];
}

/** The stages of the matter: those it has passed, where it stands, and the ordinary course ahead. */
export function StageSteps({ kind, course }: { readonly kind: Kind | undefined; readonly course: readonly StagePassed[] }) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- on a phone it scrolls, and must be reachable by the keyboard
    <ol className="stages" aria-label="阶段" tabIndex={0}>
      {stagesOf(kind, course).map((each) => (
        <li key={each.stage} className={`stage-${each.state}`} {...(each.state === "here" ? { "aria-current": "step" as const } : {})} title={each.note}>
          <span className="stage-mark" aria-hidden="true">
            {each.state === "passed" ? "✓" : each.state === "here" ? "●" : ""}
          </span>
          <span className="stage-name">{each.zh}</span>
          <span className="stage-note quiet">{each.state === "ahead" ? "" : each.note.split(" · ")[0]}</span>
        </li>
      ))}
    </ol>
  );
}
