import type { MatterRow } from "@/api/shapes";

type Mark = MatterRow["marks"][number];

/** The marks (敏感标记) in the order in which they are listed. */
export const MARKS: Readonly<Record<Mark, string>> = {
  sensitive: "敏感",
  minor: "涉未成年",
  "sexual-offence": "涉性侵害",
  "protected-reporter": "举报保护",
  foreigner: "涉外",
  media: "媒体关注",
};

/** What everybody must know before they speak of a matter: each mark by its sign and its word. */
export function MarkTags({ marks }: { readonly marks: readonly Mark[] }) {
  return marks.map((mark) => (
    <span key={mark} className="colour colour-orange">
      <span aria-hidden="true">◆</span>
      {MARKS[mark]}
    </span>
  ));
}
