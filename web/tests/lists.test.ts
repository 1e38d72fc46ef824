import { QueryClient } from "@tanstack/react-query";
import { expect, test } from "vitest";

import { listOptions } from "@/lists/lists";

import { asked, json, on } from "./server";

const client = new QueryClient();

test("a list is narrowed in the address and goes on where its page ended", async () => {
  on("GET /api/clocks", ({ path }) => json({ items: [], next: path.includes("cursor=") ? null : "abc=" }));
  await client.fetchInfiniteQuery({ ...listOptions("/api/clocks", { query: { colour: "red", unit: "" } }), pages: 2 });
  expect(asked.map((each) => each.path)).toEqual(["/api/clocks?colour=red&limit=100", "/api/clocks?colour=red&limit=100&cursor=abc%3D"]);
});

test("words stand in the body, and in no address", async () => {
  on("POST /api/matters/find", () => json({ items: [], next: null }));
  await client.fetchInfiniteQuery(listOptions("/api/matters", { query: { kind: "incident" }, q: "贺文涛" }));
  expect(asked[0]?.path).toBe("/api/matters/find?kind=incident&limit=100");
  expect(asked[0]?.body).toEqual({ q: "贺文涛" });
});

test("the list of a matter is asked by its number", async () => {
  on("GET /api/matters/XA1/journal", () => json({ items: [], next: null }));
  await client.fetchInfiniteQuery(listOptions("/api/matters/{number}/journal", { number: "XA1" }));
  expect(asked[0]?.path).toBe("/api/matters/XA1/journal?limit=100");
});
