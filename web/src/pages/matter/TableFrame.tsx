/** A table that is wider than a phone: it scrolls sideways in its frame. */
import type { ReactNode } from "react";

export function TableFrame({ children }: { readonly children: ReactNode }) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- on a phone it scrolls, and must be reachable by the keyboard
    <div className="plain-table-frame" tabIndex={0}>
      {children}
    </div>
  );
}
