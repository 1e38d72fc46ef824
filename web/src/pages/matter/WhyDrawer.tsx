import { Drawer } from "antd";

import type { ClockExplained } from "@/api/shapes";
import { useWords } from "@/api/queries";
import { ColourTag } from "@/clocks/ColourTag";
import { COLOURS, isRunning, STATES } from "@/clocks/colours";
import { Countdown } from "@/clocks/Countdown";
import { shownInstant } from "@/clocks/instants";
import { Cited } from "@/law/Cited";
import { Shown } from "@/states/states";
import { useClock } from "@/pages/matter/reading";

const CALENDARS = { final: "已公布的放假安排", provisional: "放假安排尚未公布，按推定日历计算，公布后重新计算" } as const;

function lateWords(milliseconds: number): string {
  return milliseconds < 1000 ? "准时" : `迟 ${String(Math.round(milliseconds / 1000))} 秒`;
}

function Why({ clock }: { readonly clock: ClockExplained }) {
  const words = useWords().data;
  return (
    <>
      <p className="why-due">
        <span>{shownInstant(clock.due_at, clock.date_only)} 届满</span>
        {isRunning(clock.state) ? <ColourTag colour={clock.colour} /> : <span>{STATES[clock.state]}</span>}
        {isRunning(clock.state) && clock.due_at && <Countdown due={clock.due_at} colour={clock.colour} />}
      </p>
      <h3>为什么是这一天</h3>
      <ol className="why-reasons">
        {clock.reasons.map((each) => (
          <li key={each}>
            <Cited text={each} on={clock.started_at} />
          </li>
        ))}
      </ol>
      <dl className="form-facts">
        <dt>依据</dt>
        <dd>
          <Cited text={clock.basis} on={clock.started_at} />
        </dd>
        <dt>适用文本</dt>
        <dd>{clock.edition} 起施行</dd>
        <dt>起算</dt>
        <dd>{shownInstant(clock.started_at)}</dd>
        <dt>日历</dt>
        <dd>{CALENDARS[clock.calendar]}</dd>
        <dt>责任人</dt>
        <dd>{words?.offices[clock.answerable] ?? clock.answerable}</dd>
        <dt>届满后果</dt>
        <dd>{words?.at_expiry[clock.at_expiry] ?? clock.at_expiry}</dd>
      </dl>
      <h3>预警</h3>
      <ul className="why-rungs">
        {clock.rungs.map((rung) => {
          const rung_ = clock.rings.find((each) => each.colour === rung.colour && each.at === rung.at);
          return (
            <li key={rung.colour + rung.at}>
              <ColourTag colour={rung.colour} /> {COLOURS[rung.colour].meaning}自 <span className="number">{shownInstant(rung.at)}</span>
              {rung_ && <span className="quiet"> · 已发出（{lateWords(rung_.late_ms)}）</span>}
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** Why a limit ends on that day: every reason with its article. */
export function WhyDrawer({ number, clock, onClose }: { readonly number: string; readonly clock: string; readonly onClose: () => void }) {
  const found = useClock(number, clock);
  return (
    <Drawer open={clock !== ""} onClose={onClose} title={found.data?.zh ?? "期限"} size="min(520px, 100vw)">
      <Shown of={found}>
        {(data) => (
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- on a phone it scrolls, and must be reachable by the keyboard
          <div tabIndex={0}>
            <Why clock={data} />
          </div>
        )}
      </Shown>
    </Drawer>
  );
}
