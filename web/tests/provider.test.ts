import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { session, signOut } from "@/api/session";
import { comeBackFromProvider, hasReturned, leaveForProvider } from "@/pages/signin/provider";

import { asked, json, on, refusal } from "./server";

const ISSUER = "https://identity.example";
const base64url = (text: string) => btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const ID_TOKEN = [{ alg: "RS256" }, { sub: "liu", iss: ISSUER, aud: "louke" }].map((each) => base64url(JSON.stringify(each))).join(".") + ".signature";

let left = "";

beforeEach(() => {
  vi.spyOn(window.location, "assign").mockImplementation((url) => {
    left = String(url);
  });
  vi.spyOn(window.location, "replace").mockImplementation(() => undefined);
  on("GET /.well-known/openid-configuration", () =>
    json({ issuer: ISSUER, authorization_endpoint: `${ISSUER}/authorize`, token_endpoint: `${ISSUER}/token`, jwks_uri: `${ISSUER}/keys` }),
  );
});

afterEach(() => {
  signOut();
  sessionStorage.clear();
  window.history.replaceState(null, "", "/");
});

/** Leave for the provider from `/matters?kind=incident`, and come back with this. */
async function returning(said: Record<string, string>): Promise<URLSearchParams> {
  window.history.replaceState(null, "", "/matters?kind=incident");
  await leaveForProvider(ISSUER, "louke");
  const question = new URL(left).searchParams;
  window.history.replaceState(null, "", `/?${new URLSearchParams({ state: question.get("state") ?? "", ...said }).toString()}`);
  return question;
}

test("the code is asked for with a proof that only this tab can give", async () => {
  const question = await returning({ code: "c1" });
  expect(Object.fromEntries(question)).toMatchObject({ response_type: "code", client_id: "louke", scope: "openid", code_challenge_method: "S256" });
  expect(question.get("code_challenge")).toHaveLength(43);
  expect(hasReturned()).toBe(true);
});

test("the code becomes a session and is nowhere afterwards", async () => {
  await returning({ code: "c1" });
  on("POST /token", () => json({ access_token: "secret", id_token: ID_TOKEN, token_type: "Bearer", expires_in: 600 }));
  await comeBackFromProvider(ISSUER, "louke");
  expect(session()?.token).toBe("secret");
  const sent = new URLSearchParams(String(asked.at(-1)?.body));
  expect(sent.get("code")).toBe("c1");
  expect(sent.get("code_verifier")?.length).toBeGreaterThan(42);
  expect(window.location.search).toBe("");
  expect(window.location.replace).toHaveBeenCalledWith(`${window.location.origin}/matters?kind=incident`);
  expect(Object.keys(sessionStorage).filter((each) => each.startsWith("louke.sign-in"))).toEqual([]);
  expect(Object.values(localStorage).join()).not.toContain("secret");
});

test("nobody is sent back to a tab that they did not leave", () => {
  window.history.replaceState(null, "", "/?code=stolen&state=invented");
  expect(hasReturned()).toBe(false);
});

test("a state that was not begun here signs nobody in", async () => {
  window.history.replaceState(null, "", "/?code=stolen&state=invented");
  await expect(comeBackFromProvider(ISSUER, "louke")).rejects.toThrow();
  expect(session()).toBeNull();
  expect(asked.filter((each) => each.path === "/token")).toEqual([]);
});

test("a code is used once", async () => {
  await returning({ code: "c1" });
  const { href } = window.location;
  on("POST /token", () => refusal(400, "invalid"));
  await expect(comeBackFromProvider(ISSUER, "louke")).rejects.toThrow("统一身份认证没有给出令牌");
  window.history.replaceState(null, "", href);
  expect(hasReturned()).toBe(false);
});

test("what the provider says against it is told", async () => {
  await returning({ error: "access_denied", error_description: "该账号已停用" });
  await expect(comeBackFromProvider(ISSUER, "louke")).rejects.toThrow("该账号已停用");
  expect(session()).toBeNull();
});

test("a provider that does not answer is told as such", async () => {
  on("GET /.well-known/openid-configuration", () => refusal(503, "away"));
  await expect(leaveForProvider(ISSUER, "louke")).rejects.toThrow("统一身份认证没有应答");
});
