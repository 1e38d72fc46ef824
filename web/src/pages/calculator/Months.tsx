import { COLOURS } from "@/clocks/colours";
import { dayKind, dayWords, type Marked, monthsOf, weeksOf } from "@/pages/calculator/days";

// As many as fit beside the question without scrolling far.
const MOST = 4;
const WEEKDAYS = ["一", "二", "三", "四", "五", "六", "日"];

function Day({ day, marks }: { readonly day: string; readonly marks: Marked }) {
  if (!day) return <td />;
  const kind = dayKind(day, marks.rest);
  const colour = marks.colours.get(day);
  const isDue = day === marks.due;
  const isStart = day === marks.start;
  const [low, high] = marks.start <= marks.due ? [marks.start, marks.due] : [marks.due, marks.start];
  const isExcluded = marks.excluded.some(({ from, to }) => from <= day && day < to);
  const classes = [
    "day",
    `day-${kind}`,
    day > low && day < high && "day-within",
    isExcluded && "day-excluded",
    colour && `colour-${colour}`,
    isStart && "day-start",
    isDue && "day-due",
  ];
  const said = [isStart && "起算", isDue && "届满", isExcluded && "不计入", colour && COLOURS[colour].meaning, dayWords(day, marks)].filter(Boolean);
  return (
    <td className={classes.filter(Boolean).join(" ")} title={said.join(",")}>
      <span className="number">{Number(day.slice(8))}</span>
      <small aria-hidden="true">
        {colour && !isDue && COLOURS[colour].sign}
        {isStart && "起"}
        {isDue && "止"}
        {kind === "holiday" && "休"}
        {kind === "make-up" && "班"}
      </small>
      <span className="unseen">{said.join(",")}</span>
    </td>
  );
}

/** The months a limit runs through: where it starts, when it turns which colour, and which days are no working days. */
export function Months({ from, to, marks }: { readonly from: string; readonly to: string; readonly marks: Marked }) {
  const months = monthsOf(from, to, MOST);
  return (
    <>
      <h3>日历</h3>
      <div className="months">
        {months.map((month) => (
          <table key={month} className="month">
            <caption>
              {Number(month.slice(0, 4))}年{Number(month.slice(5))}月
            </caption>
            <thead>
              <tr>
                {WEEKDAYS.map((each) => (
                  <th key={each} scope="col">
                    {each}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {weeksOf(month).map((week) => (
                <tr key={week.find(Boolean)}>
                  {week.map((day, place) => (
                    <Day key={day || place} day={day} marks={marks} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        ))}
      </div>
      <p className="quiet legend">
        起 起算 · 止 届满 · 休 节假日 · 班 调休上班 · ▲ 黄 ◆ 橙 ■ 红 预警开始之日{marks.excluded.length > 0 && " · 斜纹 不计入的期间"}
      </p>
    </>
  );
}
