import { MenuOutlined } from "@ant-design/icons";
import { Drawer } from "antd";
import { useState } from "react";
import { NavLink } from "react-router";

import { type Place, usePlaces } from "@/shell/places";

function Entry({ place, onGo }: { readonly place: Place; readonly onGo?: () => void }) {
  return (
    <NavLink to={place.to} end={place.to === "/"} className="entry" {...(onGo ? { onClick: onGo } : {})}>
      <span aria-hidden="true">{place.icon}</span>
      <span>{place.zh}</span>
    </NavLink>
  );
}

/** At the left of a desk's screen. */
export function SideNavigation() {
  const places = usePlaces();
  return (
    <nav className="side-navigation" aria-label="主导航">
      <div className="brand">
        <img src="/favicon.svg" alt="" width={28} height={28} />
        <span>漏刻</span>
      </div>
      {places.map((place) => (
        <Entry key={place.to} place={place} />
      ))}
    </nav>
  );
}

// As many as a thumb reaches; the rest is in the drawer.
const WITHIN_REACH = 4;

/** At the bottom of a phone that is held in one hand. */
export function BottomNavigation() {
  const [open, setOpen] = useState(false);
  const places = usePlaces();
  const close = () => {
    setOpen(false);
  };
  return (
    <nav className="bottom-navigation" aria-label="主导航">
      {places.slice(0, WITHIN_REACH).map((place) => (
        <Entry key={place.to} place={place} />
      ))}
      <button
        type="button"
        className="entry"
        aria-haspopup="dialog"
        onClick={() => {
          setOpen(true);
        }}
      >
        <span aria-hidden="true">
          <MenuOutlined />
        </span>
        <span>更多</span>
      </button>
      <Drawer title="更多" placement="bottom" size="auto" open={open} onClose={close} className="more-places">
        {places.slice(WITHIN_REACH).map((place) => (
          <Entry key={place.to} place={place} onGo={close} />
        ))}
      </Drawer>
    </nav>
  );
}
