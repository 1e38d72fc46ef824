/** The one way to the server: typed by its OpenAPI document, bearing the token, and throwing what it refuses. */
import createClient, { type Middleware } from "openapi-fetch";

import { lost, reached } from "@/api/connection";
import type { paths } from "@/api/contract";
import { refusalOf, Unreachable } from "@/api/problem";
import { reasonHeaders } from "@/api/reason";
import { isUnattended, session, signOut } from "@/api/session";

const bearing: Middleware = {
  onRequest({ request }) {
    const signedIn = session();
    if (signedIn) request.headers.set("Authorization", `Bearer ${signedIn.token}`);
    if (isUnattended()) request.headers.set("X-Unattended", "1");
    for (const [name, value] of Object.entries(reasonHeaders())) request.headers.set(name, value);
    return request;
  },
  async onResponse({ request, response }) {
    // A proxy that answers for a server which is away says 502 or 504.
    if (response.status === 502 || response.status === 504) {
      lost();
      throw new Unreachable();
    }
    reached();
    if (response.ok) return response;
    const refusal = await refusalOf(response);
    if (refusal.status === 401 && request.headers.has("Authorization")) signOut();
    throw refusal;
  },
  onError() {
    lost();
    return new Unreachable();
  },
};

export const api = createClient<paths>({ baseUrl: window.location.origin });
api.use(bearing);

/** What an address answers that the OpenAPI document does not describe in detail. */
export async function read<T>(path: string, query: Readonly<Record<string, unknown>> = {}, signal?: AbortSignal): Promise<T> {
  const answer = await call(address(path, query), signal ? { signal } : {});
  return (await answer.json()) as T;
}

/** What is asked for in the body of the request, since the address is no place for people's names and numbers. */
export async function ask<T>(path: string, question: unknown, signal?: AbortSignal, query: Readonly<Record<string, unknown>> = {}): Promise<T> {
  const headers = { "Content-Type": "application/json" };
  const answer = await call(address(path, query), { method: "POST", body: JSON.stringify(question), headers, ...(signal ? { signal } : {}) });
  return (await answer.json()) as T;
}

/** Send JSON; the answer as JSON. */
export async function send<T>(method: "POST" | "PUT" | "PATCH" | "DELETE", path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<T> {
  const answer = await call(path, { method, body: JSON.stringify(body), headers: { "Content-Type": "application/json", ...headers } });
  return (await answer.json()) as T;
}

/** Send a form with a file. */
export async function upload<T>(path: string, form: FormData, headers: Readonly<Record<string, string>> = {}): Promise<T> {
  const answer = await call(path, { method: "POST", body: form, headers });
  return (await answer.json()) as T;
}

/** A file, saved under the name that the server gives it: a link cannot bear the token. */
export async function download(path: string, query: Readonly<Record<string, unknown>> = {}, name = "下载"): Promise<void> {
  await saved(await call(address(path, query), {}), name);
}

/** An answer that is a file, saved under the name that the server gave it. */
export async function saved(answer: Response, name: string): Promise<void> {
  const said = answer.headers.get("Content-Disposition") ?? "";
  const encoded = /filename\*=(?:UTF-8|utf-8)''([^;]+)/.exec(said)?.[1];
  const plain = /filename="?([^";]+)"?/.exec(said)?.[1];
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = encoded ? decodeURIComponent(encoded) : (plain ?? name);
  link.click();
  URL.revokeObjectURL(link.href);
}

function address(path: string, query: Readonly<Record<string, unknown>>): string {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== undefined && each !== null && each !== "") asked.append(name, String(each));
    }
  }
  const text = asked.toString();
  return text ? `${path}?${text}` : path;
}

/** Fetch as the signed-in person; throws Refused or Unreachable. */
export async function call(path: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  const signedIn = session();
  if (signedIn) headers.set("Authorization", `Bearer ${signedIn.token}`);
  if (isUnattended()) headers.set("X-Unattended", "1");
  for (const [name, value] of Object.entries(reasonHeaders())) headers.set(name, value);
  let answer: Response;
  try {
    answer = await fetch(path, { ...init, headers });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    lost();
    throw new Unreachable();
  }
  if (answer.status === 502 || answer.status === 504) {
    lost();
    throw new Unreachable();
  }
  reached();
  if (answer.ok) return answer;
  const refusal = await refusalOf(answer);
  if (refusal.status === 401 && signedIn) signOut();
  throw refusal;
}
