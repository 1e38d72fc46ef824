import type { Colour } from "@/api/shapes";
import { COLOURS } from "@/clocks/colours";

/** How many show a colour, in a patch of it that opens them; nothing to open is hardly seen. */
export function Count({ colour, n, of, onOpen }: { readonly colour: Colour; readonly n: number; readonly of: string; readonly onOpen: () => void }) {
  if (n === 0) {
    return (
      <span className="count-nothing">
        <span aria-hidden="true">·</span>
        <span className="unseen">0</span>
      </span>
    );
  }
  return (
    <button type="button" className={`count number colour-${colour}`} onClick={onOpen} aria-label={`${of}：${COLOURS[colour].meaning} ${String(n)} 个，查看明细`}>
      {n}
    </button>
  );
}

/** The head of a column of counts. */
export function ColourHead({ colour }: { readonly colour: Colour }) {
  return (
    <span className="colour-head">
      <span aria-hidden="true">{COLOURS[colour].sign}</span> {COLOURS[colour].word}
    </span>
  );
}
