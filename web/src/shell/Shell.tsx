/** The frame around every page: where to go, who I am, what is new, and whether the server is there. */
import "@/shell/shell.css";

import { QuestionCircleOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { lazy, Suspense, useState } from "react";
import { Link, Navigate, Outlet, useLocation, useNavigate } from "react-router";

import { useEvents } from "@/api/events";
import { useHasWords, useMe } from "@/api/queries";
import { HeldBar } from "@/approvals/HeldBar";
import { Alerts } from "@/shell/Alerts";
import { useBeginning } from "@/shell/beginning";
import { ConnectionBanner } from "@/shell/ConnectionBanner";
import { useHelpAddress } from "@/shell/help";
import { BottomNavigation, SideNavigation } from "@/shell/Navigation";
import { Notices } from "@/shell/Notices";
import { type Place, usePlaces } from "@/shell/places";
import { PrintMark } from "@/shell/PrintMark";
import { Search } from "@/shell/Search";
import { useShortcut } from "@/shell/shortcuts";
import { useTitle } from "@/shell/title";
import { WhoAmI } from "@/shell/WhoAmI";
import { Loading } from "@/states/states";

const AccountPage = lazy(async () => ({ default: (await import("@/pages/account/AccountPage")).AccountPage }));

const ShortcutList = lazy(async () => ({ default: (await import("@/shell/ShortcutList")).ShortcutList }));
const FirstHint = lazy(async () => ({ default: (await import("@/pages/help/FirstHint")).FirstHint }));
// Where one may begin.
const FIRST_PAGES = new Set(["/", "/intake", "/boards", "/boards/supervision", "/administration"]);

function GoTo({ place }: { readonly place: Place }) {
  const navigate = useNavigate();
  useShortcut(`g ${place.key}`, `去${place.zh}`, () => void navigate(place.to));
  return null;
}

/** Whoever has to change their password, to enrol a second factor or to have it vouched for does that before anything else. */
export function Shell() {
  const owes = useMe().data?.owes;
  return owes ? (
    <main id="content" className="content" tabIndex={-1}>
      <Suspense fallback={<Loading />}>
        <AccountPage />
      </Suspense>
    </main>
  ) : (
    <Frame />
  );
}

function Frame() {
  const [searching, setSearching] = useState(false);
  const [listing, setListing] = useState(false);
  const places = usePlaces();
  const { pathname } = useLocation();
  const beginning = useBeginning();
  const hasWords = useHasWords();
  const helpAddress = useHelpAddress();
  const place = places.find((each) => each.to !== "/" && pathname.startsWith(each.to));
  // A matter is called by its own name.
  const isMatter = /^\/matters\/./.test(pathname);
  useTitle(isMatter ? undefined : (place?.zh ?? ""));
  useEvents();
  useShortcut("ctrl+k", "搜索", () => {
    setSearching(true);
  });
  useShortcut("?", "这份快捷键清单", () => {
    setListing(true);
  });
  return (
    <div className="shell">
      <PrintMark />
      <a className="skip" href="#content">
        跳到内容
      </a>
      {isMatter && (
        <a className="skip" href="#steps">
          跳到可以办理的步骤
        </a>
      )}
      {places.map((place) => (
        <GoTo key={place.to} place={place} />
      ))}
      <SideNavigation />
      <div className="beside">
        <ConnectionBanner />
        <header className="top">
          <Search
            open={searching}
            onOpen={() => {
              setSearching(true);
            }}
            onClose={() => {
              setSearching(false);
            }}
          />
          <span className="stretch" />
          <Button
            type="text"
            className="shortcut-opener"
            aria-label="键盘快捷键"
            onClick={() => {
              setListing(true);
            }}
          >
            ?
          </Button>
          <Link className="help-link" to={helpAddress} aria-label="本页帮助">
            <QuestionCircleOutlined aria-hidden="true" /> <span>帮助</span>
          </Link>
          <Alerts />
          <Notices />
          <WhoAmI />
        </header>
        <main id="content" className="content" tabIndex={-1}>
          <Suspense>{FIRST_PAGES.has(pathname) && <FirstHint />}</Suspense>
          <Suspense fallback={<Loading />}>
            {beginning ? <Navigate to={beginning} replace /> : beginning === undefined || !hasWords ? <Loading /> : <Outlet />}
          </Suspense>
        </main>
      </div>
      <HeldBar />
      <BottomNavigation />
      <Suspense>
        {listing && (
          <ShortcutList
            open
            onClose={() => {
              setListing(false);
            }}
          />
        )}
      </Suspense>
    </div>
  );
}
