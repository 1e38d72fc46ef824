/** The frame of a plain table: figures that nobody sorts and that fit one page; narrow screens scroll it. */
import "@/lists/lists.css";

import type { ReactNode } from "react";

export function PlainTable({ columns, children }: { readonly columns: readonly string[]; readonly children: ReactNode }) {
  return (
    <div className="plain-table">
      <table>
        <thead>
          <tr>
            {columns.map((each) => (
              <th key={each} scope="col">
                {each}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
