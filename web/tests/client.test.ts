import { afterEach, expect, test } from "vitest";

import { api, given } from "@/api/client";
import { Refused, Unreachable } from "@/api/problem";
import { session, signIn, signOut } from "@/api/session";

import { asked, away, json, on, refusal } from "./server";

afterEach(signOut);

const me = () => api.GET("/api/me");

async function failureOf(doing: Promise<unknown>): Promise<unknown> {
  try {
    await doing;
  } catch (error) {
    return error;
  }
  throw new Error("it succeeded");
}

test("whoever is signed in bears their token", async () => {
  signIn("secret", 60);
  on("GET /api/me", () => json({}));
  await me();
  expect(asked[0]?.headers.get("Authorization")).toBe("Bearer secret");
});

test("a refusal is thrown as what it says", async () => {
  on("GET /api/me", () => refusal(409, "law-forbids", { basis: "《刑事诉讼法》第九十一条" }));
  const error = await failureOf(me());
  expect(error).toBeInstanceOf(Refused);
  expect((error as Refused).slug).toBe("law-forbids");
  expect((error as Refused).problem.basis).toBe("《刑事诉讼法》第九十一条");
});

test("a token that is believed no more signs out", async () => {
  signIn("secret", 60);
  on("GET /api/me", () => refusal(401, "not-signed-in"));
  await failureOf(me());
  expect(session()).toBeNull();
});

test("a password that is wrong signs nobody out", async () => {
  on("GET /api/me", () => refusal(401, "not-signed-in"));
  expect(await failureOf(me())).toBeInstanceOf(Refused);
});

test.each([502, 504])("a proxy's %i says that the server is away", async (status) => {
  on("GET /api/me", () => new Response("", { status }));
  expect(await failureOf(me())).toBeInstanceOf(Unreachable);
});

test("a server that does not answer is away", async () => {
  on("GET /api/me", away);
  expect(await failureOf(me())).toBeInstanceOf(Unreachable);
});

test("whoever no longer wants to know is not told that the server is away", async () => {
  on("GET /api/me", () => {
    throw new DOMException("aborted", "AbortError");
  });
  expect(await failureOf(me())).toBeInstanceOf(DOMException);
});

test("an answer that is no problem document is refused as one that cannot be read", async () => {
  on("GET /api/me", () => new Response("<html>", { status: 500 }));
  expect(((await failureOf(me())) as Refused).problem.type).toBe("/problems/unexpected");
});

test("what was left empty is not asked for", () => {
  expect(given({ unit: "", kind: null, colour: "red", liberty: false, officer: undefined })).toEqual({ colour: "red", liberty: false });
});
