/** A form for the keyboard alone: Enter goes on to the next field, Ctrl+Enter sends. */
import type { KeyboardEvent } from "react";

const FIELDS = "input:not([type=hidden]):not([disabled]), textarea:not([disabled]), button[data-last]";

function fields(frame: HTMLElement): HTMLElement[] {
  return [...frame.querySelectorAll<HTMLElement>(FIELDS)].filter((each) => each.tabIndex >= 0 && each.offsetParent !== null);
}

/** Go on to the field after that one. */
export function moveOn(frame: HTMLElement, from: Element): void {
  const all = fields(frame);
  all[all.findIndex((each) => each === from) + 1]?.focus();
}

/** Whether the list of a field is open with one of its entries chosen, which Enter is then to take. */
function isChoosing(target: HTMLElement): boolean {
  if (target.getAttribute("aria-expanded") !== "true") return false;
  const active = target.getAttribute("aria-activedescendant");
  return Boolean(active && document.getElementById(active));
}

/** For `onKeyDownCapture` of the frame around the fields. */
export function byKeyboard(event: KeyboardEvent<HTMLElement>, send: () => void): void {
  if (event.key !== "Enter" || event.nativeEvent.isComposing || event.shiftKey || event.altKey) return;
  const target = event.target as HTMLElement;
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    event.stopPropagation();
    send();
    return;
  }
  if (target instanceof HTMLButtonElement || isChoosing(target)) return;
  event.preventDefault();
  event.stopPropagation();
  moveOn(event.currentTarget, target);
}
