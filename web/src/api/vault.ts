/**
 * What this machine keeps of somebody's work until it is handed in, unreadable to whoever comes after: under a key that the server tells to
 * whoever is signed in, that lies in memory alone and is dropped at sign-out. Where the browser has no ciphers (without HTTPS), nothing is
 * kept beyond the page.
 */
const PREFIX = "louke.kept.";
const IV_BYTES = 12;

interface Kept {
  readonly name: string;
  readonly value: string;
}

let key: CryptoKey | null = null;
let owner = "";
/** Grows whenever somebody comes or leaves: what was begun for one is not finished for the next. */
let turn = 0;
const values = new Map<string, string>();
/** Where each name's ciphertext lies: the place tells nothing. */
const places = new Map<string, string>();
let writing: Promise<void> = Promise.resolve();

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));
}

function textOf(bytes: Uint8Array): string {
  let text = "";
  for (const each of bytes) text += String.fromCharCode(each);
  return btoa(text);
}

async function sealed(text: string, by: CryptoKey): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const cipher = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, by, new TextEncoder().encode(text));
  return `${textOf(iv)}.${textOf(new Uint8Array(cipher))}`;
}

async function opened(said: string, by: CryptoKey): Promise<string | null> {
  const [iv, cipher] = said.split(".");
  try {
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytesOf(iv ?? "") }, by, bytesOf(cipher ?? ""));
    return new TextDecoder().decode(plain);
  } catch {
    return null; // somebody else's
  }
}

/** Open what this person left on this machine; what was kept in clear by earlier pages is taken in. */
export async function unlock(username: string, base64: string): Promise<void> {
  if (owner === username || !crypto.subtle) {
    owner = username;
    return;
  }
  lock();
  const begun = turn;
  const mine = await crypto.subtle.importKey("raw", bytesOf(base64), "AES-GCM", false, ["encrypt", "decrypt"]);
  for (const place of Object.keys(localStorage).filter((each) => each.startsWith(PREFIX))) {
    const text = await opened(localStorage.getItem(place) ?? "", mine);
    if (turn !== begun) return;
    if (text === null) continue;
    const { name, value } = JSON.parse(text) as Kept;
    values.set(name, value);
    places.set(name, place);
  }
  if (turn !== begun) return;
  key = mine;
  owner = username;
  for (const name of Object.keys(localStorage).filter((each) => each.startsWith(`louke.draft.${username}/`) || each === `louke.outbox.${username}`)) {
    keep(name, localStorage.getItem(name) ?? "");
    localStorage.removeItem(name);
  }
}

/** Forget everything that is in memory, and the key with it. */
export function lock(): void {
  turn += 1;
  key = null;
  owner = "";
  values.clear();
  places.clear();
}

export function kept(name: string): string | null {
  return values.get(name) ?? null;
}

export function keptNames(begin: string): string[] {
  return [...values.keys()].filter((each) => each.startsWith(begin));
}

export function keep(name: string, value: string): void {
  values.set(name, value);
  const by = key;
  if (!by) return;
  const place = places.get(name) ?? `${PREFIX}${textOf(crypto.getRandomValues(new Uint8Array(9)))}`;
  places.set(name, place);
  // One after the other, so that the last that was kept is the one that stays. What finds no room stays on the page.
  writing = writing
    .then(async () => {
      const text = await sealed(JSON.stringify({ name, value } satisfies Kept), by);
      if (places.get(name) === place || key !== by) localStorage.setItem(place, text);
    })
    .catch(() => undefined);
}

export function discard(name: string): void {
  values.delete(name);
  const place = places.get(name);
  places.delete(name);
  if (place) {
    writing = writing.then(() => {
      localStorage.removeItem(place);
    });
  }
}

/** The same for what is too large for the small storage: as it is to lie elsewhere; null where nothing can be sealed. */
export async function sealedApart(value: unknown): Promise<string | null> {
  return key ? sealed(JSON.stringify(value), key) : null;
}

export async function openedApart(said: unknown): Promise<unknown> {
  const text = key && typeof said === "string" ? await opened(said, key) : null;
  return text === null ? null : (JSON.parse(text) as unknown);
}
