/** Signing in at the bureau's own identity provider: the code flow of OpenID Connect, with proof of possession (PKCE). */
import { signIn } from "@/api/session";

const KEPT = "louke.sign-in";

interface Begun {
  readonly state: string;
  readonly verifier: string;
  /** Where somebody was going. */
  readonly path: string;
}

interface Provider {
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
}

interface Told {
  readonly access_token?: string;
  readonly expires_in?: number;
}

const redirect = () => `${window.location.origin}/`;

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function random(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

async function challengeOf(verifier: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))));
}

async function providerOf(issuer: string): Promise<Provider> {
  const answer = await fetch(`${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`);
  if (!answer.ok) throw new Error("统一身份认证没有应答");
  return (await answer.json()) as Provider;
}

/** Go to the provider; it comes back to this address with a code. */
export async function leaveForProvider(issuer: string, clientId: string): Promise<void> {
  const provider = await providerOf(issuer);
  const begun: Begun = { state: random(), verifier: random(), path: window.location.pathname + window.location.search };
  sessionStorage.setItem(KEPT, JSON.stringify(begun));
  const asked = new URLSearchParams({
    response_type: "code",
    client_id: clientId,
    redirect_uri: redirect(),
    scope: "openid",
    state: begun.state,
    code_challenge: await challengeOf(begun.verifier),
    code_challenge_method: "S256",
  });
  window.location.assign(`${provider.authorization_endpoint}?${asked.toString()}`);
}

/** Whether the provider has just sent somebody back. */
export function hasReturned(): boolean {
  const said = new URLSearchParams(window.location.search);
  return said.has("state") && (said.has("code") || said.has("error")) && sessionStorage.getItem(KEPT) !== null;
}

/** Exchange the code for a token. The code leaves the address at once, and is used once. */
export async function comeBackFromProvider(issuer: string, clientId: string): Promise<void> {
  const said = new URLSearchParams(window.location.search);
  const begun = JSON.parse(sessionStorage.getItem(KEPT) ?? "null") as Begun | null;
  sessionStorage.removeItem(KEPT);
  window.history.replaceState(null, "", "/");
  if (!begun || said.get("state") !== begun.state) throw new Error("登录请求不是从这里发出的，请重新登录");
  const code = said.get("code");
  if (!code) throw new Error(said.get("error_description") ?? "统一身份认证拒绝了登录");
  const provider = await providerOf(issuer);
  const answer = await fetch(provider.token_endpoint, {
    method: "POST",
    body: new URLSearchParams({ grant_type: "authorization_code", client_id: clientId, code, code_verifier: begun.verifier, redirect_uri: redirect() }),
  });
  const told = (await answer.json()) as Told;
  if (!answer.ok || !told.access_token) throw new Error("统一身份认证没有给出令牌");
  signIn(told.access_token, told.expires_in ?? 3600);
  // Said in full: an address that begins with two slashes would lead to another host.
  window.location.replace(window.location.origin + begun.path);
}
