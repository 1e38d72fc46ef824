/** Taking whoever sent a form to where something is wrong: nothing that is refused stays out of sight. */

const TAKES_FOCUS = "input, textarea, select, button, [tabindex]";

/** Bring a field into sight and go there: to its list where it has no element of its own, and of several choices to the first. */
export function reach(field: string): void {
  const element = elementOf(field.split("."));
  if (!element) return;
  bringIntoSight(element);
  const inner = element.matches(TAKES_FOCUS) ? element : element.querySelector<HTMLElement>(TAKES_FOCUS);
  inner?.focus({ preventScroll: true });
}

export function bringIntoSight(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: "center" });
}

function elementOf(path: readonly string[]): HTMLElement | null {
  if (path.length === 0) return null;
  return document.getElementById(`root_${path.join("_")}`) ?? elementOf(path.slice(0, -1));
}
