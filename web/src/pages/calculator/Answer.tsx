import { ColourTag } from "@/clocks/ColourTag";
import { COLOURS } from "@/clocks/colours";
import { Countdown } from "@/clocks/Countdown";
import { inChina, shownInstant } from "@/clocks/instants";
import { Cited } from "@/law/Cited";
import { Months } from "@/pages/calculator/Months";
import { dayWords, type Marked, marked } from "@/pages/calculator/days";
import { type LimitCard, type Question, type Reckoned, useRestDays } from "@/pages/calculator/question";

const END_OF_DAY = "T23:59:59";

function Due({ due, marks }: { readonly due: string; readonly marks: Marked }) {
  const at = inChina(due);
  const word = dayWords(at.format("YYYY-MM-DD"), marks);
  return (
    <p className="due">
      <span className="due-day number">{at.format("YYYY年M月D日")}</span>
      <span className="due-time number">{due.includes(END_OF_DAY) ? "当日结束" : at.format("HH:mm")}</span>
      <span className="due-rest">
        {at.format("dddd")}
        {word && ` · ${word}`}
      </span>
      <span className="due-left">
        <Countdown due={due} />
      </span>
    </p>
  );
}

function Rungs({ reckoned }: { readonly reckoned: Reckoned }) {
  if (reckoned.rungs.length === 0) return null;
  return (
    <>
      <h3>何时预警</h3>
      <ul className="rungs">
        {reckoned.rungs.map((each) => (
          <li key={each.colour + each.at}>
            <ColourTag colour={each.colour} />
            <span>{COLOURS[each.colour].meaning}</span>
            <span className="number">{shownInstant(each.at)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** The day a limit ends, large; then why, by which articles, and where it lies in the calendar. */
export function Answer({ card, question, reckoned }: { readonly card: LimitCard; readonly question: Question; readonly reckoned: Reckoned }) {
  const due = reckoned.due ?? "";
  const years = due ? span(Number(question.start.slice(0, 4)), Number(due.slice(0, 4))) : [];
  const rest = useRestDays(years);
  const marks = marked(question, reckoned, rest.days);
  return (
    <>
      {due ? <Due due={due} marks={marks} /> : <p className="due">法律没有规定具体天数</p>}
      <dl className="answer-facts">
        <dt>届满以后</dt>
        <dd>
          {card.at_expiry_zh}（责任人：{card.answerable_zh}）
        </dd>
        <dt>依据</dt>
        <dd>
          <Cited text={reckoned.basis} on={question.start} />，{reckoned.edition} 起施行的文本
        </dd>
        <dt>法律核对至</dt>
        <dd>{card.checked_until}，其后公布的没有收入</dd>
        <dt>放假安排</dt>
        <dd>{reckoned.calendar === "final" ? "✓ 已按国务院公布的安排" : "▲ 所涉年份尚未公布，按周末和固定节日推定，公布后可能变化"}</dd>
      </dl>
      <h3>理由</h3>
      <ol className="reasons">
        {reckoned.reasons.map((each) => (
          <li key={each}>
            <Cited text={each} on={question.start} />
          </li>
        ))}
      </ol>
      <Rungs reckoned={reckoned} />
      {due && <Months from={question.start.slice(0, 10)} to={inChina(due).format("YYYY-MM-DD")} marks={marks} />}
    </>
  );
}

function span(first: number, last: number): number[] {
  const [low, high] = first <= last ? [first, last] : [last, first];
  return Array.from({ length: Math.min(high - low + 1, 40) }, (_, place) => low + place);
}
