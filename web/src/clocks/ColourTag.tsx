import type { Colour } from "@/api/shapes";
import { COLOURS } from "@/clocks/colours";

/** A colour as a patch with its sign and its word. */
export function ColourTag({ colour, children }: { readonly colour: Colour | ""; readonly children?: React.ReactNode }) {
  const known = COLOURS[colour || "none"];
  return (
    <span className={`colour colour-${colour || "none"}`} title={known.meaning}>
      <span aria-hidden="true">{known.sign}</span>
      {children ?? known.word}
    </span>
  );
}
