/** What stands in for the server: answers by method and address, and remembers what it was asked. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: unknown;
}

type Answering = (asked: Asked) => Response | Promise<Response>;

export const asked: Asked[] = [];
const answers = new Map<string, Answering>();

/** Answer that from now on: `on("POST /api/matters/incident", () => json(receipt, 201))`. */
export function on(what: string, by: Answering): void {
  answers.set(what, by);
}

export function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });
}

export function refusal(status: number, type: string, more: object = {}): Response {
  return json({ type: `/problems/${type}`, title: type, status, detail: `${type} detail`, ...more }, status);
}

/** A server that cannot be reached. */
export function away(): never {
  throw new TypeError("Failed to fetch");
}

export async function answer(what: Request | string, init?: RequestInit): Promise<Response> {
  const request = new Request(what, init);
  const { pathname, search } = new URL(request.url);
  const text = await request.clone().text();
  const one = { method: request.method, path: pathname + search, headers: request.headers, body: text && request.headers.get("Content-Type") === "application/json" ? (JSON.parse(text) as unknown) : text };
  asked.push(one);
  const by = answers.get(`${request.method} ${pathname}`);
  if (!by) throw new Error(`nobody answers ${request.method} ${pathname}`);
  return by(one);
}

export function forgetAll(): void {
  asked.length = 0;
  answers.clear();
}
