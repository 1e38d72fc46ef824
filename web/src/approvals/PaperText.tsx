import "@/approvals/approvals.css";

import type { RequestSheet } from "@/api/shapes";

type Paper = Pick<RequestSheet["papers"][number], "title" | "lines">;

/** A paper as it is printed; of one that is still to be approved (`isAhead`) the number is given when it is issued. */
export function PaperText({ paper, isAhead = false }: { readonly paper: Paper; readonly isAhead?: boolean }) {
  return (
    <div className="preview" role="group" aria-label={isAhead ? `${paper.title}预览` : paper.title}>
      {isAhead && <span className="preview-mark">预览</span>}
      {paper.lines.map((line, n) =>
        line.rows.length > 0 ? (
          <table key={String(n)} role="presentation">
            <tbody>
              {line.rows.map((row, r) => (
                <tr key={String(r)}>
                  {row.map((cell, c) => (
                    <td key={String(c)}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        ) : (
          <p key={String(n)} className={line.centred ? "preview-centred" : ""}>
            {line.text}
          </p>
        ),
      )}
    </div>
  );
}
