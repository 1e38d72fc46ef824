/** The last import of each person, kept on this machine, for them alone to read, until they choose another file: its rows are too many for the small storage of drafts. */
import { openedApart, sealedApart } from "@/api/vault";
import type { Run } from "@/pages/intake/imports/run";

const DATABASE = "louke";
const STORE = "imports";
// As long as a draft: who has not come back to the rows that were refused by then has them elsewhere.
const KEPT_MS = 30 * 24 * 3600_000;

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((good, bad) => {
    request.onsuccess = () => {
      good(request.result);
    };
    request.onerror = () => {
      bad(request.error ?? new Error("not kept"));
    };
  });
}

async function store(mode: IDBTransactionMode): Promise<IDBObjectStore> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore(STORE);
  };
  const database = await done(opening);
  const transaction = database.transaction(STORE, mode);
  transaction.oncomplete = () => {
    database.close();
  };
  return transaction.objectStore(STORE);
}

export async function keptRun(username: string): Promise<Run | null> {
  const kept = (await openedApart(await done((await store("readonly")).get(username)))) as Run | null;
  return kept && Date.now() - kept.checkedAt < KEPT_MS ? kept : null;
}

export async function keepRun(username: string, run: Run | null): Promise<void> {
  const said = run && (await sealedApart(run));
  const within = await store("readwrite");
  await (said ? done(within.put(said, username)) : done(within.delete(username)));
}
