/** One matter: where it stands, how long is left, what may be done, who is in it, and everything that happened. */
import "@/pages/matter/matter.css";

import { Tabs } from "antd";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { useLocation, useNavigate, useParams, useSearchParams } from "react-router";

import { looked } from "@/api/looked";
import { useKinds, useMe } from "@/api/queries";
import type { MatterCard, Receipt, Step } from "@/api/shapes";
import { ClockTable } from "@/pages/matter/ClockTable";
import { Findings } from "@/pages/matter/Findings";
import { JournalTimeline } from "@/pages/matter/JournalTimeline";
import { rememberTaken } from "@/pages/matter/lately";
import { LateEntries } from "@/pages/matter/LateEntries";
import { MatterHead } from "@/pages/matter/MatterHead";
import { MeasuresChart } from "@/pages/matter/MeasuresChart";
import { OnFoot } from "@/pages/matter/OnFoot";
import { OneTap } from "@/pages/matter/OneTap";
import { OpenSteps } from "@/pages/matter/OpenSteps";
import { DocumentList, DossierView } from "@/pages/matter/Papers";
import { useCard, useCourse, useMeasures, useSteps } from "@/pages/matter/reading";
import { Requests } from "@/pages/matter/Requests";
import { Summary } from "@/pages/matter/Summary";
import { StageSteps } from "@/pages/matter/StageSteps";
import { Links, People, Thing } from "@/pages/matter/Surroundings";
import { Returned, Turn } from "@/pages/matter/Turn";
import { Veiled } from "@/pages/matter/Veiled";
import { WhyDrawer } from "@/pages/matter/WhyDrawer";
import { useShortcut } from "@/shell/shortcuts";
import { useTitle } from "@/shell/title";
import { Loading, Shown } from "@/states/states";

const Paper = lazy(async () => ({ default: (await import("@/pages/matter/Paper")).Paper }));
const forms = () => import("@/forms/StepDrawer");
const StepDrawer = lazy(forms);
const StepPalette = lazy(() => import("@/pages/matter/StepPalette"));
// What makes forms is large: it is fetched while somebody reads what they may do, not when they have decided to.
const READING_MS = 400;

interface Acting {
  readonly known: boolean;
  readonly steps: readonly Step[];
  readonly open: (step: Step) => void;
  readonly explain: (clock: string) => void;
  readonly photograph: () => void;
}

function Overview({ card, acting }: { readonly card: MatterCard; readonly acting: Acting }) {
  const measures = useMeasures(card.number);
  const drawn = (measures.data ?? []).filter((each) => each.measures.length + each.limits.length > 0);
  return (
    <div className="matter-columns">
      <div className="matter-main">
        <OnFoot card={card} steps={acting.steps} onPhotograph={acting.photograph} />
        <Summary card={card} />
        <Requests card={card} steps={acting.steps} onOpen={acting.open} />
        <section id="steps" tabIndex={-1} className="panel no-print" aria-label="可以办理的步骤">
          <h2>现在可以办理</h2>
          {acting.known ? <OpenSteps card={card} steps={acting.steps} onOpen={acting.open} /> : <Loading rows={2} />}
        </section>
        {drawn.length > 0 && (
          <section aria-label="对人的措施与期限">
            <h2 className="section-title">每个人的措施与期限</h2>
            {drawn.map((each) => (
              <MeasuresChart key={each.matter + each.person} person={each} onExplain={acting.explain} />
            ))}
          </section>
        )}
        <ClockTable number={card.number} everything={false} onExplain={acting.explain} />
        <Findings number={card.number} />
        <LateEntries card={card} />
      </div>
      <aside className="matter-aside" aria-label="人员、关联与文书">
        <Thing card={card} />
        <People card={card} />
        <Veiled card={card} />
        <Links card={card} />
        <section className="panel" aria-label="法律文书">
          <h2>法律文书</h2>
          <DocumentList number={card.number} />
        </section>
      </aside>
    </div>
  );
}

function keyOf(step: Step): string {
  return `${step.step}/${step.request ?? ""}`;
}

// What the browser keeps beside an address under which a drawer was opened from this page: behind it lies the page without the drawer.
const DRAWN = { drawn: true };

/** The drawer that is open, by the address: whoever was sent a link finds it open too, and going back closes it before it leaves the matter. */
function useOpened(steps: readonly Step[]) {
  const [search, setSearch] = useSearchParams();
  const navigate = useNavigate();
  const isDrawn = (useLocation().state as typeof DRAWN | null)?.drawn ?? false;
  const left = useRef(false);
  const key = `${search.get("step") ?? ""}/${search.get("request") ?? ""}`;
  const set = (values: Readonly<Record<string, string>>) => {
    const opens = Object.keys(values).length > 0;
    setSearch(
      (before) => {
        for (const name of ["step", "request", "clock"]) before.delete(name);
        for (const [name, value] of Object.entries(values)) before.set(name, value);
        return before;
      },
      { replace: isDrawn || !opens, state: opens ? DRAWN : null },
    );
  };
  return {
    key,
    step: steps.find((each) => keyOf(each) === key) ?? null,
    clock: search.get("clock") ?? "",
    open: (step: Step) => {
      set({ step: step.step, ...(step.request ? { request: step.request } : {}) });
    },
    explain: (clock: string) => {
      set({ clock });
    },
    close: () => {
      if (left.current) return;
      if (isDrawn) void navigate(-1);
      else set({});
    },
    /** Go on elsewhere, in the place of the drawer. */
    leave: (to: string) => {
      left.current = true;
      void navigate(to, { replace: isDrawn });
    },
  };
}

/** What was filled in when this step was asked for and came back. */
function sentBefore(card: MatterCard, step: Step): { readonly filled?: Readonly<Record<string, unknown>> } {
  const form = step.request ? null : card.tasks.find((each) => each.sort === "returned" && each.step === step.step)?.form;
  return form ? { filled: form } : {};
}

function Matter({ card }: { readonly card: MatterCard }) {
  useTitle(`${card.title} ${card.number}`);
  const username = useMe().data?.username ?? "";
  const kind = useKinds().data?.find((each) => each.kind === card.kind);
  const course = useCourse(card.number);
  const steps = useSteps(card.number);
  const opened = useOpened(steps.data ?? []);
  const [tab, setTab] = useState("overview");
  const [printing, setPrinting] = useState(false);
  const print = () => {
    setPrinting(true);
  };
  useShortcut("ctrl+p", "打印这一事项", print);
  const [seeking, setSeeking] = useState(false);
  useShortcut("ctrl+j", "按名称或者拼音办理步骤", () => {
    setSeeking(true);
  });
  // The form that is being filled in stays, and keeps what it was opened upon, while the matter goes on beneath it.
  const [held, setHeld] = useState<{ readonly step: Step; readonly seq: number } | null>(null);
  if (held && keyOf(held.step) !== opened.key) setHeld(null);
  else if (!held && opened.step) setHeld({ step: opened.step, seq: card.seq });
  useEffect(() => {
    looked(card.number);
  }, [card.number]);
  const mayAct = (steps.data ?? []).length > 0;
  useEffect(() => {
    const fetching = mayAct ? window.setTimeout(() => void forms(), READING_MS) : undefined;
    return () => {
      window.clearTimeout(fetching);
    };
  }, [mayAct]);
  const done = (receipt: Receipt) => {
    if (held && !held.step.request) rememberTaken(username, card.kind, held.step.step);
    // What an act opens is where one goes on.
    const [number, ...more] = receipt.opened;
    if (number && more.length === 0) opened.leave(`/matters/${number}`);
  };
  const photograph = () => {
    setTab("dossier");
  };
  const acting: Acting = { known: steps.data !== undefined, steps: steps.data ?? [], open: opened.open, explain: opened.explain, photograph };
  // What is sent on with a case is vouched for; pictures of a scene are merely kept.
  const declares = "declare-identical" in (kind?.steps ?? {});
  const things = card.links.children.filter((each) => each.kind === "exhibit");
  const items = [
    { key: "overview", label: "概览", children: <Overview card={card} acting={acting} /> },
    { key: "journal", label: "日志", children: <JournalTimeline number={card.number} /> },
    ...(kind?.dossier ? [{ key: "dossier", label: declares ? "卷宗" : "照片与材料", children: <DossierView number={card.number} declares={declares} /> }] : []),
  ];
  return (
    <>
      <article className={printing ? "matter no-print" : "matter"}>
        <MatterHead
          card={card}
          onExplain={opened.explain}
          onPrint={print}
        />
        {course.data && <StageSteps kind={kind} course={course.data} />}
        <Turn turn={card.turn} />
        <OneTap card={card} steps={acting.steps} />
        <Returned tasks={card.tasks} steps={acting.steps} onOpen={acting.open} />
        <Tabs activeKey={tab} onChange={setTab} items={items} destroyOnHidden />
        <WhyDrawer number={card.number} clock={opened.clock} onClose={opened.close} />
        {seeking && (
          <Suspense>
            <StepPalette
              steps={acting.steps.filter((step) => !step.request)}
              onOpen={opened.open}
              onClose={() => {
                setSeeking(false);
              }}
            />
          </Suspense>
        )}
        {held && (
          <Suspense>
            <StepDrawer key={keyOf(held.step)} number={card.number} step={held.step} seq={held.seq} people={card.people} things={things} unit={card.unit} hasDossier={kind?.dossier ?? false} {...sentBefore(card, held.step)} onClose={opened.close} onDone={done} />
          </Suspense>
        )}
      </article>
      {printing && (
        <Suspense>
          <Paper
            card={card}
            onDone={() => {
              setPrinting(false);
            }}
          />
        </Suspense>
      )}
    </>
  );
}

export function MatterPage() {
  const { number = "" } = useParams();
  const card = useCard(number);
  return <Shown of={card}>{(data) => <Matter key={data.number} card={data} />}</Shown>;
}
