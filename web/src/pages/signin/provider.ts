/** Signing in at the bureau's own identity provider: the code flow of OpenID Connect, with proof of possession (PKCE). */
import type { OidcClient } from "oidc-client-ts";

import { signIn } from "@/api/session";

// What was begun lies in this tab alone, under the state that the provider gives back; a token never does.
const BEGUN = "louke.sign-in.";

interface Begun {
  /** Where somebody was going. */
  readonly path: string;
}

/** The library's client, which keeps no user: it comes when somebody signs in this way, and not with the first page. */
async function clientOf(issuer: string, clientId: string): Promise<OidcClient> {
  const oidc = await import("oidc-client-ts");
  return new oidc.OidcClient({
    authority: issuer,
    client_id: clientId,
    redirect_uri: `${window.location.origin}/`,
    scope: "openid",
    stateStore: new oidc.WebStorageStateStore({ prefix: BEGUN, store: window.sessionStorage }),
  });
}

/** Go to the provider; it comes back to this address with a code. */
export async function leaveForProvider(issuer: string, clientId: string): Promise<void> {
  const client = await clientOf(issuer, clientId);
  const begun: Begun = { path: window.location.pathname + window.location.search };
  const { url } = await client.createSigninRequest({ state: begun }).catch((cause: unknown) => {
    throw new Error("统一身份认证没有应答", { cause });
  });
  window.location.assign(url);
}

/** Whether the provider has just sent somebody back to this tab, who left it for there. */
export function hasReturned(): boolean {
  const said = new URLSearchParams(window.location.search);
  return (said.has("code") || said.has("error")) && sessionStorage.getItem(BEGUN + (said.get("state") ?? "")) !== null;
}

/** Exchange the code for a token. The code leaves the address at once, and is used once. */
export async function comeBackFromProvider(issuer: string, clientId: string): Promise<void> {
  const { href } = window.location;
  window.history.replaceState(null, "", "/");
  const client = await clientOf(issuer, clientId);
  const told = await client.processSigninResponse(href).catch((cause: unknown) => {
    const said = cause instanceof Error && "error_description" in cause ? (cause.error_description ?? "统一身份认证拒绝了登录") : "统一身份认证没有给出令牌";
    throw new Error(String(said), { cause });
  });
  signIn(told.access_token, told.expires_in ?? 3600);
  // Said in full: an address that begins with two slashes would lead to another host.
  window.location.replace(window.location.origin + (told.userState as Begun).path);
}
