/** Tab leaves a pick list and never chooses from it: the library takes it for Enter, and adds whoever comes next. */

function leaveAlone(event: KeyboardEvent): void {
  const { target } = event;
  if (event.key !== "Tab" || !(target instanceof HTMLElement)) return;
  // Heard before the library hears it; what the browser does by itself, going on to the next field, closes the list.
  if (target.getAttribute("role") === "combobox") event.stopPropagation();
}

window.addEventListener("keydown", leaveAlone, true);
