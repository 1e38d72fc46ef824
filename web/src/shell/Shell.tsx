/** The frame around every page: where to go, who I am, what is new, and whether the server is there. */
import "@/shell/shell.css";

import { Button } from "antd";
import { Suspense, useState } from "react";
import { Outlet, useNavigate } from "react-router";

import { useEvents } from "@/api/events";
import { ConnectionBanner } from "@/shell/ConnectionBanner";
import { BottomNavigation, SideNavigation } from "@/shell/Navigation";
import { Notices } from "@/shell/Notices";
import { type Place, usePlaces } from "@/shell/places";
import { Search } from "@/shell/Search";
import { ShortcutList } from "@/shell/ShortcutList";
import { useShortcut } from "@/shell/shortcuts";
import { WhoAmI } from "@/shell/WhoAmI";
import { Loading } from "@/states/states";

function GoTo({ place }: { readonly place: Place }) {
  const navigate = useNavigate();
  useShortcut(`g ${place.key}`, `去${place.zh}`, () => void navigate(place.to));
  return null;
}

export function Shell() {
  const [searching, setSearching] = useState(false);
  const [listing, setListing] = useState(false);
  const places = usePlaces();
  useEvents();
  useShortcut("ctrl+k", "搜索", () => {
    setSearching(true);
  });
  useShortcut("?", "这份快捷键清单", () => {
    setListing(true);
  });
  return (
    <div className="shell">
      <a className="skip" href="#content">
        跳到内容
      </a>
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
          <Notices />
          <WhoAmI />
        </header>
        <main id="content" className="content" tabIndex={-1}>
          <Suspense fallback={<Loading />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <BottomNavigation />
      <ShortcutList
        open={listing}
        onClose={() => {
          setListing(false);
        }}
      />
    </div>
  );
}
